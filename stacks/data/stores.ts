import { Cache } from "@groundwork/constructs/cache/cache";
import { networkNamed } from "@groundwork/constructs/network/network-name";
import { Database as RelationalDatabase } from "@groundwork/constructs/relational/database";
import { Instance } from "@groundwork/constructs/relational/instance";
import { User as RelationalUser } from "@groundwork/constructs/relational/user";
import type { DataStack } from "../data";

/** Redis and PostgreSQL, where the environment asks for them. */
export function createStores(stack: DataStack): void {
  const { environment, names } = stack.loaded;
  const { cache, relational, region, secondRegion } = environment;
  const network = networkNamed(environment.project, names.network);
  const services = { rangeName: names.servicesRange };
  if (cache !== "none") {
    const { highAvailability, ...settings } = cache;
    stack.attempt("cache", () => {
      new Cache(stack, "cache", {
        name: names.cache,
        region,
        network,
        services,
        availability: highAvailability ? "replicated" : "single",
        ...settings,
      });
    });
  }
  if (relational !== "none") {
    const {
      cores: cpus,
      memoryGb,
      highAvailability,
      backups,
      restoreWindow,
      replicaIn,
      ...settings
    } = relational;
    stack.attempt("relational", () => {
      const instance = new Instance(stack, "relational", {
        name: names.relational,
        region,
        network,
        services,
        machine: { cpus, memoryGb },
        availability: highAvailability ? "regional" : "single",
        backups: {
          hour: 1,
          keep: backups,
          restoreWindow,
          location: secondRegion === "none" ? region : secondRegion,
        },
        ...(replicaIn === "none"
          ? {}
          : { replicas: [{ name: `${names.relational}-${replicaIn}`, region: replicaIn }] }),
        ...settings,
      });
      stack.eachService((service, account, { relationalDatabase }) => {
        if (relationalDatabase !== undefined) {
          new RelationalDatabase(stack, `relational-${service}`, { instance, name: relationalDatabase });
          new RelationalUser(stack, `relational-${service}-user`, { instance, identity: { account } });
        }
      });
    });
  }
}
