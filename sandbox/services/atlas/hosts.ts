import { base36Id } from "../identity/derived";

/** `shop-prod.k3x9a.mongodb.net`: the name's first 23 characters and a part of the project's own. */
export function clusterHost(project: string, name: string): string {
  const label = name.slice(0, 23).toLowerCase().replace(/-+$/, "");
  return `${label}.${base36Id(5, "atlas project host", project)}.mongodb.net`;
}

/** The connection strings of a replica set of three, without credentials. */
export function connectionStrings(project: string, name: string): { standard: string; standard_srv: string } {
  const [label = "", ...domain] = clusterHost(project, name).split(".");
  const nodes = [0, 1, 2].map((node) => `${label}-shard-00-0${node}.${domain.join(".")}:27017`);
  const set = `atlas-${base36Id(6, "atlas replica set", project, name)}-shard-0`;
  return {
    standard: `mongodb://${nodes.join(",")}/?ssl=true&authSource=admin&replicaSet=${set}`,
    standard_srv: `mongodb+srv://${clusterHost(project, name)}`,
  };
}
