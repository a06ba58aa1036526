import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type SandboxStore } from "../store/open-store";
import { type StateServer, startStateServer } from "./state-server";

// Real Terraform with its gcs backend; `terraform_data` is built in, so no provider is needed.

const CONFIGURATION = `
terraform {
  backend "gcs" {
    bucket = "states"
    prefix = "dev/data"
  }
}
variable "text" { default = "one" }
resource "terraform_data" "it" { input = var.text }
`;

let folder: string;
let store: SandboxStore;
let server: StateServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gw-state-tf-"));
  writeFileSync(join(folder, "main.tf"), CONFIGURATION);
  store = openStore(join(folder, "store"));
  server = await startStateServer({ buckets: store.buckets, token: "secret" });
});

afterAll(async () => {
  await server.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: string[]): ChildProcessWithoutNullStreams {
  const { TF_CLI_CONFIG_FILE: _, ...env } = process.env;
  return spawn("terraform", args, {
    cwd: folder,
    env: {
      ...env,
      CHECKPOINT_DISABLE: "1",
      STORAGE_EMULATOR_HOST: `http://sandbox:secret@127.0.0.1:${server.port}`,
    },
  });
}

async function terraform(...args: string[]): Promise<{ code: number; output: string }> {
  const child = start(...args, "-no-color");
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  return { code, output };
}

/** An apply that holds the lock and waits for an answer to its question. */
async function startWaitingApply(): Promise<ChildProcessWithoutNullStreams> {
  const child = start("apply", "-no-color", "-var=text=two");
  for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
    if (String(text).includes("Enter a value")) return child;
  }
  throw new Error("terraform apply asked for nothing");
}

const stateNames = (): string[] => store.buckets.list("states").map((version) => version.name);

test("Terraform keeps its state, its locks and its workspaces here", async () => {
  // WHEN
  expect(await terraform("init")).toMatchObject({ code: 0 });
  expect(await terraform("apply", "-auto-approve")).toMatchObject({ code: 0 });
  // THEN the state is there and the lock is gone
  expect(stateNames()).toEqual(["dev/data/default.tfstate"]);
  expect(await terraform("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });

  // WHEN one Terraform holds the lock
  const holder = await startWaitingApply();
  // THEN another one is refused, and told who holds it
  const refused = await terraform("plan");
  expect(refused).toMatchObject({
    code: 1,
    output: expect.stringContaining("Error acquiring the state lock"),
  });
  expect(refused.output).toMatch(/Operation:\s+OperationTypeApply/);
  // AND after the first one's end it may go on
  holder.stdin.end("no\n");
  await once(holder, "close");
  expect(await terraform("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });

  // WHEN a Terraform that holds the lock is killed
  const killed = await startWaitingApply();
  killed.kill("SIGKILL");
  await once(killed, "close");
  // THEN its lock stays until it is taken away by name
  const stale = await terraform("plan");
  const [, id = ""] = /ID:\s+(\d+)/.exec(stale.output) ?? [];
  expect(stale.code).toBe(1);
  expect(await terraform("force-unlock", "-force", `${BigInt(id) + 1n}`)).toMatchObject({ code: 1 });
  expect(await terraform("force-unlock", "-force", id)).toMatchObject({ code: 0 });
  expect(await terraform("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });

  // WHEN
  expect(await terraform("workspace", "new", "other")).toMatchObject({ code: 0 });
  // THEN
  expect((await terraform("workspace", "list")).output).toMatch(/ default\n\* other\n/);
  expect(await terraform("workspace", "select", "default")).toMatchObject({ code: 0 });
  expect(await terraform("workspace", "delete", "other")).toMatchObject({ code: 0 });
  expect(stateNames()).toEqual(["dev/data/default.tfstate"]);
});
