import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Problem, UserError } from "@groundwork/user-error";
import { environmentProblems, releaseProblems, sharedProblems, worldProblems } from "./checks";
import { dev } from "./dev";
import type { Difference, EnvironmentDefinition } from "./difference";
import { type Environment, environmentSchema } from "./environment";
import { environmentName } from "./fields";
import { Names } from "./names";
import { organisation } from "./organisation";
import { type Organisation, organisationSchema } from "./organisation-schema";
import { preview } from "./preview";
import { checked, fieldPath, shown } from "./problems";
import { prod } from "./prod";
import { type Release, resolveRelease } from "./release";
import { type ReleaseManifest, releaseSchema } from "./release-manifest";
import { staging } from "./staging";

/** The environments, in the order in which a change reaches them. A new one is a file beside these and an entry here. */
export const definitions: readonly EnvironmentDefinition[] = [preview, dev, staging, prod];

/** One environment with everything that the stacks need, validated. */
export interface LoadedEnvironment {
  readonly environment: Environment;
  readonly organisation: Organisation;
  readonly names: Names;
  readonly release: Release;
  /** Text of the OpenAPI documents that APIs have instead of routes, by API. */
  readonly apiDocuments: Readonly<Record<string, string>>;
  /** What it differs in from the one it is based on, with reasons; empty for the one written out in full. */
  readonly differences: readonly Difference[];
}

/** What environments are read from; the default is this folder. */
export interface EnvironmentSource {
  readonly organisation: unknown;
  readonly definitions: readonly EnvironmentDefinition[];
  /** Text of an environment's release manifest; `undefined` where there is no file. */
  readonly releaseText: (environment: string) => string | undefined;
  /** Text of an OpenAPI document in `apis/`. @default - there are none */
  readonly apiText?: (file: string) => string | undefined;
  /** Document of a configuration of before, as it was uploaded. @default - there are none */
  readonly documentText?: (config: string) => string | undefined;
}

/**
 * All environments, validated together.
 *
 * @param root folder of this repository; `environments/releases/` is read there
 * @throws UserError with every problem in every environment and release
 */
export function loadEnvironments(root = process.cwd()): readonly LoadedEnvironment[] {
  return validateEnvironments(sourceIn(root));
}

/** What stands in the folder `environments` of a repository, not yet validated. */
export function sourceIn(root = process.cwd()): EnvironmentSource {
  const read = (...path: string[]) => {
    const file = join(root, "environments", ...path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  return {
    organisation,
    definitions,
    releaseText: (name) => read("releases", `${name}.json`),
    documentText: (config) => read("releases", "documents", `${config}.json`),
    apiText: (file) => read("apis", file),
  };
}

/**
 * The environments of a source, validated together.
 *
 * @throws UserError with every problem in every environment and release
 */
export function validateEnvironments(source: EnvironmentSource): readonly LoadedEnvironment[] {
  const { value: ofOrganisation, problems: unorganised } = checked(
    organisationSchema,
    source.organisation,
    "organisation",
  );
  const problems: Problem[] = [...unorganised];
  const valid: Environment[] = [];
  const loaded: LoadedEnvironment[] = [];
  for (const [index, { fields, differences, problems: ofDifferences }] of source.definitions.entries()) {
    const name = nameOf(fields) ?? `environments[${index}]`;
    const { value: environment, problems: ofFields } = checked(environmentSchema, fields, name);
    problems.push(...ofDifferences, ...ofFields);
    const manifest = readManifest(name, source.releaseText, problems);
    if (!environment || !ofOrganisation) {
      continue;
    }
    valid.push(environment);
    problems.push(...environmentProblems(environment, ofOrganisation));
    const apiDocuments = readApiDocuments(environment, source.apiText, problems);
    if (manifest) {
      const names = new Names(environment, ofOrganisation);
      const documentText = source.documentText ?? (() => undefined);
      const { release, problems: ofRelease } = resolveRelease(manifest, environment, names, documentText);
      problems.push(...ofRelease, ...releaseProblems(environment, names, release));
      loaded.push({ environment, organisation: ofOrganisation, names, release, apiDocuments, differences });
    }
  }
  const shared = sharedProblems(source.definitions.map(({ fields }) => fields));
  problems.push(...shared);
  if (ofOrganisation && shared.length === 0) {
    problems.push(...worldProblems(valid, ofOrganisation));
  }
  if (problems.length > 0) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    throw new UserError(`The environments can't be used: ${count}.`, problems);
  }
  return loaded;
}

/** The name, when it can stand for the environment in the path of a field. */
function nameOf(fields: unknown): string | undefined {
  const name = typeof fields === "object" && fields !== null && "name" in fields ? fields.name : undefined;
  return environmentName.safeParse(name).data;
}

function readApiDocuments(
  { name, apis }: Environment,
  apiText: EnvironmentSource["apiText"],
  problems: Problem[],
): Record<string, string> {
  const documents: Record<string, string> = {};
  for (const [api, { document }] of Object.entries(apis)) {
    const text = document && apiText?.(document.file);
    if (document && text === undefined) {
      problems.push({
        field: fieldPath(name, ["apis", api, "document", "file"]),
        found: shown(document.file),
        expected: "a file in environments/apis/",
      });
    } else if (text !== undefined) {
      documents[api] = text;
    }
  }
  return documents;
}

function readManifest(
  environment: string,
  releaseText: EnvironmentSource["releaseText"],
  problems: Problem[],
): ReleaseManifest | undefined {
  if (!environmentName.safeParse(environment).success) {
    return undefined;
  }
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
  const { value: manifest, problems: ofManifest } = checked(releaseSchema, value, `${file} `);
  problems.push(...ofManifest);
  return manifest;
}
