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
