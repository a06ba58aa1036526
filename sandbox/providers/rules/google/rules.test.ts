import { resourceType } from "../../../schemas/catalogue";
import type { ProviderName, ResourceType } from "../../../schemas/model";
import { type ObjectValue, UNKNOWN } from "../../../values/value";
import type { PlanOutcome } from "../../contract";
import { providerLogic } from "../../provider-logic";
import { conformToBlock } from "../../sdk/upgrade";

interface Given {
  type: string;
  provider?: ProviderName;
  settings?: ObjectValue;
  config: ObjectValue;
  state?: ObjectValue;
}

function plan({
  type: name,
  provider = "google",
  settings = { project: "acme-dev" },
  config,
  state,
}: Given): PlanOutcome {
  const type = resourceType(provider, name) as ResourceType;
  const wanted = conformToBlock(config, type.block);
  const prior = state ? conformToBlock({ id: "the-id", ...state }, type.block) : null;
  const proposed = { ...wanted };
  for (const [attribute, { computed }] of Object.entries(type.block.attributes)) {
    if (computed && prior && wanted[attribute] === null) proposed[attribute] = prior[attribute] ?? null;
  }
  return providerLogic.planResource({
    type,
    provider: { name: provider, config: settings },
    prior,
    proposed,
    config: wanted,
  });
}

const topic = { type: "google_pubsub_topic", config: { name: "orders", labels: { app: "shop" } } };

test.each<[string, ObjectValue, ObjectValue]>([
  ["marks what Terraform made", {}, { app: "shop", "goog-terraform-provisioned": "true" }],
  [
    "adds the provider's default labels",
    { default_labels: { env: "dev" } },
    { app: "shop", env: "dev", "goog-terraform-provisioned": "true" },
  ],
  [
    "lets the resource's labels win",
    { default_labels: { app: "all" } },
    { app: "shop", "goog-terraform-provisioned": "true" },
  ],
  ["marks nothing where that is switched off", { add_terraform_attribution_label: false }, { app: "shop" }],
])("a labelled resource %s", (_, settings, expected) => {
  const { planned } = plan({ ...topic, settings: { project: "acme-dev", ...settings } });
  expect(planned.terraform_labels).toEqual(expected);
  expect(planned.effective_labels).toEqual(expected);
  expect(planned.labels).toEqual({ app: "shop" });
});

test("an object that somebody labelled keeps that label, and loses one that is taken away", () => {
  const labels = { app: "shop" };
  const { planned } = plan({
    ...topic,
    config: { name: "orders", labels: {} },
    state: {
      ...topic.config,
      project: "acme-dev",
      labels,
      terraform_labels: labels,
      effective_labels: { ...labels, by: "hand" },
    },
  });
  expect(planned.effective_labels).toEqual({ by: "hand" });
});

test("the project comes from the provider block, and is missed when it is nowhere", () => {
  expect(plan(topic).planned.project).toBe("acme-dev");
  expect(plan({ ...topic, config: { name: "orders", project: "acme-prod" } }).planned.project).toBe(
    "acme-prod",
  );
  expect(plan({ ...topic, settings: {} }).diagnostics).toMatchObject([
    {
      severity: "error",
      summary: "Failed to retrieve project, pid: , err: project: required field is not set",
    },
  ]);
});

test.each([
  ["projects/acme-dev/global/networks/shared", "shared", false],
  [
    "https://www.googleapis.com/compute/v1/projects/acme-dev/global/networks/shared",
    "projects/acme-dev/global/networks/shared",
    false,
  ],
  ["projects/acme-dev/global/networks/shared", "other", true],
  ["projects/acme-dev/global/networks/shared", "projects/acme-prod/global/networks/shared", true],
])("a network stored as %s and given as %s: a change is %s", (stored, given, changes) => {
  const base = { name: "main", ip_cidr_range: "10.0.0.0/24", project: "acme-dev", region: "europe-west1" };
  const { requiresReplace } = plan({
    type: "google_compute_subnetwork",
    config: { ...base, network: given },
    state: { ...base, network: stored },
  });
  expect(requiresReplace.some(([name]) => name === "network")).toBe(changes);
});

test("a gateway's config is told apart by its last part only", () => {
  const base = { gateway_id: "public", region: "europe-west1", project: "acme-dev" };
  const from = (api_config: string) => ({ ...base, api_config });
  const stored = from("projects/1/locations/global/apis/shop/configs/c-1");
  const given = { type: "google_api_gateway_gateway", provider: "google-beta" as const, state: stored };
  const link = "projects/acme-dev/locations/global/apis/shop/configs/";
  expect(plan({ ...given, config: from(`${link}c-1`) }).planned.api_config).toBe(stored.api_config);
  expect(plan({ ...given, config: from(`${link}c-2`) }).planned.api_config).toBe(`${link}c-2`);
});

test("an application's location can't be changed", () => {
  const { diagnostics } = plan({
    type: "google_app_engine_application",
    config: { location_id: "us-central" },
    state: { location_id: "europe-west", project: "acme-dev" },
  });
  expect(diagnostics).toMatchObject([{ summary: "Cannot change location_id once the resource is created." }]);
});

test("a service account's address is known before it exists", () => {
  const { planned } = plan({ type: "google_service_account", config: { account_id: "orders" } });
  expect(planned).toMatchObject({
    email: "orders@acme-dev.iam.gserviceaccount.com",
    member: "serviceAccount:orders@acme-dev.iam.gserviceaccount.com",
    unique_id: UNKNOWN,
  });
});
