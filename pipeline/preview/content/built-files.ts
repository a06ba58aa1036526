import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { UserError } from "@groundwork/user-error";

/** One file as Hosting takes it. */
export interface BuiltFile {
  /** From the site's top: `/assets/app.js`. */
  path: string;
  /** SHA-256 of the gzip, hexadecimal. */
  hash: string;
  gzip: Buffer;
}

const zipped = promisify(gzip);

/**
 * The files of a built site, by path.
 *
 * @param folder absolute
 * @param ignore globs of what is left out, as `firebase.json` has them
 * @param added contents by path, which take the place of files of that path
 * @throws UserError when there is no such folder, or nothing in it
 */
export async function builtFiles(
  folder: string,
  ignore: readonly string[],
  added: ReadonlyMap<string, string>,
): Promise<BuiltFile[]> {
  const paths = await builtPaths(folder, ignore, added);
  const files = paths.map(async (path) => builtFile(path, await readFile(join(folder, path))));
  const others = [...added].map(([path, text]) => builtFile(path, Buffer.from(text)));
  return (await Promise.all([...files, ...others])).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Which files of the folder are deployed: parameters and errors as of `builtFiles`.
 *
 * @returns `/assets/app.js`
 */
export async function builtPaths(
  folder: string,
  ignore: readonly string[],
  added: ReadonlyMap<string, string>,
): Promise<string[]> {
  const ignored = ignore.map(ignoreExpression);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/"))
    .map((path) => (path.startsWith("/") ? path : `/${path}`))
    .filter((path) => !added.has(path) && !ignored.some((expression) => expression.test(path.slice(1))));
  if (paths.length > 0) return paths;
  throw new UserError("There is nothing to deploy.", [
    { field: folder, found: "no files", expected: "the built site; build it first" },
  ]);
}

/** The same bytes for the same content, as the Firebase CLI zips: what it uploaded isn't uploaded again. */
async function builtFile(path: string, content: Buffer): Promise<BuiltFile> {
  const zip = await zipped(content, { level: 9 });
  return { path, hash: createHash("sha256").update(zip).digest("hex"), gzip: zip };
}

/** A glob of `ignore`, against paths without their leading slash: `**`, `*` and `?`. */
function ignoreExpression(glob: string): RegExp {
  const expression = glob
    .replace(/^\//, "")
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*\/|\/\*\*$|\*\*|\*|\?/g, (part) => {
      if (part === "**/") return "(?:.*/)?";
      if (part === "/**") return "/.*";
      if (part === "**") return ".*";
      return part === "*" ? "[^/]*" : "[^/]";
    });
  return new RegExp(`^${expression}$`, "s");
}
