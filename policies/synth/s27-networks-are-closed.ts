import { blocksOf, isFalse, type JsonObject, textAt, textsOf } from "../reading/json";
import { judgeEach, type Resource } from "../reading/synthesized";
import type { SynthRule, Violation } from "../rule";

const networks = ["google_compute_network", "google_project"];
const firewalls = [
  "google_compute_firewall",
  "google_compute_firewall_policy_rule",
  "google_compute_network_firewall_policy_rule",
  "google_compute_region_network_firewall_policy_rule",
];
const remote = [
  { port: 22, name: "SSH" },
  { port: 3389, name: "RDP" },
];

export const networksAreClosed: SynthRule = {
  id: "S27",
  title: "No default network, and no SSH or RDP from the internet",
  why: "The default network opens both to everybody, in every region.",
  mapsTo: ["CIS 3.1", "CIS 3.6", "CIS 3.7"],
  check: (environment) =>
    judgeEach(environment.all(...networks, ...firewalls), (one) => {
      if (one.type === "google_compute_network") return network(one);
      return one.type === "google_project" ? project(one) : firewall(one);
    }),
};

function network(one: Resource): Violation[] {
  return [
    ...(isFalse(one.values, "auto_create_subnetworks")
      ? []
      : [one.violation("auto_create_subnetworks", "a subnet in every region", "set it to false")]),
    ...(textAt(one.values, "name") === "default"
      ? [one.violation("name", "the default network", "make a network of its own")]
      : []),
  ];
}

function project(one: Resource): Violation[] {
  if (isFalse(one.values, "auto_create_network")) return [];
  return [one.violation("auto_create_network", "the default network is made", "set it to false")];
}

function firewall(rule: Resource): Violation[] {
  const { values } = rule;
  const isOutward = textAt(values, "direction") === "EGRESS";
  const allows = blocksOf(values.allow);
  const layers =
    textAt(values, "action") === "allow" ? blocksOf(blocksOf(values.match)[0]?.layer4_configs) : [];
  const ranges = [...textsOf(values.source_ranges), ...textsOf(blocksOf(values.match)[0]?.src_ip_ranges)];
  // Without any source, Google means everybody.
  const hasOtherSource =
    textsOf(values.source_tags).length + textsOf(values.source_service_accounts).length > 0;
  const isOpen =
    ranges.some((range) => /^(0\.0\.0\.0|::)\/0$/.test(range)) || (ranges.length === 0 && !hasOtherSource);
  if (isOutward || !isOpen) return [];
  return remote
    .filter(({ port }) => [...allows, ...layers].some((one) => lets(one, port)))
    .map(({ port, name }) =>
      rule.violation(
        "source_ranges",
        `${name} (port ${port}) from the whole internet`,
        "name the ranges; administrators come through Identity-Aware Proxy, 35.235.240.0/20",
      ),
    );
}

function lets(allow: JsonObject, port: number): boolean {
  const protocol = (textAt(allow, "protocol") ?? textAt(allow, "ip_protocol") ?? "").toLowerCase();
  if (!["tcp", "6", "all"].includes(protocol)) return false;
  const ports = textsOf(allow.ports);
  return ports.length === 0 || ports.some((range) => within(range, port));
}

function within(range: string, port: number): boolean {
  const [from = 0, to = from] = range.split("-").map(Number);
  return from <= port && port <= to;
}
