import { isReference, textAt } from "../reading/json";
import { judgeEach, type Resource } from "../reading/synthesized";
import type { SynthRule, Violation } from "../rule";

const github = /token\.actions\.githubusercontent\.com/;

export const identityIsPinned: SynthRule = {
  id: "S6",
  title: "Workload identity lets in one repository, by its number",
  why: "Names can be given up and taken by others; numbers can't. Without a condition every repository gets in.",
  mapsTo: [],
  check: (environment) =>
    judgeEach(environment.all("google_iam_workload_identity_pool_provider"), (provider) =>
      judge(provider, environment.pack === "prod"),
    ),
};

function judge(provider: Resource, isProd: boolean): Violation[] {
  const condition = textAt(provider.values, "attribute_condition");
  const say = (found: string, todo: string) => [provider.violation("attribute_condition", found, todo)];
  const example = "assertion.repository_owner_id == '…' && assertion.repository_id == '…'";
  if (condition === undefined || condition.trim() === "") {
    return say("no condition: every repository of the issuer gets in", `say ${example}`);
  }
  if (!github.test(textAt(provider.values, "oidc.issuer_uri") ?? "")) return [];
  if (isReference(condition)) {
    return say("a condition that is only known later", `write it out: ${example}`);
  }
  const wanted = [
    ["repository_owner_id", /^\d+$/],
    ["repository_id", /^\d+$/],
    ...(isProd
      ? ([
          ["environment", /^.+$/],
          ["ref", /^refs\/.+$/],
        ] as const)
      : []),
  ] as const;
  return wanted
    .filter(([claim, value]) => !demands(condition, claim, value))
    .map(([claim]) =>
      provider.violation(
        "attribute_condition",
        `a condition that does not pin ${claim}`,
        `add && assertion.${claim} == '…' to it${claim.endsWith("_id") ? ", with the number" : ""}`,
      ),
    );
}

/** Whether nothing holds the condition that has another value of the claim: each "or" has to demand one on both sides. */
function demands(condition: string, claim: string, value: RegExp): boolean {
  const text = withoutParentheses(condition.trim());
  const alternatives = split(text, "||");
  if (alternatives.length > 1) return alternatives.every((part) => demands(part, claim, value));
  const terms = split(text, "&&");
  return terms.length > 1
    ? terms.some((part) => demands(part, claim, value))
    : pins(text, claim, value) || (claim === "ref" && (startsWithRef.test(text) || isForPlans(text)));
}

/** GitHub's environment for plans reads only, and reads for every pull request: it can't name a ref. */
function isForPlans(term: string): boolean {
  return pins(term, "environment", /^.+-plan$/);
}

/** Refs of one kind, such as pull requests: `assertion.ref.startsWith('refs/pull/')`. */
const startsWithRef = /^(?:assertion|attribute)\.ref\.startsWith\((['"])refs\/(heads|pull|tags)\/[^'"]*\1\)$/;

/** Whether a term demands one literal value, or one of some, of a claim. */
function pins(term: string, claim: string, value: RegExp): boolean {
  const one = new RegExp(`^(?:assertion|attribute)\\.${claim}\\s*==\\s*(['"])([^'"]*)\\1$`).exec(term);
  if (one) return value.test(one[2] ?? "");
  const several = new RegExp(`^(?:assertion|attribute)\\.${claim}\\s+in\\s+\\[([^\\]]*)\\]$`).exec(term);
  const values = (several?.[1] ?? "").split(",").map((text) => text.trim().replace(/^(['"])(.*)\1$/, "$2"));
  return several !== null && values.every((text) => value.test(text));
}

function withoutParentheses(text: string): string {
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  let depth = 0;
  for (const [index, letter] of [...text].entries()) {
    if (letter === "(") depth++;
    if (letter === ")") depth--;
    if (depth === 0 && index < text.length - 1) return text;
  }
  return withoutParentheses(text.slice(1, -1).trim());
}

/** Parts between an operator, outside of parentheses and quotes. "And" binds tighter, so "or" is split first. */
function split(text: string, operator: "&&" | "||"): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = "";
  let part = "";
  for (let index = 0; index < text.length; index++) {
    const letter = text[index] as string;
    if (quote !== "") quote = letter === quote ? "" : quote;
    else if (letter === "'" || letter === '"') quote = letter;
    else if (letter === "(" || letter === "[") depth++;
    else if (letter === ")" || letter === "]") depth--;
    else if (depth === 0 && text.startsWith("||", index) && operator === "&&") return [text];
    else if (depth === 0 && text.startsWith(operator, index)) {
      parts.push(part.trim());
      part = "";
      index++;
      continue;
    }
    part += letter;
  }
  return [...parts, part.trim()];
}
