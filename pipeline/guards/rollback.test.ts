import type { PlanInput } from "@groundwork/policies/reading/planned";
import { rollbackOf } from "./rollback";

const split = (from: Record<string, string>, to: Record<string, string>) => ({
  address: "google_app_engine_service_split_traffic.orders",
  mode: "managed" as const,
  type: "google_app_engine_service_split_traffic",
  name: "orders",
  change: {
    actions: ["update" as const],
    before: { service: "orders", split: [{ allocations: from }] },
    after: { service: "orders", split: [{ allocations: to }] },
  },
});
const bucket = {
  address: "google_storage_bucket.b",
  mode: "managed" as const,
  type: "google_storage_bucket",
  name: "b",
  change: { actions: ["create" as const], before: null, after: {} },
};
const gateway = (more = {}) => ({
  address: "google_api_gateway_gateway.g",
  mode: "managed" as const,
  type: "google_api_gateway_gateway",
  name: "g",
  change: {
    actions: ["update" as const],
    before: { gateway_id: "g", api_config: "c-2" },
    after: { gateway_id: "g", api_config: "c-1", ...more },
  },
});
const plan = (...resource_changes: NonNullable<PlanInput["plan"]["resource_changes"]>): PlanInput[] => [
  { name: "prod-release", environment: "prod", plan: { resource_changes } },
];
const release = { orders: { strategy: "canary" as const, previousTraffic: { v1: 1 } } };

test.each([
  [
    "traffic that goes back, and a gateway with it",
    plan(split({ v2: "1" }, { v1: "1" }), gateway()),
    true,
    [],
  ],
  [
    "traffic that goes elsewhere",
    plan(split({ v1: "1" }, { v2: "1" })),
    false,
    ["google_app_engine_service_split_traffic.orders"],
  ],
  [
    "something else beside it",
    plan(split({ v2: "1" }, { v1: "1" }), bucket),
    false,
    ["google_storage_bucket.b"],
  ],
  [
    "a gateway that changes in more",
    plan(gateway({ display_name: "x" })),
    false,
    ["google_api_gateway_gateway.g"],
  ],
  ["nothing", plan(), false, []],
])(
  "GIVEN %s WHEN judged THEN it is a rollback, or not, and what goes beyond is named",
  (_what, plans, is, beyond) => {
    expect(rollbackOf(plans, release)).toMatchObject({ isRollback: is, beyond });
  },
);

test("GIVEN no manifest WHEN judged THEN nothing is a rollback", () => {
  expect(rollbackOf(plan(split({ v2: "1" }, { v1: "1" }))).isRollback).toBe(false);
});
