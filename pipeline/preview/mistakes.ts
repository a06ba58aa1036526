import { isUserError, type Problem, UserError } from "@groundwork/user-error";
import { previewRequestSchema } from "../../environments/preview-request";
import { checked } from "../../environments/problems";
import { builtPaths } from "./content/built-files";
import type { PreviewRequest } from "./contract";
import { readFixtures } from "./database/fixtures";

/** What a preview would be made of. */
export interface Planned {
  request: PreviewRequest;
  /** By site: absolute path of the folder with the built site. */
  sites: Readonly<Record<string, string>>;
  /** Absolute path of the folder with the database's fixtures. */
  fixtures?: string | undefined;
}

/**
 * Looks at everything that a preview would be made of before anything is: what is wrong is told at once, and leaves no
 * half of a preview behind.
 *
 * @throws UserError with all of it
 */
export async function refuseMistakes({ request, sites, fixtures }: Planned): Promise<void> {
  const parts = [
    async () => checkRequest(request),
    ...Object.values(sites).map((folder) => () => builtPaths(folder, [], new Map())),
    ...(fixtures === undefined ? [] : [() => checkFixtures(fixtures)]),
  ];
  const problems = (await Promise.all(parts.map(problemsOf))).flat();
  if (problems.length > 0) throw new UserError("That can't be previewed. Nothing was changed.", problems);
}

function checkRequest(request: PreviewRequest): void {
  const names = request.changedServices.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const problems = [
    ...checked(previewRequestSchema, request, "preview").problems,
    ...twice.map((name) => ({ field: "--service", found: `${name} twice`, expected: "each service once" })),
  ];
  if (problems.length > 0) throw new UserError("The request is wrong.", problems);
}

async function checkFixtures(folder: string): Promise<void> {
  const { BSON } = await import("mongodb");
  await readFixtures(folder, (text) => BSON.EJSON.parse(text));
}

async function problemsOf(check: () => Promise<unknown>): Promise<readonly Problem[]> {
  try {
    await check();
    return [];
  } catch (error) {
    if (isUserError(error)) return error.problems;
    throw error;
  }
}
