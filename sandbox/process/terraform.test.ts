import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { buildSync } from "esbuild";
import {
  acquireSandbox,
  addFault,
  deleteObject,
  editObject,
  resetSandbox,
  sandboxStatus,
  stopSandbox,
} from "./client";
import type { SandboxLease } from "./contract";
import { defaultDaemon } from "./places";
import { buildDaemon } from "./start-daemon";

// Everything together: a real Terraform, the daemon in its own process, and nothing of the machine's credentials.

const REPOSITORY = join(__dirname, "../..");
const daemon = defaultDaemon(REPOSITORY);

const CONFIGURATION = `
terraform {
  backend "gcs" {
    bucket = "states"
    prefix = "dev/data"
  }
  required_providers {
    google       = { source = "hashicorp/google" }
    mongodbatlas = { source = "mongodb/mongodbatlas" }
  }
}
provider "google" { project = "shop-dev" }
resource "google_project_service" "iam" { service = "iam.googleapis.com" }
resource "google_service_account" "orders" {
  account_id   = "orders-api"
  display_name = "Orders"
  depends_on   = [google_project_service.iam]
}
resource "mongodbatlas_project" "shop" {
  name   = "shop"
  org_id = "5f4f1f1f1f1f1f1f1f1f1f1f"
}
`;

let root: string;
let lease: SandboxLease;
const children: ChildProcessWithoutNullStreams[] = [];

beforeAll(async () => {
  buildDaemon(REPOSITORY);
  root = realpathSync(mkdtempSync(join(tmpdir(), "gw-real-")));
  writeFileSync(join(root, "main.tf"), CONFIGURATION);
  lease = await acquireSandbox({ root, daemon, folders: [root] });
});

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await lease.release();
  await stopSandbox({ root, force: true });
  rmSync(root, { recursive: true, force: true });
});

function start(env: SandboxLease["env"], ...args: string[]): ChildProcessWithoutNullStreams {
  const misleading = {
    GOOGLE_APPLICATION_CREDENTIALS: "/nowhere",
    GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: "a@b",
  };
  const child = spawn("terraform", args, { cwd: root, env: { ...process.env, ...misleading, ...env } });
  children.push(child);
  return child;
}

async function terraform(...args: string[]): Promise<{ code: number; output: string }> {
  const child = start(lease.env, ...args, "-no-color");
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  return { code, output };
}

const EMPTY_PLAN = { code: 0, output: expect.stringContaining("No changes.") };

test("init, apply, plan again: Terraform takes the sandbox for the clouds", async () => {
  expect(await terraform("init")).toMatchObject({ code: 0 });
  // Nothing was downloaded.
  expect(existsSync(join(root, ".terraform", "providers"))).toBe(false);
  expect(await terraform("apply", "-auto-approve")).toMatchObject({
    code: 0,
    output: expect.stringContaining("3 added"),
  });
  expect(await terraform("plan", "-detailed-exitcode")).toMatchObject(EMPTY_PLAN);

  const status = await sandboxStatus({ root });
  expect(status.objects).toMatchObject({ google_service_account: 1, mongodbatlas_project: 1 });
  expect(status.states).toMatchObject([{ bucket: "states", name: "dev/data/default.tfstate" }]);
  expect(status.states?.[0]?.lock).toBeUndefined();
});

test("Terraform is told about the types in use only, unless all are wanted", async () => {
  const { output } = await terraform("providers", "schema", "-json");
  const schemas = JSON.parse(output).provider_schemas["registry.terraform.io/hashicorp/google"];
  const types = Object.keys(schemas.resource_schemas);
  expect(types).toEqual(expect.arrayContaining(["google_project_service", "google_service_account"]));
  expect(types.length).toBeLessThan(10);
});

test("what somebody changed or deleted in the console is found and repaired", async () => {
  const account = { address: "google_service_account.orders" };
  await editObject({ root, daemon, target: account, set: { display_name: "Changed by hand" } });
  const changed = await terraform("plan", "-detailed-exitcode");
  expect(changed).toMatchObject({ code: 2, output: expect.stringMatching(/"Changed by hand" -> "Orders"/) });

  await deleteObject({ root, daemon, target: { ...account, state: "dev/data" } });
  const missing = await terraform("apply", "-auto-approve");
  expect(missing).toMatchObject({ code: 0, output: expect.stringContaining("1 added, 0 changed") });

  await expect(editObject({ root, daemon, target: account, set: { colour: "red" } })).rejects.toThrow(
    /colour/,
  );
});

test("an injected fault reaches Terraform, and the next run goes on", async () => {
  const rule = { type: "google_service_account", effect: { kind: "error" as const, status: 503 }, times: 1 };
  await addFault({ root, daemon, rule: { ...rule, operations: ["create"] } });
  await deleteObject({ root, daemon, target: { address: "google_service_account.orders" } });
  const failed = await terraform("apply", "-auto-approve");
  expect(failed).toMatchObject({ code: 1, output: expect.stringContaining("Error 503") });
  expect(await terraform("apply", "-auto-approve")).toMatchObject({ code: 0 });
});

test("a Terraform whose command was killed can finish; only then the sandbox ends", async () => {
  // GIVEN a command in a process of its own, the only one to hold the sandbox
  const holder = join(root, "lease-holder.cjs");
  const entry = join(__dirname, "lease-holder.ts");
  buildSync({ entryPoints: [entry], outfile: holder, bundle: true, platform: "node", format: "cjs" });
  const command = spawn(process.execPath, [holder, JSON.stringify({ root, daemon, folders: [root] })]);
  children.push(command);
  const [line] = await once(command.stdout, "data");
  const { env, status } = JSON.parse(String(line).split("\n")[0] ?? "");
  await lease.release();
  // WHEN it is killed while its Terraform is about to apply
  await deleteObject({ root, daemon, target: { address: "google_service_account.orders" } });
  const running = start(env, "apply", "-no-color");
  let output = "";
  for await (const text of running.stdout.iterator({ destroyOnReturn: false })) {
    output += text;
    if (output.includes("Enter a value")) break;
  }
  running.stdout.on("data", (text) => (output += text));
  command.kill("SIGKILL");
  await wait(600);
  // THEN
  expect(await sandboxStatus({ root })).toMatchObject({ running: true, pid: status.pid, leases: 0 });
  expect((await sandboxStatus({ root })).states?.[0]?.lock).toMatchObject({
    operation: "OperationTypeApply",
  });
  running.stdin.end("yes\n");
  const [code] = await once(running, "close");
  expect([code, output]).toEqual([0, expect.stringContaining("Apply complete!")]);
  for (const until = Date.now() + 30_000; Date.now() < until; await wait(20)) {
    if (!(await sandboxStatus({ root })).running) break;
  }
  expect(await sandboxStatus({ root })).toMatchObject({ running: false });
});

test("after a reset there is nothing", async () => {
  lease = await acquireSandbox({ root, daemon, folders: [root] });
  await resetSandbox({ root });
  expect(await terraform("plan")).toMatchObject({ code: 0, output: expect.stringContaining("3 to add") });
});
