import type { Problem } from "@groundwork/user-error";
import type { Environment } from "./environment";
import { fieldPath, shown } from "./problems";
import { overlap } from "./ranges";

/** Fields of one environment that must agree with each other. */
export function agreementProblems(environment: Environment): Problem[] {
  const root = environment.name;
  return [
    ...placeProblems(environment),
    ...serviceProblems(environment),
    ...clusterProblems(environment),
    ...flexProblems(environment),
    ...networkProblems(environment),
  ].map(({ path, found, expected }) => ({ field: fieldPath(root, path), found, expected }));
}

interface Disagreement {
  readonly path: readonly (string | number)[];
  readonly found: string;
  readonly expected: string;
}

function placeProblems({ region, appEngine, guard, apis }: Environment): Disagreement[] {
  const problems: Disagreement[] = [];
  const location = { "europe-west1": "europe-west", "us-central1": "us-central" }[region as string] ?? region;
  if (appEngine.location !== location) {
    problems.push({
      path: ["appEngine", "location"],
      found: shown(appEngine.location),
      expected: `${shown(location)}, App Engine's name of ${region}`,
    });
  }
  if (guard !== "none") {
    const allowed: readonly string[] = guard.regions;
    const used = [region, ...Object.values(apis).map((api) => api.region)];
    for (const missing of new Set(used.filter((one) => !allowed.includes(one)))) {
      problems.push({
        path: ["guard", "regions"],
        found: shown(allowed.join(", ")),
        expected: `also ${missing}, which this environment uses`,
      });
    }
  }
  return problems;
}

function serviceProblems({ services, atlas, appEngine, network }: Environment): Disagreement[] {
  const problems: Disagreement[] = [];
  if (!services.default) {
    problems.push({
      path: ["services", "default"],
      found: "nothing",
      expected: "a service called default: App Engine can't be without it",
    });
  }
  for (const [name, { scaling, database, egress }] of Object.entries(services)) {
    if ("minInstances" in scaling && scaling.minInstances > scaling.maxInstances) {
      problems.push({
        path: ["services", name, "scaling", "minInstances"],
        found: String(scaling.minInstances),
        expected: `at most maxInstances (${scaling.maxInstances})`,
      });
    }
    if (database !== "none" && atlas.access.kind === "private" && egress === "none") {
      problems.push({
        path: ["services", name, "egress"],
        found: '"none", with a database that answers inside the network only',
        expected: '"private-ranges" or "all-traffic"',
      });
    }
    if (database !== "none" && atlas.access.kind === "public" && egress !== "all-traffic") {
      problems.push({
        path: ["services", name, "egress"],
        found: `${shown(egress)}, with a database that lets in the addresses of Cloud NAT`,
        expected: '"all-traffic", so that its connections come from those addresses',
      });
    }
    if (egress === "all-traffic" && network.natAddresses === 0) {
      problems.push({
        path: ["network", "natAddresses"],
        found: `0, with services.${name}.egress "all-traffic"`,
        expected: "at least 1: nothing leaves the network without Cloud NAT",
      });
    }
  }
  appEngine.dispatch.forEach(({ service }, index) => {
    if (!services[service]) {
      problems.push({
        path: ["appEngine", "dispatch", index, "service"],
        found: shown(service),
        expected: `one of ${Object.keys(services).join(", ")}`,
      });
    }
  });
  return problems;
}

function clusterProblems({ atlas }: Environment): Disagreement[] {
  const problems: Disagreement[] = [];
  const { backups, access, tier, nodes, analyticsNodes } = atlas;
  if (backups !== "none" && backups.copyTo === atlas.region) {
    problems.push({
      path: ["atlas", "backups", "copyTo"],
      found: shown(atlas.region),
      expected: "a region other than the cluster's",
    });
  }
  if (backups === "none" && tier !== "FLEX") {
    problems.push({
      path: ["atlas", "backups"],
      found: '"none"',
      expected: `which snapshots are kept; only FLEX goes without (this is ${tier})`,
    });
  }
  if (access.kind === "private" && access.endpoints < nodes + analyticsNodes) {
    problems.push({
      path: ["atlas", "access", "endpoints"],
      found: String(access.endpoints),
      expected: `at least ${nodes + analyticsNodes}, one for each node`,
    });
  }
  return problems;
}

/** What a Flex cluster doesn't have. @see https://www.mongodb.com/docs/atlas/reference/flex-limitations/ */
function flexProblems({ atlas, services }: Environment): Disagreement[] {
  if (atlas.tier !== "FLEX") {
    return [];
  }
  const rules: readonly (readonly [path: readonly string[], found: unknown, expected: unknown])[] = [
    [["backups"], atlas.backups === "none" ? "none" : "snapshots", "none"],
    [["access", "kind"], atlas.access.kind, "public"],
    [["autoscaling"], atlas.autoscaling === "none" ? "none" : "limits", "none"],
    [["pointInTime"], atlas.pointInTime, false],
    [["auditing"], atlas.auditing, false],
    [["nodes"], atlas.nodes, 3],
    [["analyticsNodes"], atlas.analyticsNodes, 0],
  ];
  const ofCluster = rules
    .filter(([, found, expected]) => found !== expected)
    .map(([path, found, expected]) => ({
      path: ["atlas", ...path],
      found: shown(found),
      expected: `${shown(expected)}: a FLEX cluster has nothing else`,
    }));
  const ofServices = Object.entries(services)
    .filter(([, { database }]) => database !== "none")
    .map(([name]) => ({
      path: ["services", name, "database"],
      found: "a database, on a FLEX cluster",
      expected: '"none", or M10: FLEX has no users without passwords, and passwords would stand in the state',
    }));
  return [...ofCluster, ...ofServices];
}

function networkProblems({ network, atlas, cache, relational }: Environment): Disagreement[] {
  const problems: Disagreement[] = [];
  if (network.connectorMin >= network.connectorMax) {
    problems.push({
      path: ["network", "connectorMax"],
      found: String(network.connectorMax),
      expected: `more than connectorMin (${network.connectorMin})`,
    });
  }
  if (network.servicesRange === "none" && (cache !== "none" || relational !== "none")) {
    problems.push({
      path: ["network", "servicesRange"],
      found: '"none"',
      expected:
        'a range such as "10.20.16.0/20": the cache and the relational database take their addresses from it',
    });
  }
  const ranges: { path: string[]; range: string }[] = [
    { path: ["network", "connectorRange"], range: network.connectorRange },
    ...(network.servicesRange === "none"
      ? []
      : [{ path: ["network", "servicesRange"], range: network.servicesRange }]),
    ...(atlas.access.kind === "private"
      ? [{ path: ["atlas", "access", "range"], range: atlas.access.range }]
      : []),
  ];
  ranges.forEach(({ path, range }, index) => {
    const other = ranges.slice(0, index).find((earlier) => overlap(earlier.range, range));
    if (other) {
      problems.push({
        path,
        found: `${range}, which overlaps ${other.path.join(".")} (${other.range})`,
        expected: "a range of its own",
      });
    }
  });
  return problems;
}
