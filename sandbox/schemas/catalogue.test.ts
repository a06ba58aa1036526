import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  dataSourceType,
  dataSourceTypeNames,
  providerBlock,
  resourceType,
  resourceTypeNames,
} from "./catalogue";
import { ephemeralType, ephemeralTypeNames } from "./ephemeral-types";
import type { BlockSchema, ProviderName } from "./model";
import { PackedRecords } from "./packed-records";

const nothing: BlockSchema = { attributes: {}, blocks: {} };

describe("catalogue of resource types", () => {
  test.each<[ProviderName, number, number]>([
    ["google", 1096, 373],
    ["google-beta", 1215, 406],
    ["mongodbatlas", 62, 114],
  ])(
    "GIVEN %s THEN it has %d resource types and %d data sources, all readable",
    (provider, resources, data) => {
      const names = resourceTypeNames(provider);
      expect(names).toHaveLength(resources);
      for (const name of names) {
        const { attributes, blocks }: BlockSchema = resourceType(provider, name)?.block ?? nothing;
        expect(Object.keys(attributes).length + Object.keys(blocks).length).toBeGreaterThan(0);
      }
      expect(dataSourceTypeNames(provider)).toHaveLength(data);
      for (const name of dataSourceTypeNames(provider)) expect(dataSourceType(provider, name)).toBeDefined();
    },
  );

  test("GIVEN a type that google-beta changes WHEN asked of both THEN each answers with its own facts", () => {
    const [stable, beta] = (["google", "google-beta"] as const).map((p) =>
      resourceType(p, "google_compute_address"),
    );
    expect(stable?.facts.attrs.labels).toBeDefined();
    expect(beta?.provider).toBe("google-beta");
    expect(resourceType("google", "google_api_gateway_api")).toBeUndefined();
    expect(resourceType("google-beta", "google_api_gateway_api")).toBeDefined();
  });

  test("GIVEN an SDK type WHEN its schema is made THEN id and timeouts are there and blocks follow the SDK's rules", () => {
    const block = resourceType("google", "google_app_engine_standard_app_version")?.block;
    expect(block?.attributes.id).toEqual({ type: "string", optional: true, computed: true });
    expect(block?.blocks.timeouts?.nesting).toBe("single");
    expect(block?.blocks.deployment).toMatchObject({ nesting: "list", minItems: 1, maxItems: 1 });
  });

  test("GIVEN a framework type WHEN its schema is made THEN nested attributes stay nested and blocks blocks", () => {
    const project = resourceType("mongodbatlas", "mongodbatlas_project")?.block;
    expect(project?.blocks.limits).toMatchObject({ nesting: "set", minItems: 0, maxItems: 0 });
    expect(project?.attributes.ip_addresses?.nested?.nesting).toBe("single");
  });

  test("GIVEN a write-only attribute THEN Terraform is told so", () => {
    const version = resourceType("google", "google_secret_manager_secret_version");
    expect(version?.block.attributes.secret_data_wo?.writeOnly).toBe(true);
  });

  test("GIVEN a data source with nested attributes THEN secrets inside them are marked", () => {
    const alert = dataSourceType("mongodbatlas", "mongodbatlas_alert_configuration")?.block;
    const notification = alert?.attributes.notification?.nested;
    expect(notification?.nesting).toBe("list");
    expect(notification?.attributes.webhook_secret).toEqual({
      type: "string",
      computed: true,
      sensitive: true,
    });
  });

  test("GIVEN a deprecated type, data source or block THEN it is marked, and others are not", () => {
    expect(resourceType("google-beta", "google_iap_brand")?.block.deprecated).toBe(true);
    expect(dataSourceType("mongodbatlas", "mongodbatlas_teams")?.block.deprecated).toBe(true);
    const store = resourceType("google", "google_healthcare_fhir_store")?.block;
    expect(store?.deprecated).toBeUndefined();
    expect(store?.blocks.notification_config?.block.deprecated).toBe(true);
  });

  test("GIVEN the ephemeral resource types THEN google and google-beta have the same, mongodbatlas has none", () => {
    expect(ephemeralTypeNames("google")).toHaveLength(4);
    expect(ephemeralTypeNames("google-beta")).toEqual(ephemeralTypeNames("google"));
    expect(ephemeralTypeNames("mongodbatlas")).toEqual([]);
    const token = ephemeralType("google", "google_service_account_access_token");
    expect(token?.block.attributes.access_token?.sensitive).toBe(true);
    expect(ephemeralType("google", "toString")).toBeUndefined();
  });

  test("GIVEN an unknown name THEN there is no type", () => {
    expect(resourceType("google", "google_no_such_thing")).toBeUndefined();
    expect(dataSourceType("mongodbatlas", "(provider)")).toBeUndefined();
  });

  test("GIVEN the provider blocks THEN types, blocks and secrets are known", () => {
    expect(providerBlock("google").attributes.user_project_override?.type).toBe("bool");
    expect(providerBlock("google").blocks.batching?.block.attributes.send_after?.type).toBe("string");
    expect(providerBlock("mongodbatlas").attributes.private_key?.sensitive).toBe(true);
  });
});

describe("vendored data", () => {
  test("GIVEN the installed bindings WHEN packed again THEN the bytes are those in the repository", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bindings-"));
    try {
      const { packBindings } = await import("./vendor-bindings.mjs");
      packBindings("mongodbatlas", folder);
      const vendored = join(__dirname, "bindings", "mongodbatlas.jsonl.gz");
      expect(new PackedRecords(join(folder, "mongodbatlas.jsonl.gz")).names()).toEqual(
        new PackedRecords(vendored).names(),
      );
      expect(readFileSync(join(folder, "mongodbatlas.jsonl.gz")).equals(readFileSync(vendored))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
