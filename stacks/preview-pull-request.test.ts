import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments } from "../environments/load";
import type { PreviewRequest } from "../environments/preview-request";
import { previewLabels } from "../environments/preview-rules";
import { synthesizePreview } from "./preview-synthesis";

const folder = mkdtempSync(join(tmpdir(), "groundwork-preview-stack-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const loaded = loadEnvironments().find(({ environment }) => environment.stage === "preview");
if (!loaded) throw new Error("there is no preview environment");
const shared = loaded;
const request: PreviewRequest = {
  pr: 12,
  sha: "3f9a1c2d44e0",
  title: "A blue button",
  owner: "Ann-B",
  labels: [],
  pushedAt: "2026-11-21T10:00:00Z",
  expiresAt: "2026-11-28T10:00:00Z",
  changedServices: ["default", "orders"].map((name) => ({
    name,
    artifact: `gs://hazelwick-preview-artifacts/previews/pr-12/3f9a1c2/${name}.zip`,
  })),
};

let runs = 0;
type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** Every resource of a type, and the output folder. */
function synthesized(change: Partial<PreviewRequest> = {}) {
  const outdir = join(folder, String(runs++));
  synthesizePreview(shared, { ...request, ...change }, outdir);
  const text = readFileSync(join(outdir, "stacks", `preview-pr-${change.pr ?? 12}`, "cdk.tf.json"), "utf8");
  const { resource } = JSON.parse(text) as { resource: Resources };
  return {
    outdir,
    text,
    all: (type: string) => Object.values(resource[type] ?? {}),
    types: Object.keys(resource),
  };
}

function files(outdir: string): Record<string, string> {
  const entries = readdirSync(outdir, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(outdir.length), readFileSync(path, "utf8")]),
  );
}

describe("the stack of a pull request", () => {
  test("GIVEN two changed services THEN each has a small version without traffic, and the database a user of its own", () => {
    const { all, types } = synthesized();
    const versions = all("google_app_engine_standard_app_version");
    expect(versions.map(({ service, version_id }) => [service, version_id])).toEqual([
      ["default", "pr-12-3f9a1c2"],
      ["orders", "pr-12-3f9a1c2"],
    ]);
    for (const version of versions) {
      expect(version).toMatchObject({
        instance_class: "F1",
        automatic_scaling: { standard_scheduler_settings: { min_instances: 0, max_instances: 2 } },
        env_variables: {
          PREVIEW: "pr-12",
          DATABASE_NAME: "pr_12",
          CORS_ORIGINS: "https://hazelwick-preview-storefront--pr-12-*.web.app",
        },
      });
    }
    expect(types).not.toContain("google_app_engine_service_split_traffic");
    const [role] = all("mongodbatlas_custom_db_role") as { actions: { resources: unknown }[] }[];
    expect(role).toMatchObject({ role_name: "pr_12" });
    for (const { resources } of role?.actions ?? []) {
      expect(resources).toEqual([{ collection_name: "", database_name: "pr_12" }]);
    }
    const [user] = all("mongodbatlas_database_user");
    expect(user).toMatchObject({
      oidc_auth_type: "USER",
      scopes: [{ name: "preview-main", type: "CLUSTER" }],
    });
    expect(user).not.toHaveProperty("password");
  });

  test("GIVEN no label THEN there is nothing that costs while nobody looks, wakes somebody or is backed up", () => {
    const { types } = synthesized();
    expect(types.sort()).toEqual([
      "google_app_engine_standard_app_version",
      "google_project_iam_member",
      "google_secret_manager_secret_iam_member",
      "google_service_account",
      "google_service_account_iam_member",
      "google_storage_bucket_iam_member",
      "mongodbatlas_custom_db_role",
      "mongodbatlas_database_user",
    ]);
  });

  test("GIVEN labels THEN it has a gateway, services, a cluster and a secret of its own, all carrying whose they are", () => {
    const { all, text } = synthesized({ labels: Object.values(previewLabels) });
    expect(all("google_app_engine_standard_app_version").map(({ service }) => service)).toEqual([
      "pr-12-default",
      "pr-12-default",
      "pr-12-orders",
      "pr-12-orders",
    ]);
    for (const version of all("google_app_engine_standard_app_version")) {
      expect(version).toMatchObject({ delete_service_on_destroy: true });
    }
    expect(all("google_api_gateway_gateway")).toMatchObject([{ gateway_id: "pr-12-shop-gateway" }]);
    expect(all("mongodbatlas_flex_cluster")).toMatchObject([
      { name: "pr-12", tags: { pr: "12", owner: "ann-b", "expires-at": "2026-11-28" } },
    ]);
    expect(all("google_secret_manager_secret")).toMatchObject([
      { secret_id: "pr-12-cluster", expire_time: "2026-11-28T10:00:00Z" },
      { secret_id: "pr-12-secret", expire_time: "2026-11-28T10:00:00Z" },
    ]);
    expect(text).toContain('"expires-at": "2026-11-28"');
  });

  test("GIVEN a cluster of its own THEN other versions are told its address and where the way in is, and no password", () => {
    const { all, text } = synthesized({ labels: [previewLabels.ownCluster] });
    for (const { version_id: id, env_variables: variables } of all(
      "google_app_engine_standard_app_version",
    )) {
      expect(id).toMatch(/^pr-12-[0-9a-f]{7}$/);
      expect(id).not.toBe("pr-12-3f9a1c2");
      expect(variables).toMatchObject({
        DATABASE_ADDRESS: expect.stringMatching(/^\$\{mongodbatlas_flex_cluster\..*standard_srv\}$/),
        DATABASE_SECRET_NAME: "pr-12-cluster",
      });
    }
    expect(text).not.toContain('"password"');
  });

  test("GIVEN the same request THEN the same bytes; GIVEN another pull request THEN nothing of this one", () => {
    const one = synthesized({ labels: Object.values(previewLabels) });
    expect(files(one.outdir)).toEqual(files(synthesized({ labels: Object.values(previewLabels) }).outdir));
    expect(synthesized({ pr: 13 }).text).not.toMatch(/pr[-_]12(?!\/3f9a1c2)/);
  });

  test("GIVEN any labels THEN no name of another environment is in it", () => {
    const { text } = synthesized({ labels: Object.values(previewLabels) });
    for (const { environment } of loadEnvironments().filter((one) => one !== shared)) {
      if (environment.name === "preview") continue;
      expect(text).not.toContain(environment.project);
      expect(text).not.toContain(environment.stateBucket);
    }
  });

  test("GIVEN a site THEN what it reads at run time leads to this preview", () => {
    const { outdir } = synthesized();
    const config: unknown = JSON.parse(readFileSync(join(outdir, "hosting/storefront/config.json"), "utf8"));
    expect(config).toMatchObject({
      environment: "preview",
      pullRequest: 12,
      commit: "3f9a1c2",
      services: { orders: "https://pr-12-3f9a1c2-dot-orders-dot-hazelwick-preview.ew.r.appspot.com" },
    });
  });

  test("GIVEN a service that there is none of THEN it is refused", () => {
    const changedServices = [{ name: "payroll", artifact: "gs://b/a.zip" }];
    expect(() => synthesized({ changedServices })).toThrow("found payroll; expected one of default, orders");
  });
});
