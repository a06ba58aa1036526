import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Clone } from "./clone";

interface Bootstrapped {
  result: string;
  state: { lineage: string; serial: number };
  applied: { adopted: string[] };
}

/** A process and what it started. */
function family(pid: number): number[] {
  let children = "";
  try {
    children = execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" });
  } catch {
    // It has none.
  }
  return [pid, ...children.trim().split("\n").filter(Boolean).map(Number)];
}

function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone already.
    }
  }
}

describe("groundwork bootstrap", () => {
  let clone: Clone;
  const workFolder = () => join(clone.root, ".groundwork/bootstrap/sandbox/dev");

  beforeAll(() => {
    clone = new Clone();
    // One environment is enough, and synthesized faster.
    clone.edit("environments/load.ts", "= [preview, dev, staging, prod];", "= [dev];");
  });
  afterAll(() => clone.remove());

  /** Starts it, and kills it with its Terraform, or alone, as soon as something is so. */
  async function killedWhen(isSo: (said: string) => boolean, withTerraform: boolean): Promise<void> {
    const { child, ended } = clone.start("bootstrap", "dev", "--yes");
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => (said += chunk));
    while (!isSo(said) && child.exitCode === null) await wait(5);
    const pid = child.pid ?? 0;
    killAll(withTerraform ? family(pid) : [pid]);
    expect(await ended).toMatchObject({ code: null });
  }

  /** So many objects were begun to be made. */
  const begun = (count: number) => () => {
    const journal = join(workFolder(), "journal");
    try {
      return readFileSync(journal, "utf8").split("+").length > count;
    } catch {
      // Not begun yet, or over.
      return false;
    }
  };

  test("GIVEN a state bucket made by hand, and kills while it makes things and while it moves the state THEN the next run ends it, and nothing is left to do or to plan", async () => {
    const bucket = {
      terraform: { required_providers: { google: { source: "hashicorp/google", version: "6.50.0" } } },
      provider: { google: { project: "hazelwick-dev", region: "europe-west1" } },
      resource: {
        google_storage_bucket: { it: { name: "hazelwick-dev-tfstate", location: "EUROPE-WEST1" } },
        google_project_service: { storage: { service: "storage.googleapis.com", disable_on_destroy: false } },
      },
    };
    const byHand = join(clone.root, ".groundwork/by-hand");
    mkdirSync(byHand, { recursive: true });
    writeFileSync(join(byHand, "main.tf.json"), JSON.stringify(bucket));
    const terraform = `terraform -chdir=${byHand} init && terraform -chdir=${byHand} apply -auto-approve`;
    expect(await clone.run("sandbox", "exec", "--", "sh", "-c", terraform)).toMatchObject({ code: 0 });

    await killedWhen(begun(35), true);
    await killedWhen(begun(80), true);
    await killedWhen((said) => said.includes(" added, "), false);

    const done = await clone.ask<Bootstrapped>("bootstrap", "dev", "--yes");
    expect(done.result).toMatch(/^(bootstrapped|finished)$/);
    const { adopted } = done.applied;
    expect(adopted.join()).toContain("google_storage_bucket.states_bucket");
    // How much else was made and not yet written down is for the moment of the kill to say.
    expect(existsSync(workFolder())).toBe(false);

    const again = await clone.ask<Bootstrapped>("bootstrap", "dev");
    expect(again).toMatchObject({ result: "nothing to do", state: done.state });
    const up = await clone.run("up", "dev-foundation");
    expect([up.code, up.stdout]).toEqual([0, expect.stringContaining("No changes. 1 stack up to date")]);
  }, 300_000);
});
