import type { PlanInput, Surroundings } from "@groundwork/policies/reading/planned";
import { z } from "zod";
import type { CloudApi } from "../preview/clouds/cloud-api";
import { pagesOf } from "../preview/clouds/google-pages";
import type { Stack } from "../synthesis/stack-list";

/** Shares that App Engine serves right now, by service and version. */
export type LiveTraffic = NonNullable<Surroundings["liveTraffic"]>;

/** Changes of these can't be judged without it: Terraform never reads a split again. */
const aboutTraffic: ReadonlySet<string> = new Set([
  "google_app_engine_flexible_app_version",
  "google_app_engine_service_split_traffic",
  "google_app_engine_standard_app_version",
]);

/** https://cloud.google.com/appengine/docs/admin-api/reference/rest/v1/apps.services#resource:-service */
const service = z.object({
  id: z.string(),
  split: z.object({ allocations: z.record(z.string(), z.number()).optional() }).optional(),
});

/**
 * What App Engine serves in a project.
 *
 * @param api `appengine.googleapis.com`
 * @throws CloudRefused
 */
export async function liveTrafficOf(api: CloudApi, project: string): Promise<LiveTraffic> {
  const services = await pagesOf(api, `/v1/apps/${project}/services`, "services", service);
  return Object.fromEntries(services.map(({ id, split }) => [id, split?.allocations ?? {}]));
}

/**
 * The live traffic, where plans move traffic or delete versions; undefined where no rule needs it.
 *
 * @param plans of one environment
 * @param stacks in which the plans' names are found
 * @param api App Engine's, as whom a stack's Terraform is
 * @throws CloudRefused
 */
export async function trafficToJudge(
  plans: readonly PlanInput[],
  stacks: readonly Stack[],
  api: (stack: Stack) => CloudApi,
): Promise<LiveTraffic | undefined> {
  const plan = plans.find((one) => (one.plan.resource_changes ?? []).some(isAboutTraffic));
  const stack = stacks.find(({ name }) => name === plan?.name);
  return stack && liveTrafficOf(api(stack), stack.project);
}

function isAboutTraffic({
  type,
  change: { actions },
}: NonNullable<PlanInput["plan"]["resource_changes"]>[number]): boolean {
  return aboutTraffic.has(type) && actions.some((action) => action === "update" || action === "delete");
}
