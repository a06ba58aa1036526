import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { secretProblems } from "./secret-looking";

/** Names that App Engine gives every instance itself. */
const reserved = /^(PORT|GAE_.*|X_GOOGLE_.*|GOOGLE_CLOUD_PROJECT)$/;

/**
 * What is wrong with the variables of a version: names that no shell knows, that App Engine sets itself, or whatever looks
 * like a secret.
 *
 * @see https://cloud.google.com/appengine/docs/standard/nodejs/runtime#environment_variables
 */
export function variableProblems(env: Readonly<Record<string, string>>): (Problem | undefined)[] {
  return [
    ...Object.keys(env).flatMap((name) => [
      check(
        /^[A-Za-z_][A-Za-z0-9_]*$/.test(name),
        `env.${name}`,
        JSON.stringify(name),
        "a name of letters, digits and underscores",
      ),
      check(
        !reserved.test(name),
        `env.${name}`,
        "a name that App Engine sets itself",
        "another name: PORT, GOOGLE_CLOUD_PROJECT, GAE_… and X_GOOGLE_… are there anyway",
      ),
    ]),
    ...secretProblems(env),
  ];
}
