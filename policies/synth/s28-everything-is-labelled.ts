import { blocksOf, isObject, type JsonObject, textAt, valueAt } from "../reading/json";
import type { Resource, StackInput } from "../reading/synthesized";
import { count, some } from "../reading/terms";
import type { SynthRule, Violation } from "../rule";

/** Types that take labels. Atlas calls them tags. */
const labelled = [
  "google_api_gateway_api",
  "google_api_gateway_api_config",
  "google_api_gateway_gateway",
  "google_artifact_registry_repository",
  "google_bigquery_dataset",
  "google_compute_address",
  "google_compute_forwarding_rule",
  "google_compute_global_address",
  "google_compute_global_forwarding_rule",
  "google_dns_managed_zone",
  "google_kms_crypto_key",
  "google_project",
  "google_pubsub_subscription",
  "google_pubsub_topic",
  "google_redis_instance",
  "google_secret_manager_secret",
  "google_spanner_instance",
  "google_storage_bucket",
];
const tagged = ["mongodbatlas_advanced_cluster", "mongodbatlas_flex_cluster", "mongodbatlas_project"];

export const everythingIsLabelled: SynthRule = {
  id: "S28",
  title: "Everything says whose it is, what it belongs to and who pays",
  why: "The bill and the night shift start from labels.",
  mapsTo: [],
  check: (environment, settings) => {
    const all = environment.all(...labelled, ...tagged);
    if (all.length === 0) return "not applicable";
    return environment.stacks.flatMap((stack) => {
      const own = all.filter((one) => one.stack === stack);
      // What previews share stays; what belongs to one pull request goes with it.
      const passing = isOfPullRequest(stack) ? ["pr", "expires-at"] : [];
      const wanted = [...settings.labels, ...passing];
      return [
        ...byDefault(
          stack,
          own.filter(({ type }) => labelled.includes(type)),
          wanted,
        ),
        ...own.filter(({ type }) => tagged.includes(type)).flatMap((one) => tagsOf(one, wanted)),
      ];
    });
  },
};

/** What a whole stack lacks is told once: one line of code gives it to everything. */
function byDefault(
  stack: StackInput,
  resources: readonly Resource[],
  wanted: readonly string[],
): Violation[] {
  const missing = new Map<string, Resource[]>();
  for (const one of resources) {
    const labels = {
      ...defaultLabels(stack, one),
      ...(isObject(one.values.labels) ? one.values.labels : {}),
    };
    const absent = wanted.filter((label) => labels[label] === undefined).join(", ");
    if (absent !== "") missing.set(absent, [...(missing.get(absent) ?? []), one]);
  }
  return [...missing].map(([absent, without]) => {
    const [first] = without;
    const todo = "add it to the provider's default labels, or to the resource";
    const found = `no label ${absent} on ${count(without.length, "resource")}: ${some(without.map(({ address }) => address))}`;
    return without.length === 1 && first
      ? first.violation("labels", `no label ${absent}`, todo)
      : { stack: stack.name, attribute: "labels", found, todo };
  });
}

function defaultLabels(stack: StackInput, resource: Resource): JsonObject {
  const [provider = "google", alias] = (textAt(resource.values, "provider") ?? "google").split(".");
  const configured = blocksOf(valueAt(stack.configuration, "provider") && providers(stack)[provider]).find(
    (one) => textAt(one, "alias") === alias,
  );
  return isObject(configured?.default_labels) ? configured.default_labels : {};
}

function providers(stack: StackInput): JsonObject {
  const section = valueAt(stack.configuration, "provider");
  return isObject(section) ? section : {};
}

function tagsOf(resource: Resource, wanted: readonly string[]): Violation[] {
  const { tags } = resource.values;
  const keys = [
    ...blocksOf(tags).map((tag) => textAt(tag, "key")),
    ...(isObject(tags) ? Object.keys(tags) : []),
  ];
  const absent = wanted.filter((label) => !keys.includes(label));
  if (absent.length === 0) return [];
  return [resource.violation("tags", `no tag ${absent.join(", ")}`, "add it")];
}

function isOfPullRequest({ name }: StackInput): boolean {
  return /(^|[-_/])pr[-_]\d+([-_]|$)/.test(name);
}
