import type { PackName } from "./packs";
import type { Json, JsonObject } from "./reading/json";
import type { Action, ResourceChangeJson } from "./reading/plan-json";
import { PlannedEnvironment, type Surroundings } from "./reading/planned";
import { type StackInput, SynthesizedEnvironment } from "./reading/synthesized";
import type { Judgement, PlanRule, SynthRule } from "./rule";
import { settingsWith } from "./settings";
import type { Allowances, Settings } from "./settings-type";

/** What the shop of the tests allows. */
export const allowances: Allowances = {
  regions: {
    google: ["europe-west1", "europe-west3", "europe", "EU", "EUR4"],
    atlas: ["WESTERN_EUROPE", "EUROPE_WEST_3"],
  },
  publicRoutes: [{ what: "GET /healthz", why: "Uptime checks have no token." }],
  publicGrants: [],
};

/** Settings that tests go by where they say nothing else. */
const own = settingsWith(allowances);

/** Resources by address: `google_storage_bucket.a`; with `data.` in front, data sources. */
export type Resources = Readonly<Record<string, JsonObject>>;

/** How a test's environment differs from a prod with one stack, `prod-platform` of the project `shop-prod`. */
export interface Given {
  readonly pack?: PackName;
  readonly kind?: string;
  readonly settings?: Partial<Settings>;
  /** Settings of the provider google. */
  readonly provider?: JsonObject;
  readonly strangers?: Readonly<Record<string, readonly string[]>>;
}

/** One synthesized stack as an environment of its own. */
export function synthesized(resources: Resources, given: Given = {}): SynthesizedEnvironment {
  const { pack = "prod", kind = "platform", provider = {}, strangers = {} } = given;
  const section = (isData: boolean) => {
    const byType: Record<string, Record<string, Json>> = {};
    for (const [address, values] of Object.entries(resources)) {
      if (address.startsWith("data.") !== isData) continue;
      const [type = "", name = ""] = address.replace(/^data\./, "").split(".");
      byType[type] = { ...byType[type], [name]: values };
    }
    return byType;
  };
  const stack: StackInput = {
    name: `${pack}-${kind}`,
    environment: pack,
    kind,
    project: `shop-${pack}`,
    configuration: {
      provider: { google: [provider] },
      resource: section(false),
      data: section(true),
      terraform: { backend: { gcs: { bucket: `shop-${pack}-tfstate`, prefix: kind } } },
    },
  };
  return new SynthesizedEnvironment(pack, pack, [stack], strangers);
}

/** One change of a plan, by address. Without `after` it is a deletion, without `before` a creation. */
export interface PlannedChange {
  readonly before?: JsonObject;
  readonly after?: JsonObject;
  readonly unknown?: Json;
  /** Both are there: an update, unless told otherwise. */
  readonly actions?: readonly Action[];
}

/** One planned stack as an environment of its own. */
export function planned(
  changes: Readonly<Record<string, PlannedChange>>,
  given: { pack?: PackName; stack?: string; isGone?: boolean; surroundings?: Surroundings } = {},
): PlannedEnvironment {
  const { pack = "prod", stack = `${pack}-data`, isGone = false, surroundings = {} } = given;
  const resource_changes = Object.entries(changes).map(
    ([address, { before, after, unknown, actions }]): ResourceChangeJson => ({
      address,
      mode: "managed",
      type: address.split(".")[0] ?? "",
      name: address.split(".")[1] ?? "",
      change: {
        actions: actions ?? (before ? (after ? ["update"] : ["delete"]) : ["create"]),
        before: before ?? null,
        after: after ?? null,
        after_unknown: unknown ?? {},
      },
    }),
  );
  return new PlannedEnvironment(
    pack,
    pack,
    [{ name: stack, environment: pack, plan: { resource_changes }, isGone }],
    surroundings,
  );
}

/** A reference, as CDKTF writes it: `${google_service_account.run.email}`. */
export function ref(attribute: string): string {
  return `\${${attribute}}`;
}

/** What a rule answers, short enough for a table: attributes or addresses of violations, or how it ended. */
export function shortly(judgement: Judgement): "not applicable" | "not checked" | "compliant" | string[] {
  if (judgement === "not applicable") return judgement;
  if ("notChecked" in judgement) return "not checked";
  if (judgement.length === 0) return "compliant";
  return judgement.map(({ attribute, address, stack }) => attribute ?? address ?? stack);
}

/** What a rule over synthesized stacks says of these resources. */
export function judgedBy(rule: SynthRule, resources: Resources, given: Given = {}) {
  return shortly(rule.check(synthesized(resources, given), { ...own, ...given.settings }));
}

/** What a rule over plans says of these changes. */
export function judgedPlanBy(
  rule: PlanRule,
  changes: Parameters<typeof planned>[0],
  given: Parameters<typeof planned>[1] = {},
) {
  return shortly(rule.check(planned(changes, given), own));
}
