import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ServedProviders, serveProviders } from "../protocol/serve";
import { providerLogic } from "../providers/provider-logic";
import type { StoredObject } from "../store/contract";
import { openStore, type SandboxStore } from "../store/open-store";
import { createServices } from "./services";
import { importId, notReadBack, stackResources, withApis } from "./trial-stack";

/**
 * Real Terraform on the services that our stacks use: everything is made, nothing is to change after that, everything
 * is imported by its real id, what somebody changed by hand shows.
 */

describe("real Terraform on the services", () => {
  let folder: string;
  let store: SandboxStore;
  let served: ServedProviders;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gw-services-"));
    store = openStore(join(folder, "store"));
    served = await serveProviders({
      folder: join(folder, "run"),
      logic: providerLogic,
      services: createServices(store),
      typesInUse: () => ({ resources: new Set(Object.keys(stackResources)), data: new Set() }),
    });
  });
  afterAll(async () => {
    await served.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function configure(workspace: string, blocks: { [name: string]: unknown }): void {
    mkdirSync(join(folder, workspace), { recursive: true });
    const google = { project: "acme-dev", region: "europe-west1" };
    const configuration = {
      terraform: {
        required_providers: {
          google: { source: "hashicorp/google" },
          "google-beta": { source: "hashicorp/google-beta" },
          mongodbatlas: { source: "mongodb/mongodbatlas" },
        },
      },
      provider: { google, "google-beta": google },
      ...blocks,
    };
    writeFileSync(join(folder, workspace, "main.tf.json"), JSON.stringify(configuration));
  }

  async function terraform(
    workspace: string,
    ...args: string[]
  ): Promise<{ code: number | null; output: string }> {
    const child = spawn("terraform", args, {
      cwd: join(folder, workspace),
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        CHECKPOINT_DISABLE: "1",
        TF_IN_AUTOMATION: "1",
        TF_CLI_ARGS: "-no-color",
        TF_REATTACH_PROVIDERS: served.reattach,
      },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        output += data;
      });
    }
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, output }));
    });
  }

  async function succeed(workspace: string, ...args: string[]): Promise<string> {
    const { code, output } = await terraform(workspace, ...args);
    if (code !== 0) throw new Error(`terraform ${args.join(" ")} exited with ${code}:\n${output}`);
    return output;
  }

  /** Address and id of everything in a state. */
  function idsOf(workspace: string): { to: string; id: string }[] {
    const state = JSON.parse(readFileSync(join(folder, workspace, "terraform.tfstate"), "utf8")) as {
      resources: { type: string; name: string; instances: { attributes: { [name: string]: string } }[] }[];
    };
    return state.resources.map(({ type, name, instances }) => ({
      to: `${type}.${name}`,
      id: importId(type, instances[0]?.attributes ?? {}),
    }));
  }

  function objectOf(type: string, id: string): StoredObject | undefined {
    return store.read((cloud) => cloud.get(type, id));
  }

  test("GIVEN all types of our stacks WHEN applied THEN all is made, and a plan has nothing to do", async () => {
    configure("shop", { resource: withApis(stackResources) });
    await succeed("shop", "init");
    await succeed("shop", "apply", "-auto-approve");
    expect((await terraform("shop", "plan", "-detailed-exitcode")).output).toContain("No changes.");
    expect(readFileSync(join(folder, "shop", "terraform.tfstate"), "utf8")).not.toContain("not-in-the-state");
  });

  test("GIVEN their real import ids WHEN imported into an empty state THEN nothing is made and nothing replaced", async () => {
    const imports = idsOf("shop");
    configure("again", { resource: withApis(notReadBack(stackResources)), import: imports });
    await succeed("again", "init");
    const planned = await succeed("again", "plan", "-out=plan");
    expect(planned).toMatch(
      new RegExp(`Plan: ${imports.length} to import, 0 to add, \\d+ to change, 0 to destroy`),
    );
    await succeed("again", "apply", "plan");
    expect((await terraform("again", "plan", "-detailed-exitcode")).output).toContain("No changes.");
  });

  test("GIVEN something changed by hand WHEN planned THEN it shows; something deleted is made again", async () => {
    await store.transact((cloud) => {
      const secret = cloud.get("google_secret_manager_secret", "projects/acme-dev/secrets/orders-key");
      if (secret === undefined) throw new Error("no secret");
      cloud.put({ ...secret, attributes: { ...secret.attributes, effective_labels: { env: "prod" } } });
      cloud.delete(
        "google_storage_bucket_iam_member",
        idsOf("shop").find(({ to }) => to.endsWith("member.read"))?.id ?? "",
      );
      for (const { id, type } of cloud.list("google_project_iam_member")) cloud.delete(type, id);
    });
    const { output } = await terraform("shop", "plan", "-detailed-exitcode");
    expect(output).toMatch(/"env"\s+= "prod" -> "dev"/);
    expect(output).toContain("google_project_iam_member.logs will be created");
    await succeed("shop", "apply", "-auto-approve");
  });

  test("GIVEN a rename, a forgotten resource and one taken back WHEN planned THEN the objects stay as they are", async () => {
    const bucket = { name: "acme-dev-manual", location: "EU" };
    const key = { secret_id: "by-hand", replication: { auto: {} } };
    configure("hand", {
      resource: {
        google_storage_bucket: { kept: bucket },
        google_secret_manager_secret: { before: key },
      },
    });
    await succeed("hand", "init");
    await succeed("hand", "apply", "-auto-approve");
    const secret = objectOf("google_secret_manager_secret", "projects/acme-dev/secrets/by-hand");

    configure("hand", {
      resource: { google_secret_manager_secret: { after: key } },
      moved: { from: "google_secret_manager_secret.before", to: "google_secret_manager_secret.after" },
      removed: { from: "google_storage_bucket.kept", lifecycle: { destroy: false } },
    });
    const planned = await succeed("hand", "plan", "-out=plan");
    expect(planned).toContain(
      "google_secret_manager_secret.before has moved to google_secret_manager_secret.after",
    );
    expect(planned).toContain("google_storage_bucket.kept will no longer be managed by Terraform");
    expect(planned).toContain("Plan: 0 to add, 0 to change, 0 to destroy");
    await succeed("hand", "apply", "plan");
    expect(objectOf("google_secret_manager_secret", secret?.id ?? "")).toEqual(secret);
    expect(objectOf("google_storage_bucket", "acme-dev-manual")).toBeDefined();

    await succeed(
      "hand",
      "state",
      "mv",
      "google_secret_manager_secret.after",
      "google_secret_manager_secret.last",
    );
    configure("hand", {
      resource: {
        google_storage_bucket: { kept: bucket },
        google_secret_manager_secret: { last: key },
      },
    });
    await succeed("hand", "import", "google_storage_bucket.kept", "acme-dev-manual");
    expect(await succeed("hand", "state", "show", "google_storage_bucket.kept")).toContain(
      '"acme-dev-manual"',
    );
    const { output } = await terraform("hand", "plan", "-detailed-exitcode");
    expect(output).not.toMatch(/will be (created|destroyed)|must be replaced/);
  });

  test("GIVEN a change by hand WHEN only refreshed, targeted or replaced THEN just that happens", async () => {
    await succeed("hand", "apply", "-auto-approve");
    await store.transact((cloud) => {
      const secret = cloud.get("google_secret_manager_secret", "projects/acme-dev/secrets/by-hand");
      if (secret === undefined) throw new Error("no secret");
      cloud.put({ ...secret, attributes: { ...secret.attributes, version_aliases: { current: "7" } } });
    });
    expect(await succeed("hand", "apply", "-refresh-only", "-auto-approve")).toContain(
      "Objects have changed outside of Terraform",
    );
    const bucket = objectOf("google_storage_bucket", "acme-dev-manual");
    const targeted = await succeed("hand", "plan", "-target=google_storage_bucket.kept");
    expect(targeted).toContain("No changes.");
    expect(targeted).toContain("Resource targeting is in effect");
    expect(await succeed("hand", "plan")).toMatch(/"current" = "7" -> null/);

    const replaced = await succeed("hand", "apply", "-auto-approve", "-replace=google_storage_bucket.kept");
    expect(replaced).toContain("Resources: 1 added, 1 changed, 1 destroyed");
    expect(objectOf("google_storage_bucket", "acme-dev-manual")?.attributes.time_created).not.toBe(
      bucket?.attributes.time_created,
    );
    await succeed("hand", "destroy", "-auto-approve");
  });

  test("GIVEN a second application of the same project WHEN applied THEN Terraform shows the provider's error", async () => {
    configure("second", {
      resource: { google_app_engine_application: { app: { location_id: "europe-west" } } },
    });
    await succeed("second", "init");
    const { code, output } = await terraform("second", "apply", "-auto-approve");
    expect(code).toBe(1);
    expect(output).toContain(
      "Error: Error creating App Engine application: googleapi: Error 409: This application already exists and cannot be re-created., alreadyExists",
    );
    expect(output).toContain("Answered by the Groundwork sandbox.");
  });

  test("GIVEN all that WHEN destroyed THEN what can't be deleted stays, with a warning, and the rest is gone", async () => {
    const output = await succeed("shop", "destroy", "-auto-approve");
    expect(output).toContain("App Engine applications cannot be destroyed once created");
    expect(store.types().sort()).toEqual([
      "google_app_engine_application",
      "google_app_engine_service_network_settings",
      "google_app_engine_service_split_traffic",
      "google_app_engine_standard_app_version",
      "google_firebase_project",
      "google_project_service",
    ]);
  });
});
