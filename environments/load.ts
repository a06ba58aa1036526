import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Problem, UserError } from "@groundwork/user-error";
import { environmentProblems, releaseProblems, sharedProblems } from "./checks";
import { dev } from "./dev";
import type { Difference, EnvironmentDefinition } from "./difference";
import { type Environment, environmentSchema } from "./environment";
import { Names } from "./names";
import { organisation } from "./organisation";
import { type Organisation, organisationSchema } from "./organisation-schema";
import { problemsIn, shown } from "./problems";
import { prod } from "./prod";
import { type Release, type ReleaseManifest, releaseSchema, resolveRelease } from "./release";
import { staging } from "./staging";

/** The environments, in the order in which a change reaches them. A new one is a file beside these and an entry here. */
export const definitions: readonly EnvironmentDefinition[] = [dev, staging, prod];

/** One environment with everything that the stacks need, validated. */
export interface LoadedEnvironment {
  readonly environment: Environment;
  readonly organisation: Organisation;
  readonly names: Names;
  readonly release: Release;
  /** What it differs in from production, with reasons; empty for production. */
  readonly differences: readonly Difference[];
}

/** What environments are read from; the default is this folder. */
export interface EnvironmentSource {
  readonly organisation: unknown;
  readonly definitions: readonly EnvironmentDefinition[];
  /** Text of an environment's release manifest; `undefined` where there is no file. */
  readonly releaseText: (environment: string) => string | undefined;
}

/**
 * All environments, validated together.
 *
 * @param root folder of this repository; `environments/releases/` is read there
 * @throws UserError with every problem in every environment and release
 */
export function loadEnvironments(root = process.cwd()): readonly LoadedEnvironment[] {
  return validateEnvironments({
    organisation,
    definitions,
    releaseText: (name) => {
      const path = join(root, "environments", "releases", `${name}.json`);
      return existsSync(path) ? readFileSync(path, "utf8") : undefined;
    },
  });
}

/**
 * The environments of a source, validated together.
 *
 * @throws UserError with every problem in every environment and release
 */
export function validateEnvironments(source: EnvironmentSource): readonly LoadedEnvironment[] {
  const problems: Problem[] = problemsIn(organisationSchema, source.organisation, "organisation");
  const ofOrganisation = organisationSchema.safeParse(source.organisation).data;
  const valid: Environment[] = [];
  for (const { fields, problems: ofDifferences } of source.definitions) {
    const ofFields = problemsIn(environmentSchema, fields, String(fields.name));
    problems.push(...ofDifferences, ...ofFields);
    if (ofFields.length === 0) {
      valid.push(fields);
    }
  }
  if (!ofOrganisation) {
    throw refusal(problems);
  }
  problems.push(...valid.flatMap((environment) => environmentProblems(environment, ofOrganisation)));
  problems.push(...sharedProblems(valid, ofOrganisation));
  const loaded = source.definitions.flatMap((definition) => {
    const manifest = readManifest(definition.fields.name, source.releaseText, problems);
    if (!manifest || !valid.includes(definition.fields)) {
      return [];
    }
    const environment = definition.fields;
    const names = new Names(environment, ofOrganisation);
    const { release, problems: ofRelease } = resolveRelease(manifest, environment, names);
    problems.push(...ofRelease, ...releaseProblems(environment, names, release));
    return [
      { environment, organisation: ofOrganisation, names, release, differences: definition.differences },
    ];
  });
  if (problems.length > 0) {
    throw refusal(problems);
  }
  return loaded;
}

function readManifest(
  environment: string,
  releaseText: EnvironmentSource["releaseText"],
  problems: Problem[],
): ReleaseManifest | undefined {
  const file = `releases/${environment}.json`;
  const text = releaseText(environment);
  if (text === undefined) {
    problems.push({
      field: file,
      found: "no such file",
      expected: 'a release manifest; {"services": {}} to start with',
    });
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    problems.push({ field: file, found: shown((error as Error).message), expected: "JSON" });
    return undefined;
  }
  const ofManifest = problemsIn(releaseSchema, value, `${file} `);
  problems.push(...ofManifest);
  return ofManifest.length === 0 ? releaseSchema.parse(value) : undefined;
}

function refusal(problems: readonly Problem[]): UserError {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new UserError(`The environments can't be used: ${count}.`, problems);
}
