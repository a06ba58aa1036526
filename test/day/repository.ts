import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How a pull request gets onto the main branch. */
export type Merge = "merge" | "squash";

/** A real clone with a real remote: what authors and jobs work in, one after the other. */
export class Repository {
  private readonly remote = mkdtempSync(join(tmpdir(), "groundwork-origin-"));

  /** @param root folder that becomes the clone; what is in it becomes the first commit of main */
  constructor(private readonly root: string) {
    writeFileSync(join(root, ".gitignore"), "node_modules\ndist/\ncdktf.out/\n.groundwork/\n");
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", this.remote]);
    this.git("init", "--quiet", "--initial-branch=main");
    this.git("remote", "add", "origin", this.remote);
    this.commit("ann", "The platform");
    this.push("main");
  }

  /** Full hash of what main is at the remote. */
  get main(): string {
    return this.git("rev-parse", "refs/remotes/origin/main");
  }

  /** As `actions/checkout` does: this commit and nothing that isn't in it; what Git ignores stays, as packages do. */
  checkout(commit: string): void {
    this.git("fetch", "--quiet", "origin");
    this.git("checkout", "--quiet", "--force", "--detach", commit);
    this.git("clean", "--quiet", "-fd");
    for (const folder of ["cdktf.out", "synthesis", "report", "reports"]) {
      rmSync(join(this.root, folder), { recursive: true, force: true });
    }
  }

  /** A branch, made from main when there is none, with one more commit at the remote. @returns its hash */
  async commitOn(branch: string, author: string, message: string, edit: () => unknown): Promise<string> {
    this.checkout(this.exists(branch) ? `refs/remotes/origin/${branch}` : this.main);
    await edit();
    const commit = this.commit(author, message);
    this.push(branch);
    return commit;
  }

  /** Rebases a branch that conflicts with main, and resolves. @returns its new hash */
  rebase(branch: string, author: string, resolve: () => void): string {
    this.checkout(`refs/remotes/origin/${branch}`);
    let clean = true;
    try {
      this.as(author, "rebase", "--quiet", this.main);
    } catch {
      clean = false;
    }
    if (clean) throw new Error(`${branch} has no conflict with main`);
    const files = this.git("diff", "--name-only", "--diff-filter=U").split("\n");
    this.git("checkout", "--quiet", "--ours", "--", ...files);
    resolve();
    this.git("add", "--all");
    this.as(author, "-c", "core.editor=true", "rebase", "--continue");
    this.push(branch, "--force");
    return this.git("rev-parse", "HEAD");
  }

  /** What GitHub offers as `refs/pull/N/merge`: the head merged into main; undefined when they conflict. */
  mergeOf(head: string): string | undefined {
    const tree = this.treeOf(head);
    return tree && this.as("web-flow", "commit-tree", tree, "-p", this.main, "-p", head, "-m", "Merge");
  }

  /** Merges a head into main, at the remote too. @returns the commit */
  merge(head: string, how: Merge, message: string): string {
    const tree = this.treeOf(head);
    if (!tree) throw new Error("it conflicts with main");
    const parents = how === "merge" ? ["-p", this.main, "-p", head] : ["-p", this.main];
    const commit = this.as("web-flow", "commit-tree", tree, ...parents, "-m", message);
    this.git("push", "--quiet", "origin", `${commit}:refs/heads/main`);
    return commit;
  }

  remove(): void {
    rmSync(this.remote, { recursive: true, force: true });
  }

  private treeOf(head: string): string | undefined {
    try {
      return this.git("merge-tree", "--write-tree", this.main, head).split("\n")[0];
    } catch {
      return undefined;
    }
  }

  private exists(branch: string): boolean {
    return this.git("branch", "--remotes", "--list", `origin/${branch}`) !== "";
  }

  private commit(author: string, message: string): string {
    this.git("add", "--all");
    this.as(author, "commit", "--quiet", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  private push(branch: string, ...options: string[]): void {
    this.git("push", "--quiet", ...options, "origin", `HEAD:refs/heads/${branch}`);
  }

  private as(author: string, ...args: string[]): string {
    return this.git("-c", `user.name=${author}`, "-c", `user.email=${author}@hazelwick.example`, ...args);
  }

  private git(...args: string[]): string {
    return execFileSync("git", args, {
      cwd: this.root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  }
}
