import type { CheckResult, Finding, Outcome } from "./finding";
import { type PackName, severityOf } from "./packs";
import type { Judgement, PlanRule, SynthRule, Violation } from "./rule";
import { type Waiver, waiverProblem, waives } from "./waiver";

/** What all checks are given. */
export interface CheckOptions {
  /** The day of judgement, UTC, `2026-11-21`: waivers expire. */
  readonly today: string;
  readonly waivers: readonly Waiver[];
}

/** Something to judge in one kind of environment. */
interface Judged {
  readonly name: string;
  readonly pack: PackName;
  readonly stacks: readonly { readonly name: string }[];
}

/** Lets every rule judge every environment, and sets aside what is waived. */
export function judgeRules<E extends Judged, R extends SynthRule | PlanRule>(
  environments: readonly E[],
  rules: readonly R[],
  judge: (rule: R, environment: E) => Judgement,
  { today, waivers }: CheckOptions,
): CheckResult {
  const findings: Finding[] = [];
  const outcomes: Outcome[] = [];
  const holding = waivers.filter((waiver) => waiverProblem(waiver, today) === undefined);
  const used = new Set<Waiver>();
  for (const environment of environments) {
    for (const rule of rules) {
      const { id, title, mapsTo } = rule;
      const { name, pack } = environment;
      const severity = severityOf(id, pack);
      if (severity === "off") {
        outcomes.push({ rule: id, environment: name, result: "off" });
        continue;
      }
      const judgement = judge(rule, environment);
      outcomes.push({ rule: id, environment: name, ...resultOf(judgement) });
      for (const { always, ...violation } of violationsOf(judgement)) {
        const waiver = holding.find((one) => waives(one, id, violation));
        if (waiver) used.add(waiver);
        findings.push({
          rule: id,
          title,
          mapsTo,
          environment: name,
          severity: always ? "error" : severity,
          state: waiver ? "waived" : "open",
          ...violation,
          ...(waiver ? { waiver } : {}),
        });
      }
    }
  }
  const judged = new Set(rules.map(({ id }) => id as string));
  const own = waivers.filter(({ rule }) => judged.has(rule));
  const stacks = environments.flatMap((environment) => environment.stacks.map(({ name }) => name));
  findings.push(...waiverFindings(own, used, environments, stacks, today));
  return { findings: findings.sort(byWeight), outcomes };
}

function resultOf(judgement: Judgement): Pick<Outcome, "result" | "why"> {
  if (judgement === "not applicable") return { result: "not applicable" };
  if ("notChecked" in judgement) return { result: "not checked", why: judgement.notChecked };
  return { result: judgement.length === 0 ? "compliant" : "non-compliant" };
}

function violationsOf(judgement: Judgement): readonly Violation[] {
  return judgement === "not applicable" || "notChecked" in judgement ? [] : judgement;
}

/** Waivers that don't hold are errors; those that nothing needs are told, so that they go. */
function waiverFindings(
  waivers: readonly Waiver[],
  used: ReadonlySet<Waiver>,
  environments: readonly Judged[],
  stacks: readonly string[],
  today: string,
): Finding[] {
  return waivers
    .filter((waiver) => waiver.stacks.length === 0 || waiver.stacks.some((name) => stacks.includes(name)))
    .flatMap((waiver): Finding[] => {
      const problem = waiverProblem(waiver, today);
      if (problem === undefined && used.has(waiver)) return [];
      const stack = waiver.stacks.find((name) => stacks.includes(name)) ?? stacks[0] ?? "";
      const environment = environments.find((one) => one.stacks.some(({ name }) => name === stack));
      return [
        {
          rule: "waiver",
          title: "Waivers hold, and are needed",
          mapsTo: [],
          environment: environment?.name ?? "",
          severity: problem ? "error" : "warning",
          state: "open",
          stack,
          ...(waiver.address === undefined ? {} : { address: waiver.address }),
          ...(problem
            ? { found: `the waiver of ${waiver.rule}: ${problem.found}`, todo: problem.todo }
            : {
                found: `a waiver of ${waiver.rule} that nothing needs`,
                todo: "remove it from policies/waivers.ts",
              }),
        },
      ];
    });
}

function byWeight(a: Finding, b: Finding): number {
  const weight = ({ severity, state }: Finding) =>
    (state === "open" ? 0 : 2) + (severity === "error" ? 0 : 1);
  return weight(a) - weight(b);
}
