import { UserError } from "@groundwork/user-error";
import { GitRepository } from "../git/repository";

/** Whether a name can only be a commit's, written in full. */
export function isFullHash(name: string): boolean {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(name);
}

/**
 * The commit under which plans are kept.
 *
 * @param option value of `--sha` @default - what is checked out
 * @throws UserError when that is no commit, or what is checked out was edited
 */
export async function commitToPlan(root: string, option: string | undefined): Promise<string> {
  if (option !== undefined) return resolved(root, "--sha", option);
  const repository = new GitRepository(root);
  const head = await repository.head();
  if (head === undefined) {
    throw new UserError("There is no commit to keep the plans under.", [
      { field: "--sha", found: "none, and no git repository", expected: "the full hash of a commit" },
    ]);
  }
  if (await repository.isChanged()) {
    throw new UserError("The plans of edited files are not the plans of a commit.", [
      { field: "--save", found: "uncommitted changes", expected: "everything committed" },
    ]);
  }
  return head;
}

/**
 * The commit to apply: it must be the one that is checked out, because what was reviewed is held against its code.
 *
 * @throws UserError when it isn't
 */
export async function commitToApply(root: string, option: string): Promise<string> {
  const commit = await resolved(root, "--sha", option);
  const repository = new GitRepository(root);
  const head = await repository.head();
  if (head !== undefined && head !== commit) {
    throw new UserError("Another commit is checked out.", [
      { field: "--sha", found: commit, expected: `${head}, or: git checkout ${commit}` },
    ]);
  }
  if (head !== undefined && (await repository.isChanged())) {
    throw new UserError("What is checked out was edited.", [
      { field: "--sha", found: "uncommitted changes", expected: "exactly the code of that commit" },
    ]);
  }
  return commit;
}

/**
 * Full hash of a commit.
 *
 * @throws UserError when the name means nothing here
 */
export async function resolved(root: string, field: string, name: string): Promise<string> {
  const known = name.startsWith("-") ? undefined : await new GitRepository(root).commit(name);
  if (known !== undefined) return known;
  // A shallow clone doesn't know the commit of a pull request, nor does a copy without a repository.
  if (isFullHash(name)) return name;
  throw new UserError("There is no such commit.", [
    { field, found: name, expected: "a commit of this repository, or a full hash" },
  ]);
}
