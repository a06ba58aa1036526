/** The kinds of environment; each has a pack: which rules hold there, and how hard. */
export const packNames = ["dev", "staging", "prod", "preview"] as const;
export type PackName = (typeof packNames)[number];

/** `error` stops the change, `warning` is told, `off` is not looked at. */
export type Severity = "error" | "warning" | "off";

type Mark = "●" | "○" | "–";

/** What the marks of the table mean. */
export const severityOfMark: Readonly<Record<Mark, Severity>> = { "●": "error", "○": "warning", "–": "off" };

/** Which rules hold where: dev, staging, prod, preview; ● error, ○ warning, – off. */
const marks = {
  S1: "● ● ● ●",
  S2: "● ● ● ●",
  S3: "● ● ● ●",
  S4: "● ● ● ●",
  S5: "● ● ● ●",
  S6: "● ● ● ●",
  S7: "● ● ● ●",
  S8: "○ ● ● ○",
  S9: "● ● ● ●",
  S10: "● ● ● ●",
  S11: "○ ● ● ○",
  S12: "● ● ● ●",
  S13: "● ● ● –",
  S14: "● ● ● ●",
  S15: "● ● ● ●",
  S16: "– ● ● –",
  S17: "○ ● ● –",
  S18: "○ ● ● ●",
  S19: "○ ● ● ●",
  S20: "– ○ ● –",
  S21: "● ● – ●",
  S22: "– ○ ● –",
  S23: "○ ● ● –",
  S24: "○ ● ● –",
  S26: "– ○ ● –",
  S27: "● ● ● ●",
  S28: "● ● ● ●",
  S29: "– – – ●",
  S30: "● ● ● ●",
  S31: "● ● ● ●",
  S32: "○ ● ● ○",
  P1: "● ● ● –",
  P2: "● ● ● ●",
  P3: "● ● ● –",
  P4: "○ ● ● –",
  P5: "○ ● ● –",
  P6: "● ● ● ●",
  P7: "○ ● ● –",
  P8: "○ ● ● ○",
  P9: "○ ● ● ●",
  P10: "○ ● ● ○",
  P11: "● ● ● ●",
  P12: "● ● ● ●",
  P13: "● ● ● –",
  P14: "– – – ●",
  P16: "● ● ● ●",
} as const satisfies Record<string, `${Mark} ${Mark} ${Mark} ${Mark}`>;

/** A rule's number: S rules judge what is synthesized, P rules what is planned. */
export type RuleId = keyof typeof marks;
export type SynthRuleId = Extract<RuleId, `S${number}`>;
export type PlanRuleId = Extract<RuleId, `P${number}`>;

/** Every rule's number, in order. */
export const ruleIds = Object.keys(marks) as RuleId[];

/** How hard a rule holds in a kind of environment. */
export function severityOf(rule: RuleId, pack: PackName): Severity {
  const mark = marks[rule].split(" ")[packNames.indexOf(pack)] as Mark;
  return severityOfMark[mark];
}
