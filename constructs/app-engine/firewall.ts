import { isIP } from "node:net";
import {
  AppEngineFirewallRule,
  type AppEngineFirewallRuleConfig,
} from "@cdktf/provider-google/lib/app-engine-firewall-rule";
import type { Problem } from "@groundwork/user-error";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/** Just before App Engine's own last rule (2147483647), which can be neither made nor deleted. */
const LAST_PRIORITY = 2_147_483_646;

/** Requests from some addresses, and what becomes of them. */
export interface FirewallRule {
  /** Place in the order, 1 to 2147483645; the lowest that fits counts. Leave gaps, for rules to come. */
  readonly priority: number;
  /** An address or a range: `203.0.113.0/24`, `2001:db8::/32`, `*` for all. */
  readonly from: string;
  readonly action: "allow" | "deny";
  /** Why, at most 100 characters. */
  readonly reason: string;
}

/** Props of `Firewall`. */
export interface FirewallProps extends Transformable<{ rule: AppEngineFirewallRuleConfig }> {
  readonly rules: readonly FirewallRule[];
  /**
   * What becomes of requests that fit no rule. `deny` shuts a gateway out, too: its requests come from Google's changing
   * addresses.
   *
   * @default "allow", as App Engine does
   */
  readonly otherwise?: "allow" | "deny";
  /** The application. @default - made by another stack */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Who may reach the application at all, by address: all services, all versions, before anything runs.
 *
 * Rules that allow are made before those that deny, and go after them, so that nobody is shut out in between.
 *
 * @throws UserError when a priority is taken twice, or an address is none
 * @see https://cloud.google.com/appengine/docs/standard/application-security#app_engine_firewall
 */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.createRules(props);
  }

  private validate({ rules }: FirewallProps): void {
    refuse(this, "the firewall of App Engine", [
      check(rules.length <= 999, "rules", `${rules.length} rules`, "at most 999"),
      ...rules.flatMap((rule, index) => ruleProblems(rule, rules.slice(0, index), `rules[${index}]`)),
    ]);
  }

  private createRules({ rules, otherwise = "allow", dependsOn = [], transform }: FirewallProps): void {
    const allowed = rules
      .filter(({ action }) => action === "allow")
      .map((rule) => this.createRule(rule, dependsOn, transform));
    for (const rule of rules.filter(({ action }) => action === "deny")) {
      this.createRule(rule, [...dependsOn, ...allowed], transform);
    }
    if (otherwise === "deny") {
      const last = { priority: LAST_PRIORITY, from: "*", action: "deny", reason: "Everybody else." } as const;
      this.createRule(last, [...dependsOn, ...allowed], transform);
    }
  }

  private createRule(
    { priority, from, action, reason }: FirewallRule,
    after: readonly ITerraformDependable[],
    transform: FirewallProps["transform"],
  ): AppEngineFirewallRule {
    return new AppEngineFirewallRule(
      this,
      // App Engine knows a rule by its priority, yet the provider would change it in place: another one is another rule.
      `rule-${priority}`,
      transformed<AppEngineFirewallRuleConfig>(
        {
          priority,
          sourceRange: from,
          action: action === "allow" ? "ALLOW" : "DENY",
          description: reason,
          ...(after.length > 0 ? { dependsOn: [...after] } : {}),
        },
        transform?.rule,
      ),
    );
  }
}

function ruleProblems(
  { priority, from, reason }: FirewallRule,
  before: readonly FirewallRule[],
  field: string,
): (Problem | undefined)[] {
  return [
    check(
      Number.isInteger(priority) && priority >= 1 && priority < LAST_PRIORITY,
      `${field}.priority`,
      priority,
      `a whole number from 1 to ${LAST_PRIORITY - 1}`,
    ),
    check(
      before.every((other) => other.priority !== priority),
      `${field}.priority`,
      `${priority} a second time`,
      "each priority once",
    ),
    check(
      isSource(from),
      `${field}.from`,
      from,
      "an address, a range without host bits such as 203.0.113.0/24, or *",
    ),
    check(
      /\S/.test(reason) && reason.length <= 100,
      `${field}.reason`,
      JSON.stringify(reason),
      "why, in at most 100 characters",
    ),
  ];
}

/** Whether it is `*`, an address, or a range whose address is the first of the range. */
function isSource(from: string): boolean {
  if (from === "*") return true;
  const [address = "", length, ...rest] = from.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (length === undefined) return true;
  const bits = family === 4 ? 32 : 128;
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits) return false;
  return addressBits(address, family) % (1n << BigInt(bits - Number(length))) === 0n;
}

/** The address as a number. */
function addressBits(address: string, family: number): bigint {
  if (family === 4) return number(address.split(".").map(Number), 8n);
  const [head = "", tail] = address.split("::");
  const words = (text: string) =>
    text === ""
      ? []
      : text.split(":").flatMap((word) => {
          if (!word.includes(".")) return [Number.parseInt(word, 16)];
          const [a = 0, b = 0, c = 0, d = 0] = word.split(".").map(Number);
          return [a * 256 + b, c * 256 + d];
        });
  const left = words(head);
  const right = words(tail ?? "");
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return number([...left, ...Array<number>(gap).fill(0), ...right], 16n);
}

function number(digits: readonly number[], width: bigint): bigint {
  return digits.reduce((sum, digit) => (sum << width) + BigInt(digit), 0n);
}
