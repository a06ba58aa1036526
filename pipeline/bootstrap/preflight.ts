import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Problem } from "@groundwork/user-error";
import type { Environment } from "../../environments/environment";
import type { Organisation } from "../../environments/organisation-schema";
import { isExample } from "./checklist/example-values";

/** What the cloud's preflight looks at. */
export interface PreflightFacts {
  environment: Environment;
  organisation: Organisation;
  env: NodeJS.ProcessEnv;
  /** Text of a file; undefined when there is none. @default - the machine's files */
  textOf?: (path: string) => string | undefined;
}

/** What can be known without a call. */
export interface Preflight {
  /** What keeps the bootstrap from working. */
  problems: Problem[];
  /** What only the cloud can tell, with the commands that ask it or bring it about. */
  hints: string[];
}

/** Looks at what a bootstrap on the cloud needs, before anything is called. */
export function preflight({ environment, organisation, env, textOf = fileText }: PreflightFacts): Preflight {
  const { project, name, encryption } = environment;
  const { billingAccount } = organisation.google;
  const problems = [...exampleProblems(environment, organisation), ...credentialProblems(env, textOf)];
  const hints = [
    `The project has to exist: gcloud projects describe ${project}`,
    `It has to be paid for: gcloud billing projects describe ${project}, else gcloud billing projects link ${project} --billing-account ${billingAccount}`,
    `Two APIs come before Terraform: gcloud services enable cloudresourcemanager.googleapis.com serviceusage.googleapis.com --project ${project}`,
    ...(encryption === "google"
      ? []
      : [
          `Cloud Storage needs its account, for the buckets' key: gcloud storage service-agent --project ${project}`,
        ]),
    ...(usesOwnLogin(env)
      ? [
          `As a person, name who is billed for calls: gcloud auth application-default set-quota-project ${project}`,
        ]
      : []),
    `All of what can't be code: groundwork bootstrap ${name} --checklist`,
  ];
  return { problems, hints };
}

function exampleProblems(
  { name, project, stateBucket, budget }: Environment,
  organisation: Organisation,
): Problem[] {
  const { google, github, contacts } = organisation;
  const needed: [field: string, value: unknown][] = [
    [`${name}.project`, project],
    [`${name}.stateBucket`, stateBucket],
    ...(budget === "none"
      ? []
      : [["organisation.google.billingAccount", google.billingAccount] as [string, unknown]]),
    ["organisation.google.customerId", google.customerId],
    ["organisation.github.ownerId", github.ownerId],
    ["organisation.github.repositoryId", github.repositoryId],
    ["organisation.contacts.security", contacts.security],
    ["organisation.contacts.billing", contacts.billing],
    ["organisation.contacts.technical", contacts.technical],
  ];
  return needed.flatMap(([field, value]) =>
    isExample(value)
      ? [{ field, found: `${JSON.stringify(value)}, still the example's`, expected: "your own" }]
      : [],
  );
}

/** Names in the order in which Terraform's provider looks at them. */
const inline = ["GOOGLE_CREDENTIALS", "GOOGLE_CLOUD_KEYFILE_JSON"] as const;

/** https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/guides/provider_reference#authentication-configuration */
function credentialProblems(env: NodeJS.ProcessEnv, textOf: (path: string) => string | undefined): Problem[] {
  if (env.GOOGLE_OAUTH_ACCESS_TOKEN) return [];
  const given = inline.find((name) => env[name]);
  const content = given && env[given];
  if (given && content) {
    if (content.trimStart().startsWith("{")) return jsonProblems(given, content);
    return fileProblems(given, content, textOf);
  }
  const file = env.GOOGLE_APPLICATION_CREDENTIALS;
  if (file) return fileProblems("GOOGLE_APPLICATION_CREDENTIALS", file, textOf);
  if (textOf(defaultCredentials(env)) !== undefined) return [];
  return [
    {
      field: "credentials",
      found: "none",
      expected: 'those of "gcloud auth application-default login", or GOOGLE_APPLICATION_CREDENTIALS',
    },
  ];
}

function fileProblems(field: string, file: string, textOf: (path: string) => string | undefined): Problem[] {
  const text = textOf(file);
  if (text === undefined)
    return [{ field, found: `${file}, which is not there`, expected: "a file with credentials" }];
  return jsonProblems(field, text);
}

/** The content is never repeated. */
function jsonProblems(field: string, text: string): Problem[] {
  try {
    JSON.parse(text);
    return [];
  } catch {
    return [{ field, found: "no JSON", expected: "credentials as Google writes them" }];
  }
}

function usesOwnLogin(env: NodeJS.ProcessEnv): boolean {
  return (
    !env.GOOGLE_OAUTH_ACCESS_TOKEN && !env.GOOGLE_APPLICATION_CREDENTIALS && !inline.some((name) => env[name])
  );
}

/** https://cloud.google.com/docs/authentication/application-default-credentials#personal */
function defaultCredentials(env: NodeJS.ProcessEnv): string {
  const folder = env.CLOUDSDK_CONFIG ?? join(homedir(), ".config", "gcloud");
  return join(folder, "application_default_credentials.json");
}

function fileText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
