import { isIP } from "node:net";
import {
  ComputeSecurityPolicy,
  type ComputeSecurityPolicyConfig,
  type ComputeSecurityPolicyRule,
} from "@cdktf/provider-google/lib/compute-security-policy";
import type { Problem } from "@groundwork/user-error";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../../problems";
import { google } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";
import { type Duration, inSeconds } from "../../units";
import { attackExpression, type RuleSet, ruleSets, type Sensitivity, usualRules } from "./attack-rules";

/** How many calls one address may make. */
export interface RateLimit {
  /** Calls within the time, 1 to 1,000,000. Further ones are answered with 429. */
  readonly calls: number;
  /** 10 or 30 seconds; 1, 2, 3, 4, 5, 10, 15, 20, 30, 45 or 60 minutes. */
  readonly within: Duration;
  /** How long an address that made too many is shut out. @default - it isn't: it waits for the next window */
  readonly ban?: Duration;
}

/** What is kept away from a load balancer. */
export interface ProtectionSettings {
  /** @default - 600 calls a minute and address */
  readonly rateLimit?: RateLimit;
  /**
   * Sensitivity of sets of rules, or `off`.
   *
   * @default - `usualRules`: the sets that fit services on Node.js, each at sensitivity 1
   */
  readonly attacks?: Readonly<Partial<Record<RuleSet, Sensitivity | "off">>>;
  /** Ids of single rules that block what they should not: `owasp-crs-v030301-id942110-sqli`. @default - none */
  readonly withoutRules?: Readonly<Partial<Record<RuleSet, readonly string[]>>>;
  /** Ranges of addresses that nothing is checked of: your own offices. At most 10. @default - none */
  readonly trusted?: readonly string[];
  /** Ranges of addresses that are shut out. At most 10. @default - none */
  readonly blocked?: readonly string[];
  /** Countries that are shut out, by their two letters: `KP`. @default - none */
  readonly blockedCountries?: readonly string[];
  /** `watch`: what would be blocked is only logged, to find false alarms before they hurt. @default "enforce" */
  readonly mode?: "enforce" | "watch";
  /** Learns what usual traffic is and warns of floods that a rate per address does not see. @default false */
  readonly adaptive?: boolean;
}

/** Props of `EdgeProtection`. */
export interface EdgeProtectionProps
  extends ProtectionSettings,
    Transformable<{ policy: ComputeSecurityPolicyConfig }> {
  /** At most 63 characters. */
  readonly name: string;
}

/** @see https://cloud.google.com/armor/docs/rate-limiting-overview */
const windows = [10, 30, 60, 120, 180, 240, 300, 600, 900, 1200, 1800, 2700, 3600];

const usualLimit: RateLimit = { calls: 600, within: "1 minute" };

/** A rule's place: the smallest number that fits a call decides. */
const places = {
  trusted: 100,
  blocked: 200,
  countries: 300,
  attacks: 1000,
  rate: 100_000,
  rest: 2_147_483_647,
};

/**
 * A Cloud Armor policy: shuts out ranges and countries, blocks the attacks that OWASP's core rule set knows, slows down
 * addresses that call too often. What passes a rate limit is let in at once, so that rule stands last.
 *
 * @throws UserError with everything that Cloud Armor would refuse
 */
export class EdgeProtection extends Construct {
  readonly policy: ComputeSecurityPolicy;

  constructor(scope: Construct, id: string, props: EdgeProtectionProps) {
    super(scope, id);
    refuse(this, `protection ${props.name}`, [
      checkName(
        props.name,
        /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
        "name",
        "at most 63 lowercase letters, digits and hyphens",
      ),
      ...protectionProblems(props),
    ]);
    google(this);
    this.policy = this.createPolicy(props);
  }

  private createPolicy({ name, transform, ...settings }: EdgeProtectionProps): ComputeSecurityPolicy {
    return new ComputeSecurityPolicy(
      this,
      "policy",
      transformed<ComputeSecurityPolicyConfig>(
        {
          name,
          type: "CLOUD_ARMOR",
          description: "What is kept away from the load balancer.",
          // Attacks hide in JSON too.
          advancedOptionsConfig: { jsonParsing: "STANDARD", logLevel: "NORMAL" },
          adaptiveProtectionConfig: {
            layer7DdosDefenseConfig: { enable: settings.adaptive ?? false, ruleVisibility: "STANDARD" },
          },
          rule: rulesOf(settings),
          // It goes after the load balancer has let go of it, not before.
          lifecycle: { createBeforeDestroy: true },
        },
        transform?.policy,
      ),
    );
  }
}

