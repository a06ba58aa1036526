import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPlans } from "@groundwork/policies/check-plans";
import type { CheckResult } from "@groundwork/policies/finding";
import type { PackName } from "@groundwork/policies/packs";
import type { PlanInput, ServiceIntent, Surroundings } from "@groundwork/policies/reading/planned";
import { z } from "zod";
import type { Delivery } from "../../environments/delivery-schema";
import { loadAllowances } from "../../environments/load-allowances";
import { packOf } from "./check-synthesis";

const manifest = z.object({
  services: z.record(
    z.string(),
    z.object({
      strategy: z.enum(["canary", "blue-green", "all-at-once"]),
      previousTraffic: z.record(z.string(), z.number()).optional(),
    }),
  ),
});

export interface CheckPlannedOptions {
  /** The repository: release manifests say how traffic is meant to move. */
  root: string;
  delivery: Delivery;
  now: Date;
  /** What else is known, at the moment of an apply. @default - nothing, and the rules that need it say so */
  known?: (environment: string) => KnownFacts;
}

/** What rules over plans need and can't read in them. */
export type KnownFacts = Pick<
  Surroundings,
  "window" | "liveTraffic" | "digests" | "lockFiles" | "credentials"
>;

/** Judges plans, by environment. */
export function checkPlanned(plans: readonly PlanInput[], options: CheckPlannedOptions): CheckResult {
  const { root, delivery, now, known = () => ({}) } = options;
  return checkPlans(plans, {
    allowances: loadAllowances(),
    packOf: packOf(delivery),
    today: now.toISOString().slice(0, 10),
    surroundings: (environment) => {
      const own = plans.filter((plan) => plan.environment === environment);
      const isGone = own.every((plan) => plan.isGone === true);
      const limit =
        delivery.environments[environment]?.deletions ??
        (isGone ? limitOfKind(packOf(delivery)(environment), delivery) : undefined);
      const release = releaseIntent(root, environment);
      return {
        ...known(environment),
        now: now.toISOString(),
        ...(limit === undefined ? {} : { deletionLimit: limit }),
        ...(release ? { release } : {}),
      };
    },
  });
}

/** What an environment without rules of its own may delete: the least that one of its kind may, or one of any kind. */
function limitOfKind(pack: PackName, { environments }: Delivery): number {
  const rules = Object.values(environments);
  const ofKind = rules.filter((one) => one.pack === pack);
  return Math.min(...(ofKind.length > 0 ? ofKind : rules).map(({ deletions }) => deletions));
}

/** How each service's traffic is meant to move; undefined where there is no manifest. Its errors are synthesis' to tell. */
export function releaseIntent(root: string, environment: string): Record<string, ServiceIntent> | undefined {
  const file = join(root, "environments", "releases", `${environment}.json`);
  if (!existsSync(file)) return undefined;
  const { success, data } = manifest.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!success) return undefined;
  return Object.fromEntries(
    Object.entries(data.services).map(([service, { strategy, previousTraffic }]) => [
      service,
      { strategy, ...(previousTraffic ? { previousTraffic } : {}) },
    ]),
  );
}
