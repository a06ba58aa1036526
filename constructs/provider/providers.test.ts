import { Api } from "../api-gateway/api";
import { Account } from "../identity/account";
import { synthesized } from "../testing";

describe("providers", () => {
  test("are declared when something needs them, once, with labels as they are written", () => {
    const { providers } = synthesized((stack) => {
      new Account(stack, "one", { accountId: "run-orders", purpose: "Runs orders." });
      new Account(stack, "two", { accountId: "run-catalogue", purpose: "Runs the catalogue." });
      new Api(stack, "api", { apiId: "shop-api", title: "Shop" });
    });
    const settings = {
      project: "shop-dev",
      region: "europe-west1",
      default_labels: { env: "dev", "cost-centre": "shop" },
    };
    expect(providers).toEqual({ google: [settings], "google-beta": [settings] });
  });
});
