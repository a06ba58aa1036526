import { textAt } from "../reading/json";
import type { SynthRule } from "../rule";

const clusters = ["mongodbatlas_advanced_cluster", "mongodbatlas_cluster"];
const privateWays = ["mongodbatlas_privatelink_endpoint_service", "mongodbatlas_network_peering"];

export const databasesArePrivate: SynthRule = {
  id: "S18",
  title: "Databases are reached privately, and never from everywhere",
  why: "A database that answers the whole internet is one leaked user away from being read.",
  mapsTo: ["Atlas"],
  check: (environment) => {
    const entries = environment.all("mongodbatlas_project_ip_access_list");
    const dedicated = environment.all(...clusters);
    if (entries.length === 0 && dedicated.length === 0) return "not applicable";
    const [first] = dedicated;
    return [
      ...entries
        .filter(({ values }) => /^(0\.0\.0\.0|::)(\/|$)|\/[0-7]$/.test(source(values) ?? ""))
        .map((entry) =>
          entry.violation(
            "cidr_block",
            `${source(entry.values)}: (nearly) the whole internet`,
            "name the ranges that need it, or use the private endpoint alone",
          ),
        ),
      ...(first && environment.all(...privateWays).length === 0
        ? [
            first.violation(
              undefined,
              "no private way to the cluster",
              "add a private endpoint (mongodbatlas_privatelink_endpoint and its service), or a peering",
            ),
          ]
        : []),
    ];
  },
};

function source(values: Parameters<typeof textAt>[0]): string | undefined {
  return textAt(values, "cidr_block") ?? textAt(values, "ip_address");
}
