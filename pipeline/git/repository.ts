import { execFile } from "node:child_process";

/** What a command needs to know of the commits of a checkout. Everything is undefined where there is no repository. */
export class GitRepository {
  constructor(private readonly root: string) {}

  /** Full hash of what is checked out. */
  async head(): Promise<string | undefined> {
    return this.ask("rev-parse", "--verify", "HEAD^{commit}");
  }

  /** Full hash of a commit that is named in any way git knows. */
  async commit(name: string): Promise<string | undefined> {
    return this.ask("rev-parse", "--verify", "--end-of-options", `${name}^{commit}`);
  }

  /** What was merged by a commit: its parents but the first. Empty for one that merges nothing. */
  async mergedBy(commit: string): Promise<string[]> {
    const line = await this.ask("rev-list", "--parents", "--max-count=1", commit, "--");
    return line?.split(" ").slice(2) ?? [];
  }

  /** Whether one commit came before another; undefined when one of them isn't known here (a shallow clone). */
  async isBefore(commit: string, other: string): Promise<boolean | undefined> {
    if (commit === other) return false;
    const base = await this.ask("merge-base", commit, other);
    return base === undefined ? undefined : base === commit;
  }

  /** Full name of the branch that is checked out, `refs/heads/main`. */
  async branch(): Promise<string | undefined> {
    return this.ask("symbolic-ref", "--quiet", "HEAD");
  }

  /** Whether a commit is part of a branch, as the remote repository has it where there is one. */
  async isOn(commit: string, branch: string): Promise<boolean> {
    const tip =
      (await this.commit(`refs/remotes/origin/${branch}`)) ?? (await this.commit(`refs/heads/${branch}`));
    return tip !== undefined && (tip === commit || (await this.isBefore(commit, tip)) === true);
  }

  /** Whether tracked files differ from what is checked out. */
  async isChanged(): Promise<boolean> {
    return (await this.ask("status", "--porcelain", "--untracked-files=no")) !== "";
  }

  /** Files that differ from where this and another commit parted; undefined when that isn't known here. */
  async changedSince(other: string): Promise<string[] | undefined> {
    const base = await this.ask("merge-base", "--end-of-options", other, "HEAD");
    const names = base === undefined ? undefined : await this.ask("diff", "--name-only", "-z", base, "--");
    return names?.split("\0").filter((name) => name !== "");
  }

  /** What is checked out, for a record: `HASH`, `HASH+edited`, or `none`. */
  async described(): Promise<string> {
    const [head, edited] = await Promise.all([this.head(), this.isChanged()]);
    return head === undefined ? "none" : `${head}${edited ? "+edited" : ""}`;
  }

  private ask(...args: string[]): Promise<string | undefined> {
    return new Promise((resolve) => {
      execFile("git", args, { cwd: this.root, maxBuffer: 1 << 26 }, (error, stdout) => {
        resolve(error ? undefined : stdout.trim());
      });
    });
  }
}
