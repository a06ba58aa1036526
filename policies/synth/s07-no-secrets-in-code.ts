import { blocksOf, isObject, isReference, valueAt } from "../reading/json";
import { isSecretName, leakingAttributes, secretKind } from "../reading/secret-looking";
import { judgeEach, type Resource } from "../reading/synthesized";
import { versionTypes } from "../reading/terms";
import type { SynthRule, Violation } from "../rule";

export const noSecretsInCode: SynthRule = {
  id: "S7",
  title: "No secret stands in code, plans or states",
  why: "Everybody who may read a plan or a state would read it, and it can't be taken out of history.",
  mapsTo: ["CIS 1.17"],
  check: (environment) =>
    judgeEach(environment.all(...versionTypes, ...Object.keys(leakingAttributes)), (resource) => [
      ...leaks(resource),
      ...secretVariables(resource),
    ]),
};

function leaks(resource: Resource): Violation[] {
  return (leakingAttributes[resource.type] ?? []).flatMap((path) => {
    const [first = "", ...rest] = path.split(".");
    const values =
      rest.length === 0
        ? [resource.values[first]]
        : blocksOf(resource.values[first]).map((block) => valueAt(block, rest.join(".")));
    return values
      .filter((value) => value !== undefined && value !== null && value !== "")
      .slice(0, 1)
      .map(() =>
        resource.violation(
          path,
          "a secret that Terraform keeps readable in its state (not shown)",
          "let its owner add it by hand, use the write-only attribute, or an identity instead of a password",
        ),
      );
  });
}

function secretVariables(resource: Resource): Violation[] {
  const variables = resource.values.env_variables;
  if (!isObject(variables)) return [];
  return Object.entries(variables).flatMap(([name, value]) => {
    const kind = typeof value === "string" && !isReference(value) ? secretKind(value) : undefined;
    if (!isSecretName(name) && kind === undefined) return [];
    return [
      resource.violation(
        `env_variables.${name}`,
        kind === undefined ? "a variable named like a secret" : `a value that looks like ${kind} (not shown)`,
        "make it a secret container, which the service reads at start as its own account",
      ),
    ];
  });
}
