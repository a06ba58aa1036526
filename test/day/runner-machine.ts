import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Repository } from "./repository";
import type { Value } from "./workflow/expression";
import type { Workplace } from "./workflow/steps";

/** What starts a run, as far as workflows ask about it. */
export interface Trigger {
  event_name: string;
  sha: string;
  ref: string;
  ref_type?: string;
  event: { [name: string]: Value };
}

/**
 * The machine on which jobs run, one after the other, in one checkout. Packages stay in it, and so does the sandbox: it is
 * the cloud of the day.
 */
export class RunnerMachine {
  /** Of GitHub's API. */
  address = "";
  private readonly programs = mkdtempSync(join(tmpdir(), "groundwork-programs-"));
  private runs = 1000;

  constructor(
    private readonly root: string,
    private readonly repository: Repository,
    private readonly name: string,
  ) {
    // The command is that of the checkout. Installed packages are shared here, and would lead to another.
    const npx = join(this.programs, "npx");
    writeFileSync(
      npx,
      '#!/bin/sh\n[ "$1" = groundwork ] || exit 127\nshift\nexec node pipeline/bin/groundwork.mjs "$@"\n',
    );
    chmodSync(npx, 0o755);
  }

  /** A fresh run's place to work. */
  workplace(trigger: Trigger, commit: string, actor: string): Workplace {
    const { event_name: event, sha, ref } = trigger;
    const inherited = Object.entries(process.env).filter(([name]) => !/^(GITHUB|GROUNDWORK|TF)_/.test(name));
    return {
      root: this.root,
      artifacts: mkdtempSync(join(tmpdir(), "groundwork-artifacts-")),
      checkout: (one) => this.repository.checkout(one),
      commit,
      env: {
        ...Object.fromEntries(inherited),
        PATH: `${this.programs}${delimiter}${process.env.PATH}`,
        CI: "true",
        NO_COLOR: "1",
        GITHUB_ACTIONS: "true",
        GITHUB_ACTOR: actor,
        GITHUB_API_URL: this.address,
        GITHUB_EVENT_NAME: event,
        GITHUB_REF: ref,
        GITHUB_REPOSITORY: this.name,
        GITHUB_RUN_ID: String(++this.runs),
        GITHUB_SERVER_URL: "https://github.com",
        GITHUB_SHA: sha,
      },
    };
  }

  /** What expressions find in `github`. */
  githubOf(trigger: Trigger, actor: string): { [name: string]: Value } {
    return {
      ...trigger,
      ref_type: trigger.ref_type ?? "branch",
      actor,
      repository: this.name,
      token: "ghs_token",
      server_url: "https://github.com",
      run_id: String(this.runs),
    };
  }

  remove(): void {
    rmSync(this.programs, { recursive: true, force: true });
  }
}
