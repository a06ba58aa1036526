import { type Problem, UserError } from "@groundwork/user-error";
import { secretProblems } from "../app-engine/secret-looking";

/** What a site reads when it starts in the browser: text, numbers, switches, and groups of them. */
export interface RuntimeValues {
  readonly [name: string]: string | number | boolean | readonly string[] | RuntimeValues;
}

/**
 * `/config.json` of a site: what differs between environments, read at run time, so that the same build is deployed to
 * each. Everybody can read it.
 *
 * @param publicValues names of values that look like secrets and are none: `firebase.apiKey`, which only names the project
 * @throws UserError when a value is or looks like a secret; its value is never repeated
 */
export function runtimeJson(values: RuntimeValues, publicValues: readonly string[] = []): string {
  const problems = runtimeProblems(values, publicValues);
  if (problems.length > 0) {
    throw new UserError("These values can't be given to browsers.", problems);
  }
  return `${JSON.stringify(values, null, 2)}\n`;
}

/** What is wrong with values that everybody can read. */
export function runtimeProblems(values: RuntimeValues, publicValues: readonly string[] = []): Problem[] {
  const named = flattened(values, "");
  return [
    ...named.flatMap(({ path, name, text }) =>
      publicValues.includes(path)
        ? []
        : secretProblems({ [name]: text }).map(({ found }) => ({
            field: path,
            found,
            expected: "no secrets: everybody can read this file. What must stay secret stays in a service",
          })),
    ),
    ...publicValues
      .filter((path) => !named.some((one) => one.path === path))
      .map((path) => ({
        field: path,
        found: "nothing",
        expected: "a value: it is said to be public",
      })),
  ];
}

interface NamedText {
  /** `firebase.apiKey`. */
  readonly path: string;
  /** `FIREBASE_API_KEY`: as a variable would be called, which is how names of secrets are recognised. */
  readonly name: string;
  readonly text: string;
}

function flattened(values: RuntimeValues, prefix: string): NamedText[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    if (Array.isArray(value)) {
      return value.map((text, index) => ({ ...namedText(path, String(text)), path: `${path}.${index}` }));
    }
    return typeof value === "object"
      ? flattened(value as RuntimeValues, path)
      : [namedText(path, String(value))];
  });
}

function namedText(path: string, text: string): NamedText {
  const name = path.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[^A-Za-z0-9]+/g, "_");
  return { path, name, text };
}
