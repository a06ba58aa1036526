import { PreviewNames } from "../../environments/preview-names";
import { previewOptions } from "../../environments/preview-rules";
import type { PreviewRemnant } from "../../pipeline/preview/contract";
import { previewEnvironment } from "../../pipeline/preview/workshop";
import type { SimulatedPullRequest } from "./pull-requests";

/** The service that every simulated pull request changes; it has a database. */
export const service = "orders";
/** The site whose content every simulated pull request changes. */
export const site = "storefront";

/** Everything that there has to be of a preview that is up, on every side; sorted. */
export function expectedOf({ number, head, labels }: SimulatedPullRequest): string[] {
  const { environment, names: shared } = previewEnvironment();
  const names = new PreviewNames(number);
  const { ownService, ownGateway, ownCluster, ownSecret } = previewOptions(labels);
  const things: Omit<PreviewRemnant, "pr">[] = [
    { side: "account", name: names.account },
    { side: "artifact", name: names.artifactPrefix },
    { side: "channel", within: shared.site(site), name: names.channel },
    { side: "database", name: names.database },
    { side: "record", name: names.record },
    { side: "role", name: names.role },
    { side: "state", name: names.state },
    { side: "user", name: "" },
    ownService
      ? { side: "service", name: names.ownService(service) }
      : { side: "version", within: service, name: names.version(head, ownCluster) },
  ];
  if (ownSecret) things.push({ side: "secret", name: names.secret });
  if (ownCluster) {
    things.push({ side: "cluster", name: names.cluster }, { side: "secret", name: names.clusterSecret });
  }
  for (const [api, { region }] of ownGateway ? Object.entries(environment.apis) : []) {
    things.push({ side: "gateway", within: `locations/${region}/gateways`, name: names.gateway(api) });
    things.push({ side: "api", within: "locations/global/apis", name: names.api(api) });
  }
  return things.map(nameOf).sort();
}

/** `version orders pr-12-3f9a1c2`. A user's name is its account's number, which only Google tells. */
export function nameOf({ side, within, name }: Omit<PreviewRemnant, "pr">): string {
  return side === "user" ? "user" : [side, within, name].filter(Boolean).join(" ");
}

/** As `nameOf`, and when it was made: what was removed and made again is another thing. */
export function thingOf({ side, within, name, createdAt }: PreviewRemnant): string {
  return [side, within, name, createdAt].filter(Boolean).join(" ");
}

/** @throws Error when what there is of a pull request is not what is expected */
export function sameThings(
  what: string,
  expected: readonly string[] | undefined = [],
  found: readonly string[] | undefined = [],
): void {
  const missing = expected.filter((one) => !found.includes(one));
  const more = found.filter((one) => !expected.includes(one));
  if (missing.length + more.length === 0 && expected.length === found.length) return;
  throw new Error(
    `${what}: missing ${missing.join(", ") || "nothing"}; too much: ${more.join(", ") || "nothing"}`,
  );
}
