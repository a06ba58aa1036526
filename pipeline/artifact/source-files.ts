import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { UserError } from "@groundwork/user-error";
import type { PackedFile } from "./zip";

/** App Engine installs packages itself; tests and what they leave behind run nowhere. */
const leftOut = /^(node_modules|coverage|\..*|.*\.test\.[a-z]+|.*\.zip)$/;

/**
 * What of a service's folder is deployed.
 *
 * @throws UserError when there is no `package.json` in it
 */
export function sourceFiles(folder: string): PackedFile[] {
  const files = filesBelow(folder, "");
  if (files.some(({ name }) => name === "package.json")) return files;
  throw new UserError("That is no service's folder.", [
    { field: "FOLDER", found: folder, expected: "a folder with package.json" },
  ]);
}

function filesBelow(root: string, below: string): PackedFile[] {
  const folder = join(root, below);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !leftOut.test(name))
    .flatMap((file) => {
      const name = posix.join(below, file.name);
      if (file.isDirectory()) return filesBelow(root, name);
      return file.isFile() ? [{ name, content: readFileSync(join(root, name)) }] : [];
    });
}
