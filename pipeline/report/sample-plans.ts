import { digestOf } from "../digest/digest";
import { keyOf } from "../digest/digest-key";
import { planChanges } from "../plan/changes";
import type { PlannedStack } from "../plan/plan-stacks";
import { secretsOf } from "../plan/secrets";
import type { Stack } from "../synthesis/stack-list";
import type { ChangeJson, Json, PlanJson, ResourceChangeJson } from "../terraform/plan-json";

/** Stacks and plans for tests and benchmarks of what is told about them. */

/** @param name `dev-data` */
export function sampleStack(name: string, ...dependsOn: string[]): Stack {
  const [environment = "", stack = ""] = name.split("-");
  return {
    name,
    environment,
    stack,
    dependsOn,
    project: `shop-${environment}`,
    providers: {},
    folder: `/x/${name}`,
  };
}

/** @param address `google_storage_bucket.a` */
export function sampleResource(
  address: string,
  change: ChangeJson,
  more: Partial<ResourceChangeJson> = {},
): ResourceChangeJson {
  const [type = "", name = ""] = address.split(".");
  return {
    address,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/x/y",
    change,
    ...more,
  };
}

export function samplePlan(...resource_changes: ResourceChangeJson[]): PlanJson {
  return { format_version: "1.2", resource_changes };
}

/** A stack as planning leaves it. */
export function samplePlanned(stack: Stack, plan: PlanJson): PlannedStack {
  const quiet = (plan.resource_changes ?? []).length === 0;
  return {
    stack,
    result: quiet ? "no changes" : "changes",
    changes: planChanges(plan),
    ...(quiet ? {} : { plan, digest: digestOf(plan, keyOf("a key of the tests")) }),
    diagnostics: [],
    secrets: secretsOf(plan),
  };
}

/** Many changes of every kind in some stacks, with documents and sensitive values, as big organisations have them. */
export function manyChanges(count: number, stacks = 24): PlannedStack[] {
  const kinds = ["create", "update", "delete", "replace", "update"] as const;
  const document = (size: number, title: string): Json =>
    JSON.stringify({
      openapi: "3.0.1",
      info: { title },
      paths: Object.fromEntries(
        Array.from({ length: size }, (_, i) => [`/p${i}`, { get: { summary: `${title} ${i}` } }]),
      ),
    });
  return Array.from({ length: stacks }, (_, at) => {
    const own = Array.from({ length: Math.ceil((count - at) / stacks) }, (_, i): ResourceChangeJson => {
      const kind = kinds[i % kinds.length] ?? "update";
      const side = (mark: string): Json => ({
        name: `object-${at}-${i}`,
        labels: { env: "dev", team: mark, "cost-centre": "shop" },
        size: i,
        content: document(i % 50 === 0 ? 40 : 2, mark),
        list: [`${mark}-1`, `${mark}-2`],
        password: `secret-${mark}-${at}-${i}`,
        description: `Object ${i} of stack ${at}, as ${mark} has it`,
      });
      const actions: ChangeJson["actions"] = kind === "replace" ? ["delete", "create"] : [kind];
      return sampleResource(`google_storage_bucket.object-${i}`, {
        actions,
        before: kind === "create" ? null : side("before"),
        after: kind === "delete" ? null : side("after"),
        after_unknown: { id: true, self_link: true },
        before_sensitive: { password: true },
        after_sensitive: { password: true },
      });
    });
    const environment = ["dev", "staging", "prod"][at % 3] ?? "dev";
    return samplePlanned(sampleStack(`${environment}-s${at}`), samplePlan(...own));
  });
}
