import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlanInput } from "@groundwork/policies/reading/planned";
import { loadDelivery } from "../../environments/load-delivery";
import { Console } from "../console/console";
import { guardOf } from "./guard-of";

const main = { commit: "a".repeat(40), ref: "refs/heads/main", isOnMain: true };
const plans: PlanInput[] = [
  {
    name: "prod-network",
    environment: "prod",
    plan: {
      resource_changes: [
        {
          address: "google_project_iam_member.m",
          mode: "managed",
          type: "google_project_iam_member",
          name: "m",
          change: { actions: ["delete"], before: {}, after: null },
        },
      ],
    },
  },
];

test("GIVEN an apply that begins a minute before the window closes THEN its later stacks wait for the next", () => {
  const stream = { write: () => {} };
  const console = new Console({ stdout: stream, stderr: stream, json: true, env: {} });
  let now = new Date("2026-11-27T10:59:00Z");
  const guard = guardOf(
    { root: process.cwd(), console },
    { ...main, delivery: loadDelivery(), now: () => now },
  );

  const letThrough = guard("prod", plans, {});
  expect(letThrough?.notNow?.()).toBeUndefined();
  now = new Date("2026-11-27T11:00:00Z");
  expect(letThrough?.notNow?.()).toContain("It is Friday 2026-11-27 12:00 (Europe/Berlin)");
  expect(guard("prod", plans, {})).toBeUndefined();
});

test("GIVEN code that breaks a rule although it was merged THEN its plans are refused all the same", () => {
  const root = mkdtempSync(join(tmpdir(), "guard-of-"));
  try {
    const key = { google_service_account_key: { a: { service_account_id: "x" } } };
    writeFileSync(join(root, "cdk.tf.json"), JSON.stringify({ resource: key }));
    let said = "";
    const stream = { write: (text: string) => (said += text) };
    const console = new Console({ stdout: stream, stderr: stream, json: false, env: {} });
    const now = () => new Date("2026-11-23T09:00:00Z");
    const guard = guardOf({ root: process.cwd(), console }, { ...main, delivery: loadDelivery(), now });
    const code = [
      {
        name: "prod-network",
        environment: "prod",
        stack: "network",
        dependsOn: [],
        project: "p",
        providers: {},
        folder: root,
      },
    ];
    expect(guard("prod", plans, { code })).toBeUndefined();
    expect(said).toContain("google_service_account_key.a");
    expect(said).toContain("(S1)");
    expect(guard("prod", plans, {})).toBeDefined();

    // The rules look once a day, for nothing else moves them while an apply goes on: its windows are asked each time.
    let at = new Date("2026-11-23T09:00:00Z");
    const later = guardOf(
      { root: process.cwd(), console },
      { ...main, delivery: loadDelivery(), now: () => at },
    );
    writeFileSync(join(root, "cdk.tf.json"), "{}");
    const inDev = <T extends object>(of: readonly T[]) => of.map((one) => ({ ...one, environment: "dev" }));
    const letThrough = later("dev", inDev(plans), { code: inDev(code) });
    writeFileSync(join(root, "cdk.tf.json"), JSON.stringify({ resource: key }));
    expect(letThrough?.notNow).toBeDefined();
    at = new Date("2026-11-23T23:59:00Z");
    expect(letThrough?.notNow?.()).toBeUndefined();
    at = new Date("2026-11-24T00:00:00Z");
    expect(letThrough?.notNow?.()).toContain("(S1)");
  } finally {
    rmSync(root, { recursive: true });
  }
});

test("GIVEN a tag THEN only what was said after it was planned counts, for it brings more than one pull request", () => {
  const stream = { write: () => {} };
  const console = new Console({ stdout: stream, stderr: stream, json: true, env: {} });
  const bucket = { before: { name: "a" }, after: null, actions: ["delete" as const] };
  const change = { address: "google_storage_bucket.b", mode: "managed" as const, name: "b", change: bucket };
  const doomed = [
    {
      name: "dev-data",
      environment: "dev",
      plan: { resource_changes: [{ ...change, type: "google_storage_bucket" }] },
    },
  ];
  const person = { by: "bob", teams: ["platform-team"], at: "2026-11-23T10:00:00Z" };
  const evidence = {
    authors: ["ann"],
    pushedAt: "2026-11-23T08:00:00Z",
    labels: [{ ...person, label: "approve:destroy" }],
    reviews: [],
  };
  const now = () => new Date("2026-11-23T12:00:00Z");
  const judged = (ref: string, plannedAt?: string) => {
    const options = { ...main, ref, delivery: loadDelivery(), now, evidence };
    const known = plannedAt === undefined ? {} : { plannedAt };
    return guardOf({ root: process.cwd(), console }, options)("dev", doomed, known) !== undefined;
  };
  expect([
    judged("refs/tags/v1", "2026-11-23T11:00:00Z"),
    judged("refs/tags/v1", "2026-11-23T09:00:00Z"),
    judged("refs/tags/v1"),
    judged("refs/heads/main", "2026-11-23T11:00:00Z"),
  ]).toEqual([false, true, true, true]);
});
