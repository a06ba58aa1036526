import { packNames, type RuleId, severityOf } from "@groundwork/policies/packs";
import { planRules } from "@groundwork/policies/plan/rules";
import type { PlanRule, SynthRule } from "@groundwork/policies/rule";
import { settingsWith } from "@groundwork/policies/settings";
import type { Allowed } from "@groundwork/policies/settings-type";
import { synthRules } from "@groundwork/policies/synth/rules";
import { type Waiver, waiverProblem } from "@groundwork/policies/waiver";
import { waivers } from "@groundwork/policies/waivers";
import { loadAllowances } from "../../environments/load-allowances";

const settings = settingsWith(loadAllowances());

const marks = { error: "●", warning: "○", off: "–" } as const;

/** `docs/infra/policies.md`: every rule, how hard it holds where, what is excepted and what is waived. */
export function policiesDocument(): string {
  return `${[
    "# Policies",
    "",
    "Rules judge every change twice. `groundwork check` judges what is synthesized and needs no cloud; `groundwork plan`",
    "judges what would change. Each rule is one file in `policies/synth/` or `policies/plan/`, with its test beside it.",
    "This page is made by `npm run docs`.",
    "",
    "● stops the change, ○ is a warning, – is not looked at; P8 stops new Owners and rights for everybody in every column. An",
    "environment's `stage` says which column judges it. CIS is the Google Cloud Platform Foundation Benchmark.",
    "",
    "## What is synthesized",
    "",
    ...table(synthRules),
    "",
    "## What is planned",
    "",
    "Where a value is known only after the apply, production takes the worst. What needs something that was not given (the",
    "live traffic, the reviewed digest) says that it was not checked. Some findings can be approved: the label in the message",
    "is set by somebody of a team that `approvers` of `environments/delivery.ts` names, never by the author, and after the",
    "last push.",
    "",
    ...table(planRules),
    "",
    "## Exceptions",
    "",
    "What the platform allows in general stands in `policies/settings.ts`, what the organisation allows in",
    "`environments/allowances.ts`, each entry with its reason:",
    "",
    ...allowed(
      `Roles with administrative names, for the accounts ${settings.administrators.join(", ")} alone`,
      settings.administrativeRoles,
    ),
    ...allowed("Public routes", settings.publicRoutes),
    ...allowed("Public grants", settings.publicGrants),
    "",
    "## Waivers",
    "",
    "A rule that is set aside for one thing for some time has an entry in `policies/waivers.ts`: the rule, the stacks, the",
    "resource, an owner, a reason and a last day, a year ahead at most. After that day the entry is an error itself. One",
    "that nothing needs any more is a warning.",
    "",
    ...waiverTable(),
  ].join("\n")}\n`;
}

function table(rules: readonly (SynthRule | PlanRule)[]): string[] {
  const rows = rules.map(({ id, title, why, mapsTo }) => {
    const where = packNames.map((pack) => marks[severityOf(id as RuleId, pack)]);
    return `| ${[id, title, why, mapsTo.join(", "), ...where].join(" | ")} |`;
  });
  const names = ["Rule", "What must hold", "Else", "Maps to", ...packNames];
  return [`| ${names.join(" | ")} |`, `|${"---|".repeat(names.length)}`, ...rows];
}

function allowed(title: string, entries: readonly Allowed[]): string[] {
  if (entries.length === 0) return [`- ${title}: none.`];
  return [`- ${title}:`, ...entries.map(({ what, why }) => `  - \`${what}\`: ${why}`)];
}

function waiverTable(): string[] {
  if (waivers.length === 0) return ["There are none."];
  const rows = waivers.map(
    ({ rule, stacks, address = "*", owner, reason, expires }: Waiver) =>
      `| ${rule} | ${stacks.join(", ")} | \`${address}\` | ${owner} | ${reason} | ${expires} |`,
  );
  return ["| Rule | Stacks | Resource | Owner | Reason | Last day |", "|---|---|---|---|---|---|", ...rows];
}

/** Entries that are wrong whatever the day: no owner, no reason, no date. */
export function malformedWaivers(): readonly Waiver[] {
  return waivers.filter((waiver) => waiverProblem(waiver, waiver.expires) !== undefined);
}
