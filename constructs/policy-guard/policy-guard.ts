import {
  OrgPolicyPolicy,
  type OrgPolicyPolicyConfig,
  type OrgPolicyPolicySpec,
} from "@cdktf/provider-google/lib/org-policy-policy";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { cloudOf, google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type GuardRuleName, guardRules, type SwitchRuleName, switchRules } from "./guard-rules";

/** Props of `PolicyGuard`. */
export interface PolicyGuardProps
  extends Transformable<{
    /** Each of the policies. */
    policy: OrgPolicyPolicyConfig;
  }> {
  /**
   * Rules that this project doesn't have, each with the reason.
   *
   * @default - every rule of `guardRules` that is on or off
   */
  readonly without?: { readonly [Name in SwitchRuleName]?: string };
  /**
   * Where resources may be: value groups (`in:eu-locations`), regions (`is:europe-west1`). Name what Google calls
   * `global` too if something of the platform is there.
   *
   * @default - anywhere
   */
  readonly locations?: readonly string[];
  /**
   * Customer ids of the Cloud Identity or Workspace organisations whose members may be given rights: `C0abc1234`.
   *
   * @default - anybody
   */
  readonly memberDomains?: readonly string[];
  /**
   * Whether Google refuses, or only logs what it would refuse.
   *
   * @default "refuse"
   */
  readonly effect?: "refuse" | "log";
}

/**
 * What a project may never do, whoever asks: organisation policies at the level of the project. What exists already is
 * not changed by them. Whoever applies it needs `roles/orgpolicy.policyAdmin`, which only the organisation can give.
 *
 * @throws UserError when a rule is unknown or left out without a reason, or a place or customer id is none
 * @see https://cloud.google.com/resource-manager/docs/organization-policy/overview
 */
export class PolicyGuard extends Construct {
  constructor(scope: Construct, id: string, props: PolicyGuardProps = {}) {
    super(scope, id);
    this.validate(props);
    google(this);
    for (const name of switchRules.filter((rule) => props.without?.[rule] === undefined)) {
      this.createPolicy(name, switchedOn(name), props);
    }
    if (props.locations) this.createPolicy("resource-locations", allowing(props.locations), props);
    if (props.memberDomains) this.createPolicy("members-of-domains", allowing(props.memberDomains), props);
  }

  private validate({ without = {}, locations, memberDomains }: PolicyGuardProps): void {
    refuse(this, `the policies of project ${cloudOf(this).project}`, [
      ...Object.entries(without).flatMap(([name, reason]) => [
        check(
          switchRules.some((rule) => rule === name),
          `without.${name}`,
          name,
          `one of ${switchRules.join(", ")}`,
        ),
        check((reason ?? "").trim() !== "", `without.${name}`, reason ?? "", "the reason"),
      ]),
      check(locations === undefined || locations.length > 0, "locations", "none", "at least one, or no list"),
      ...(locations ?? []).map((place, index) =>
        check(
          /^((in|is):)?[a-z0-9]+(-[a-z0-9]+)*$/.test(place),
          `locations[${index}]`,
          place,
          "in:eu-locations, is:europe-west1, europe-west1 or global",
        ),
      ),
      check(
        memberDomains === undefined || memberDomains.length > 0,
        "memberDomains",
        "none",
        "at least one, or no list",
      ),
      ...(memberDomains ?? []).map((customer, index) =>
        check(
          /^C[0-9a-zA-Z]{6,12}$/.test(customer),
          `memberDomains[${index}]`,
          customer,
          "a customer id: C0abc1234",
        ),
      ),
    ]);
  }

  private createPolicy(
    name: GuardRuleName,
    rule: Rule,
    { effect = "refuse", transform }: PolicyGuardProps,
  ): void {
    const parent = `projects/${cloudOf(this).project}`;
    const spec: OrgPolicyPolicySpec = { rules: [rule] };
    new OrgPolicyPolicy(
      this,
      name,
      transformed<OrgPolicyPolicyConfig>(
        {
          name: `${parent}/policies/${guardRules[name].constraint}`,
          parent,
          ...(effect === "refuse" ? { spec } : { dryRunSpec: spec }),
        },
        transform?.policy,
      ),
    );
  }
}

type Rule = { enforce: string } | { denyAll: string } | { values: { allowedValues: string[] } };

function switchedOn(name: SwitchRuleName): Rule {
  return guardRules[name].kind === "enforced" ? { enforce: "TRUE" } : { denyAll: "TRUE" };
}

function allowing(values: readonly string[]): Rule {
  return { values: { allowedValues: [...new Set(values)].sort() } };
}
