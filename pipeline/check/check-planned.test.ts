import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlanInput } from "@groundwork/policies/reading/planned";
import { delivery as file } from "../../environments/delivery";
import { type Delivery, deliverySchema } from "../../environments/delivery-schema";
import { loadDelivery, withFormer } from "../../environments/load-delivery";
import { checkPlanned } from "./check-planned";

const type = "google_app_engine_standard_app_version";
const version = (id: string) => ({ service: "orders", version_id: id });
/** Deletes a version that is old and behind newer ones, and so many other things; no split tells who has traffic. */
const deleting = (environment: string, others = 0): PlanInput => ({
  name: `${environment}-release`,
  environment,
  isGone: true,
  plan: {
    resource_changes: [
      ...["v20261112-bbbbbbb", "v20261113-ccccccc", "v20261114-ddddddd"].map((id) => ({
        address: `${type}.${id}`,
        mode: "managed" as const,
        type,
        name: id,
        change: { actions: ["no-op" as const], before: version(id), after: version(id) },
      })),
      {
        address: `${type}.old`,
        mode: "managed",
        type,
        name: "old",
        change: { actions: ["delete"], before: version("v20261001-aaaaaaa"), after: null },
      },
      ...Array.from({ length: others }, (_, index) => ({
        address: `google_storage_bucket_object.o${index}`,
        mode: "managed" as const,
        type: "google_storage_bucket_object",
        name: `o${index}`,
        change: { actions: ["delete" as const], before: {}, after: null },
      })),
    ],
  },
});

describe("the plans of an environment that left the code", () => {
  const root = mkdtempSync(join(tmpdir(), "check-planned-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const found = (plan: PlanInput, delivery: Delivery) =>
    checkPlanned([plan], { root, delivery, now: new Date("2026-11-21T12:00:00Z") })
      .findings.map(({ rule }) => rule)
      .filter((rule) => rule === "P3" || rule === "P13");
  const stages = ["development", "staging", "production", "preview"] as const;
  const known = (stage: (typeof stages)[number]) => withFormer(loadDelivery(), [{ name: "old", stage }]);

  test("GIVEN its last stage THEN it is judged by that; GIVEN nothing THEN as production", () => {
    expect(stages.map((stage) => [stage, found(deleting("old"), known(stage))])).toEqual([
      ["development", []],
      ["staging", []],
      ["production", ["P3"]],
      ["preview", []],
    ]);
    expect(found(deleting("old"), loadDelivery())).toEqual(["P3"]);
  });

  test("GIVEN no limit of deletions of its own THEN that of its kind holds; GIVEN nothing at all THEN the lowest", () => {
    expect(found(deleting("old", 24), known("development"))).toEqual([]);
    expect(found(deleting("old", 25), known("development"))).toEqual(["P13"]);
    expect(found(deleting("old", 10), known("staging"))).toEqual(["P13"]);
    expect(found(deleting("old", 5), loadDelivery())).toEqual(["P3", "P13"]);
    expect(found(deleting("old", 200), known("preview"))).toEqual([]);
  });

  test("GIVEN rules that stayed in environments/delivery.ts THEN they hold, with the stage that it had", () => {
    const rules = { windows: { tz: "UTC", allow: [], freezes: [] }, deletions: 30 };
    const value = deliverySchema.parse({ ...file, environments: { ...file.environments, old: rules } });
    const kept = withFormer(loadDelivery(value), [{ name: "old", stage: "development" }]);
    expect(kept.environments.old).toEqual({ ...rules, pack: "dev" });
    expect([found(deleting("old", 29), kept), found(deleting("old", 30), kept)]).toEqual([[], ["P13"]]);
    // What the code says now counts before what it said.
    expect(withFormer(kept, [{ name: "prod", stage: "development" }]).packs.prod).toBe("prod");
  });
});
