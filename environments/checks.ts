import type { Problem } from "@groundwork/user-error";
import { agreementProblems } from "./agreement";
import type { Environment, EnvironmentIdentity } from "./environment";
import { bucketsOf, Names } from "./names";
import type { Organisation } from "./organisation-schema";
import { fieldPath, shown } from "./problems";
import type { Release } from "./release";

/** What a schema can't tell about one environment: fields that must agree, names that must fit. */
export function environmentProblems(environment: Environment, organisation: Organisation): Problem[] {
  const names = new Names(environment, organisation);
  return [
    ...agreementProblems(environment),
    ...referenceProblems(environment),
    ...nameProblems(environment, names),
  ];
}

function referenceProblems(environment: Environment): Problem[] {
  const services = Object.keys(environment.services);
  const secrets = Object.keys(environment.secrets);
  const problems: Problem[] = [];
  for (const [name, service] of Object.entries(environment.services)) {
    service.secrets.forEach((secret, index) => {
      if (!secrets.includes(secret)) {
        problems.push({
          field: fieldPath(environment.name, ["services", name, "secrets", index]),
          found: shown(secret),
          expected: `one of ${secrets.join(", ") || "no secrets; the environment has none"}`,
        });
      }
    });
  }
  for (const [name, { routes, document }] of Object.entries(environment.apis)) {
    const named = [
      ...routes.map(({ service }, index) => ({ service, path: ["routes", index, "service"] })),
      ...Object.entries(document?.backends ?? {}).map(([start, { service }]) => ({
        service,
        path: ["document", "backends", start, "service"],
      })),
    ];
    for (const { service, path } of named.filter(({ service }) => !services.includes(service))) {
      problems.push({
        field: fieldPath(environment.name, ["apis", name, ...path]),
        found: shown(service),
        expected: `one of ${services.join(", ")}`,
      });
    }
    if (routes.length > 0 === (document !== undefined)) {
      problems.push({
        field: fieldPath(environment.name, ["apis", name, "routes"]),
        found: document ? "routes and a document" : "no routes and no document",
        expected: "either: at least one route, or a document and no routes",
      });
    }
  }
  return problems;
}

interface NameRule {
  readonly field: string;
  readonly value: string;
  readonly what: string;
  readonly min: number;
  readonly max: number;
}

function nameProblems(environment: Environment, names: Names): Problem[] {
  const root = environment.name;
  const services = Object.keys(environment.services);
  const rules: NameRule[] = [
    { field: `${root}.name`, value: names.connector, what: "VPC connector", min: 2, max: 25 },
    { field: `${root}.name`, value: names.atlasProject, what: "Atlas project", min: 1, max: 64 },
    { field: `${root}.name`, value: names.cluster, what: "Atlas cluster", min: 1, max: 23 },
    { field: `${root}.project`, value: names.artifactBucket, what: "bucket", min: 3, max: 63 },
    { field: `${root}.project`, value: names.configurationBucket, what: "bucket", min: 3, max: 63 },
    ...services.map((service) => ({
      field: `${root}.services.${service}`,
      value: names.runtimeAccount(service),
      what: "account",
      min: 6,
      max: 30,
    })),
    ...services.map((service) => ({
      field: `${root}.services.${service}`,
      value: names.versionHostLabel("v20261121-3f9a1c2", service),
      what: "host label of its versions",
      min: 1,
      max: 63,
    })),
    ...Object.keys(environment.sites).map((site) => ({
      field: `${root}.sites.${site}`,
      value: names.site(site),
      what: "hosting site",
      min: 6,
      max: 30,
    })),
    ...Object.keys(environment.apis).flatMap((api) => [
      { field: `${root}.apis.${api}`, value: names.gatewayAccount(api), what: "account", min: 6, max: 30 },
      { field: `${root}.apis.${api}`, value: names.gateway(api), what: "gateway", min: 1, max: 49 },
    ]),
  ];
  return rules
    .filter(({ value, min, max }) => value.length < min || value.length > max)
    .map(({ field, value, what, min, max }) => ({
      field,
      found: `${shown(value)} (${value.length} characters) for the ${what}`,
      expected: `${min} to ${max} characters`,
    }));
}

/** Artifacts come from the environment's own bucket. */
export function releaseProblems(environment: Environment, names: Names, release: Release): Problem[] {
  const prefix = `gs://${names.artifactBucket}/`;
  return Object.entries(release.services).flatMap(([service, { versions }]) =>
    versions
      .filter((version) => !version.artifact.startsWith(prefix))
      .map((version) => ({
        field: `releases/${environment.name}.json services.${service}.versions (${version.id}).artifact`,
        found: version.artifact,
        expected: `an address in this environment's bucket: ${prefix}…`,
      })),
  );
}

/**
 * What may stand in one environment only. Looks at environments that are otherwise wrong too: sharing is worth telling
 * at the same time.
 */
export function sharedProblems(environments: readonly unknown[]): Problem[] {
  const identities = environments.filter(hasIdentity);
  const problems: Problem[] = [];
  for (const field of ["name", "project", "stateBucket"] as const) {
    identities.forEach((identity, index) => {
      const other = identities.slice(0, index).find((earlier) => earlier[field] === identity[field]);
      if (other) {
        problems.push({
          field: `${identity.name}.${field}`,
          found: `${shown(identity[field])}, which is ${other.name}'s too`,
          expected: "a value of its own; environments share nothing",
        });
      }
    });
  }
  return problems;
}

/** Names that are unique in the world, computed or given: no two of them may be the same. */
export function worldProblems(environments: readonly Environment[], organisation: Organisation): Problem[] {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const environment of environments) {
    const names = new Names(environment, organisation);
    const root = environment.name;
    const host = (name: string, field: string) =>
      name === "none" ? [] : [{ kind: "domain", name, field: `${root}.${field}` }];
    const unique = [
      { kind: "bucket", name: environment.stateBucket, field: `${root}.stateBucket` },
      ...bucketsOf(environment.project).map((name) => ({ kind: "bucket", name, field: `${root}.project` })),
      ...Object.keys(environment.sites).map((site) => ({
        kind: "site",
        name: names.site(site),
        field: `${root}.sites.${site}`,
      })),
      ...Object.entries(environment.sites).flatMap(([site, { domain }]) =>
        host(domain, `sites.${site}.domain`),
      ),
      ...Object.entries(environment.apis).flatMap(([api, { domain }]) =>
        host(domain === "none" ? domain : domain.host, `apis.${api}.domain.host`),
      ),
      ...environment.appEngine.domains.flatMap((domain, index) =>
        host(domain, `appEngine.domains[${index}]`),
      ),
      ...host(environment.network.zone, "network.zone").map((one) => ({ ...one, kind: "zone" })),
    ];
    for (const { kind, name, field } of unique) {
      const key = `${kind} ${name}`;
      const owner = owners.get(key);
      if (owner !== undefined && !(owner.endsWith(".stateBucket") && field.endsWith(".stateBucket"))) {
        problems.push({
          field,
          found: `the ${kind} ${shown(name)}, which ${owner} takes too`,
          expected: "another name",
        });
      }
      owners.set(key, field);
    }
  }
  return problems;
}

function hasIdentity(fields: unknown): fields is EnvironmentIdentity {
  const { name, project, stateBucket } = Object(fields) as Record<string, unknown>;
  return [name, project, stateBucket].every((value) => typeof value === "string");
}