/** What is wrong with what is to be kept away. */
export function protectionProblems(settings: ProtectionSettings): (Problem | undefined)[] {
  const { rateLimit = usualLimit, attacks = {}, withoutRules = {}, blockedCountries = [] } = settings;
  const sets = Object.keys(ruleSets);
  return [
    check(
      Number.isInteger(rateLimit.calls) && rateLimit.calls >= 1 && rateLimit.calls <= 1_000_000,
      "rateLimit.calls",
      rateLimit.calls,
      "a whole number from 1 to 1,000,000",
    ),
    check(
      windows.includes(inSeconds(rateLimit.within)),
      "rateLimit.within",
      rateLimit.within,
      "10 or 30 seconds; 1, 2, 3, 4, 5, 10, 15, 20, 30, 45 or 60 minutes",
    ),
    check(
      rateLimit.ban === undefined || (inSeconds(rateLimit.ban) >= 60 && inSeconds(rateLimit.ban) <= 86_400),
      "rateLimit.ban",
      rateLimit.ban,
      "1 minute to 1 day",
    ),
    ...[...Object.keys(attacks), ...Object.keys(withoutRules)].map((set) =>
      check(sets.includes(set), "attacks", set, `one of ${sets.join(", ")}`),
    ),
    ...Object.entries(withoutRules).flatMap(([set, ids = []]) =>
      ids.map((id) =>
        checkName(id, /^[\w-]+$/, `withoutRules.${set}`, "the id of a rule: owasp-crs-v030301-id942110-sqli"),
      ),
    ),
    ...(["trusted", "blocked"] as const).flatMap((field) => rangeProblems(settings[field] ?? [], field)),
    ...blockedCountries.map((country) =>
      checkName(country, /^[A-Z]{2}$/, "blockedCountries", "two capital letters (ISO 3166): KP"),
    ),
  ];
}

function rangeProblems(ranges: readonly string[], field: string): (Problem | undefined)[] {
  return [
    check(
      ranges.length <= 10,
      field,
      `${ranges.length} ranges`,
      "at most 10: Cloud Armor's limit for a rule",
    ),
    ...ranges.map((range) => {
      const [address = "", bits, ...rest] = range.split("/");
      const most = isIP(address) === 6 ? 128 : 32;
      const isRange =
        isIP(address) !== 0 &&
        rest.length === 0 &&
        (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
      return check(isRange, field, range, "an address, or a range such as 192.0.2.0/24");
    }),
  ];
}

function rulesOf(settings: ProtectionSettings): ComputeSecurityPolicyRule[] {
  const { rateLimit = usualLimit, trusted = [], blocked = [], blockedCountries = [] } = settings;
  const preview = settings.mode === "watch";
  return [
    ...ranges(trusted, "allow", places.trusted, false, "Trusted: not checked any further"),
    ...ranges(blocked, "deny(403)", places.blocked, preview, "Shut out"),
    ...(blockedCountries.length > 0
      ? [
          {
            action: "deny(403)",
            priority: places.countries,
            preview,
            description: "Countries that are shut out",
            match: {
              expr: {
                expression: [...blockedCountries]
                  .sort()
                  .map((country) => `origin.region_code == '${country}'`)
                  .join(" || "),
              },
            },
          },
        ]
      : []),
    ...attackRules(settings, preview),
    rateRule(rateLimit, preview),
    {
      action: "allow",
      priority: places.rest,
      description: "Everything else",
      match: everybody,
    },
  ];
}

const everybody = { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } };

function ranges(
  list: readonly string[],
  action: string,
  priority: number,
  preview: boolean,
  description: string,
): ComputeSecurityPolicyRule[] {
  return list.length === 0
    ? []
    : [
        {
          action,
          priority,
          preview,
          description,
          match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: [...list] } },
        },
      ];
}

/** A set keeps its place whatever others are on, so that switching one on or off touches no other rule. */
function attackRules(
  { attacks = {}, withoutRules = {} }: ProtectionSettings,
  preview: boolean,
): ComputeSecurityPolicyRule[] {
  const wanted: ProtectionSettings["attacks"] = { ...usualRules, ...attacks };
  return (Object.keys(ruleSets) as RuleSet[]).flatMap((set, index) => {
    const sensitivity = wanted[set];
    return sensitivity === undefined || sensitivity === "off"
      ? []
      : [
          {
            action: "deny(403)",
            priority: places.attacks + index,
            preview,
            description: `Attack: ${set}`,
            match: { expr: { expression: attackExpression(set, sensitivity, withoutRules[set] ?? []) } },
          },
        ];
  });
}

function rateRule({ calls, within, ban }: RateLimit, preview: boolean): ComputeSecurityPolicyRule {
  return {
    action: ban ? "rate_based_ban" : "throttle",
    priority: places.rate,
    preview,
    description: `More than ${calls} calls within ${within}`,
    match: everybody,
    rateLimitOptions: {
      conformAction: "allow",
      exceedAction: "deny(429)",
      enforceOnKey: "IP",
      rateLimitThreshold: { count: calls, intervalSec: inSeconds(within) },
      ...(ban ? { banDurationSec: inSeconds(ban) } : {}),
    },
  };
}
