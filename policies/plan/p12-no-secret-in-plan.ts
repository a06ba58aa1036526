import { blocksOf, isObject, type Json, textsWithin, valueAt } from "../reading/json";
import type { Change, PlannedEnvironment, Surroundings } from "../reading/planned";
import { isSecretName, leakingAttributes, secretKind } from "../reading/secret-looking";
import type { PlanRule, Violation } from "../rule";

export const noSecretInPlan: PlanRule = {
  id: "P12",
  title: "No secret is in the plan, and so none gets into the state",
  why: "Plans and states are read by more people than the secret is meant for.",
  mapsTo: ["CIS 1.17"],
  check: (environment) => {
    if (environment.changes.length === 0 && outputs(environment).length === 0) return "not applicable";
    const { credentials = [] } = environment.surroundings;
    return [...environment.changes.flatMap((change) => judge(change, credentials)), ...outputs(environment)];
  },
};

function judge(change: Change, credentials: NonNullable<Surroundings["credentials"]>): Violation[] {
  const todo = "take it out; whoever saw the plan has seen it, so replace the secret too";
  const found = new Map<string, string>();
  for (const path of leakingAttributes[change.type] ?? []) {
    if (hasValue(change.after, path))
      found.set(path, "a secret that Terraform keeps readable in its state (not shown)");
  }
  const variables = change.after.env_variables;
  for (const name of isObject(variables) ? Object.keys(variables).filter(isSecretName) : []) {
    found.set(`env_variables.${name}`, "a variable named like a secret (not shown)");
  }
  for (const { path, text } of textsWithin(change.after)) {
    const inside = decoded(text);
    const kind = secretKind(text) ?? secretKind(inside);
    if (kind !== undefined && !found.has(path)) found.set(path, `looks like ${kind} (not shown)`);
    if (credentials.some((one) => text.includes(one) || inside.includes(one)))
      found.set(path, "holds a credential of whoever plans (not shown)");
  }
  return [...found].map(([path, text]) => change.violation(path, text, todo));
}

function hasValue(values: Json, path: string): boolean {
  const [first = "", ...rest] = path.split(".");
  const inside = isObject(values) ? values[first] : undefined;
  const all = rest.length === 0 ? [inside] : blocksOf(inside).map((block) => valueAt(block, rest.join(".")));
  return all.some((value) => value !== undefined && value !== null && value !== "");
}

/** Documents travel as base64. */
function decoded(text: string): string {
  return text.length >= 40 && /^[A-Za-z0-9+/\r\n]+={0,2}$/.test(text)
    ? Buffer.from(text, "base64").toString("latin1")
    : "";
}

function outputs({ stacks }: PlannedEnvironment): Violation[] {
  return stacks.flatMap(({ name, plan }) =>
    Object.entries(plan.output_changes ?? {}).flatMap(([output, { after }]) => {
      const kind = textsWithin(after)
        .map(({ text }) => secretKind(text))
        .find((one) => one !== undefined);
      return kind === undefined
        ? []
        : [
            {
              stack: name,
              address: `output.${output}`,
              found: `looks like ${kind} (not shown)`,
              todo: "take it out; whoever saw the plan has seen it, so replace the secret too",
            },
          ];
    }),
  );
}
