import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Problem, UserError } from "@groundwork/user-error";
import { z } from "zod";
import { readStackList, type Stack } from "../synthesis/stack-list";
import { problemsInConfiguration } from "./problems-in-configuration";

/** Names become folders, arguments and names of jobs. */
const named = z.object({
  stacks: z.array(
    z.object({
      name: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/),
      environment: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/),
      workingDirectory: z.string(),
    }),
  ),
});

/** Providers that are planned with: of HashiCorp and MongoDB, signed by them, from the public registry. */
export const knownProviders: ReadonlySet<string> = new Set([
  "registry.terraform.io/hashicorp/google",
  "registry.terraform.io/hashicorp/google-beta",
  "registry.terraform.io/mongodb/mongodbatlas",
]);

const filesOfStack = new Set(["cdk.tf.json", ".terraform.lock.hcl"]);

/**
 * Reads what somebody else's code synthesized, such as a pull request's in a job without credentials, and makes sure that
 * planning it runs no program, reads no file of this machine and sends no credential anywhere: it is data, with nothing
 * in it but resources of known providers.
 *
 * @param folder with `groundwork.json`
 * @throws UserError with everything that is more than that
 */
export function admitSynthesis(folder: string): Stack[] {
  const overview = join(folder, "groundwork.json");
  if (!existsSync(overview)) {
    throw new UserError("There is nothing synthesized.", [
      {
        field: "--synthesized",
        found: folder,
        expected: 'what "groundwork synth" wrote, with groundwork.json',
      },
    ]);
  }
  const problems = [...linksIn(folder, ""), ...namesIn(overview)];
  if (problems.length === 0) {
    for (const { name, folder: own } of readStackList(folder)) problems.push(...problemsInStack(name, own));
  }
  if (problems.length === 0) return readStackList(folder);
  throw new UserError("What was synthesized elsewhere is not planned with credentials.", problems);
}

function namesIn(overview: string): Problem[] {
  const { data, error } = named.safeParse(JSON.parse(readFileSync(overview, "utf8")));
  if (!data) {
    return error.issues.map(({ path, message }) => ({
      field: `groundwork.json: ${path.join(".")}`,
      found: message,
      expected: "names of stacks and environments",
    }));
  }
  return data.stacks.flatMap(({ name, environment, workingDirectory }) => [
    ...(workingDirectory === `stacks/${name}`
      ? []
      : [{ field: name, found: workingDirectory, expected: `stacks/${name}` }]),
    ...(name.startsWith(`${environment}-`)
      ? []
      : [{ field: name, found: environment, expected: "the environment in its name" }]),
  ]);
}

function problemsInStack(name: string, folder: string): Problem[] {
  if (!existsSync(join(folder, "cdk.tf.json"))) {
    return [{ field: name, found: "no cdk.tf.json", expected: "one" }];
  }
  // Terraform reads every file of its own that lies there; what is in a folder below is only what resources upload.
  const more = readdirSync(folder, { withFileTypes: true }).filter(
    (file) => !filesOfStack.has(file.name) && !(file.isDirectory() && file.name === "assets"),
  );
  return [
    ...more.map((file) => ({
      field: name,
      found: file.name,
      expected: [...filesOfStack, "assets"].join(", "),
    })),
    ...problemsInConfiguration(name, readFileSync(join(folder, "cdk.tf.json"), "utf8"), knownProviders),
  ];
}

/** A link may lead to any file of the machine. */
function linksIn(root: string, below: string): Problem[] {
  return readdirSync(join(root, below)).flatMap((name) => {
    const path = join(below, name);
    const file = lstatSync(join(root, path));
    if (file.isDirectory()) return linksIn(root, path);
    return file.isFile() ? [] : [{ field: path, found: "a link", expected: "a file" }];
  });
}
