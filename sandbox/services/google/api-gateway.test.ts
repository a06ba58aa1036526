import type { ObjectValue } from "../../values/value";
import { errorsOf, TrialCloud } from "../trial-cloud";

const API = "google_api_gateway_api";
const CONFIG = "google_api_gateway_api_config";
const GATEWAY = "google_api_gateway_gateway";

const config = (id: string, more: ObjectValue = {}): ObjectValue => ({
  api: "shop",
  api_config_id: id,
  openapi_documents: [{ document: [{ path: "openapi.json", contents: "e30=" }] }],
  ...more,
});
const configId = (id: string): string => `projects/acme-dev/locations/global/apis/shop/configs/${id}`;

describe("API Gateway", () => {
  let trial: TrialCloud;
  let api: ObjectValue;
  beforeEach(async () => {
    trial = new TrialCloud();
    api = await trial.created(API, { api_id: "shop" });
  });
  afterEach(() => trial.close());

  test("GIVEN an API, a config and a gateway THEN names and hosts look real and are read back", async () => {
    const first = await trial.created(CONFIG, config("c-1"));
    const gateway = await trial.created(GATEWAY, {
      gateway_id: "shop-public",
      api_config: first.id ?? null,
      region: "europe-west1",
    });

    expect(api.managed_service).toMatch(/^shop-[a-z0-9]{13}\.apigateway\.acme-dev\.cloud\.goog$/);
    expect(first).toMatchObject({ id: configId("c-1"), display_name: "c-1" });
    expect(first.service_config_id).toMatch(/^c-1-/);
    expect(gateway.id).toBe("projects/acme-dev/locations/europe-west1/gateways/shop-public");
    expect(gateway.default_hostname).toMatch(/^shop-public-[a-z0-9]{8}\.ew\.gateway\.dev$/);
    expect(await trial.import(GATEWAY, "europe-west1/shop-public")).toMatchObject({
      api_config: configId("c-1"),
      default_hostname: gateway.default_hostname,
    });
  });

  test("GIVEN a config in use WHEN it is deleted THEN it is refused until the gateway serves another", async () => {
    const first = await trial.created(CONFIG, config("c-1"));
    await trial.created(CONFIG, config("c-2"));
    const gateway = await trial.created(GATEWAY, {
      gateway_id: "shop-public",
      api_config: configId("c-1"),
      region: "europe-west1",
    });
    expect(errorsOf(await trial.destroy(CONFIG, first))[0]).toContain("while it is used by gateway");

    await trial.update(GATEWAY, gateway, { api_config: configId("c-2") });
    expect((await trial.destroy(CONFIG, first)).state).toBeNull();
  });

  test("GIVEN a config WHEN its id is used again THEN 409", async () => {
    await trial.created(CONFIG, config("c-1"));
    expect(errorsOf(await trial.create(CONFIG, config("c-1")))).toEqual([
      `Error creating ApiConfig: googleapi: Error 409: Resource '${configId("c-1")}' already exists, alreadyExists`,
    ]);
  });

  test("GIVEN nothing to stand on WHEN config or gateway are created THEN 404", async () => {
    expect(errorsOf(await trial.create(CONFIG, config("c-1", { api: "nobody" })))[0]).toContain("Error 404");
    expect(
      errorsOf(
        await trial.create(GATEWAY, { gateway_id: "g", api_config: configId("c-9"), region: "europe-west1" }),
      )[0],
    ).toContain("Error 404");
  });

  test("GIVEN a backend account of this project WHEN it doesn't exist THEN the config is refused", async () => {
    const account = "gateway@acme-dev.iam.gserviceaccount.com";
    const withAccount = config("c-1", {
      gateway_config: [{ backend_config: [{ google_service_account: account }] }],
    });
    expect(errorsOf(await trial.create(CONFIG, withAccount))[0]).toContain(`${account} does not exist`);
    await trial.created("google_service_account", { account_id: "gateway" });
    await trial.created(CONFIG, withAccount);
  });

  test("GIVEN 100 configs WHEN another is created THEN the quota refuses it", async () => {
    await trial.store.transact((cloud) => {
      for (let n = 0; n < 100; n += 1) {
        cloud.put({ type: CONFIG, id: configId(`c-${n}`), attributes: { api: "shop", project: "acme-dev" } });
      }
    });
    expect(errorsOf(await trial.create(CONFIG, config("c-100")))[0]).toContain("at most 100 configs per API");
  });

  test("GIVEN an API with configs WHEN it is deleted THEN it is refused", async () => {
    await trial.created(CONFIG, config("c-1"));
    expect(errorsOf(await trial.destroy(API, api))[0]).toContain("has nested resources");
  });
});
