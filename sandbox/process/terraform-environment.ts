import { existsSync } from "node:fs";
import type { LeaseAnswer } from "./control-api";

/** Where real credentials of Google and Atlas come from; empty counts as unset for Terraform and its providers. */
const CREDENTIALS = [
  "GOOGLE_CREDENTIALS",
  "GOOGLE_CLOUD_KEYFILE_JSON",
  "GCLOUD_KEYFILE_JSON",
  "GOOGLE_APPLICATION_CREDENTIALS",
  "GOOGLE_BACKEND_CREDENTIALS",
  "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT",
  "GOOGLE_BACKEND_IMPERSONATE_SERVICE_ACCOUNT",
  "MONGODB_ATLAS_CLIENT_ID",
  "MONGODB_ATLAS_CLIENT_SECRET",
  "MONGODB_ATLAS_ACCESS_TOKEN",
];

/** Settings that would turn the gcs backend away from the sandbox, or encrypt what it sends. */
const BACKEND_SETTINGS = [
  "GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT",
  "GOOGLE_STORAGE_CUSTOM_ENDPOINT",
  "GOOGLE_ENCRYPTION_KEY",
  "GOOGLE_KMS_ENCRYPTION_KEY",
];

/**
 * What a program would authenticate with if it got past the sandbox after all. They are wrong on purpose: it fails
 * there, where with nothing set it would find the credentials of `gcloud` or of the machine.
 */
const FAKE_CREDENTIALS = {
  GOOGLE_OAUTH_ACCESS_TOKEN: "groundwork-sandbox",
  FIREBASE_TOKEN: "groundwork-sandbox",
  MONGODB_ATLAS_PUBLIC_KEY: "groundwork-sandbox",
  MONGODB_ATLAS_PRIVATE_KEY: "groundwork-sandbox",
  MCLI_PUBLIC_API_KEY: "groundwork-sandbox",
  MCLI_PRIVATE_API_KEY: "groundwork-sandbox",
};

/**
 * How far Terraform's heap grows before Go collects garbage, in percent of what is live. The live part is mostly the
 * providers' schemas, which never change: with Go's 100 Terraform spends a fifth of a plan on walking them again and
 * again. Only here: to the cloud, Terraform starts provider processes, which would inherit it and take gigabytes.
 *
 * @see https://go.dev/doc/gc-guide
 */
const RARE_COLLECTION = "400";

/**
 * Variables that make Terraform or OpenTofu use the sandbox, and nothing real, to be laid over the user's own.
 *
 * The user's Terraform configuration file stays in force, because a mirror named there may be the only way to other
 * providers; for those of the sandbox Terraform asks no mirror. Only one that is missing is hidden, together with the
 * warning that each Terraform would print.
 *
 * @param scope which types Terraform is told about
 * @param user the user's environment
 */
export function terraformEnvironment(
  answer: LeaseAnswer,
  scope: "in-use" | "all",
  user: { [name: string]: string | undefined },
): { [name: string]: string } {
  const { port, token } = answer.state;
  const environment: { [name: string]: string } = {
    TF_REATTACH_PROVIDERS: forBothRegistries(scope === "all" ? answer.reattach.all : answer.reattach.inUse),
    STORAGE_EMULATOR_HOST: `http://sandbox:${token}@127.0.0.1:${port}`,
    ...firebaseEnvironment(`http://127.0.0.1:${port}/~${token}`),
    GROUNDWORK_MONGODB_URI: `mongodb://sandbox:${token}@127.0.0.1:${answer.mongodb.port}/?authMechanism=PLAIN&authSource=%24external&directConnection=true`,
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    GOGC: user.GOGC || RARE_COLLECTION,
    ...FAKE_CREDENTIALS,
  };
  for (const name of [...CREDENTIALS, ...BACKEND_SETTINGS]) environment[name] = "";
  for (const name of ["TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG"]) {
    const file = user[name];
    if (file !== undefined && !existsSync(file)) environment[name] = "";
  }
  return environment;
}

/**
 * Leads the Firebase CLI here, to each API that a deployment of content asks: `firebase hosting:channel:deploy` then
 * deploys into the sandbox. Names as in its source (firebase-tools 15.34.2, lib/api.js).
 */
function firebaseEnvironment(origin: string): { [name: string]: string } {
  const hosts = {
    HOSTING_API: "firebasehosting",
    API: "firebase",
    TOKEN: "www",
    RESOURCEMANAGER: "cloudresourcemanager",
    SERVICE_USAGE: "serviceusage",
    IDENTITY: "identitytoolkit",
  };
  const urls = Object.entries(hosts).map(([api, host]) => [
    `FIREBASE_${api}_URL`,
    `${origin}/${host}.googleapis.com`,
  ]);
  return Object.fromEntries(urls);
}

/** OpenTofu looks for the same providers under its own registry's name. */
function forBothRegistries(reattach: string): string {
  const entries = Object.entries(JSON.parse(reattach) as { [source: string]: unknown });
  return JSON.stringify(
    Object.fromEntries(
      entries.flatMap(([source, endpoint]) => [
        [source, endpoint],
        [source.replace(/^registry\.terraform\.io\//, "registry.opentofu.org/"), endpoint],
      ]),
    ),
  );
}
