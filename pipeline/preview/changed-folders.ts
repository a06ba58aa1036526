import { UserError } from "@groundwork/user-error";
import { GitRepository } from "../git/repository";

/**
 * Which folders a pull request changes.
 *
 * @param since what it is to be merged into
 * @returns tells of a folder of the repository
 * @throws UserError when git doesn't know the ref
 */
export async function changedFolders(root: string, since: string): Promise<(folder: string) => boolean> {
  const files = await new GitRepository(root).changedSince(since);
  if (files) return (folder) => files.some((file) => file.startsWith(`${folder}/`));
  throw new UserError("Git can't tell what was changed.", [
    { field: "--changed-since", found: since, expected: "a branch, tag or commit whose history is here" },
  ]);
}
