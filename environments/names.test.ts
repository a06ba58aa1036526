import { loadEnvironments } from "./load";
import { Names, stackKinds } from "./names";
import { organisation } from "./organisation";
import { prod } from "./prod";

const names = new Names(prod.fields, organisation);

describe("Names", () => {
  test("are what people and other systems have to know", () => {
    expect(stackKinds.map((kind) => names.stack(kind))).toContain("prod-data");
    expect(names.email(names.runtimeAccount("orders"))).toBe(
      "run-orders@hazelwick-prod.iam.gserviceaccount.com",
    );
    expect(names.connectorPath).toBe(
      "projects/hazelwick-prod/locations/europe-west1/connectors/prod-connector",
    );
    expect(names.serviceHost("default")).toBe("hazelwick-prod.ew.r.appspot.com");
    expect(names.serviceHost("orders")).toBe("orders-dot-hazelwick-prod.ew.r.appspot.com");
    expect(names.versionHostLabel("v1", "default")).toBe("v1-dot-hazelwick-prod");
    expect(names.versionHostLabel("v1", "orders")).toBe("v1-dot-orders-dot-hazelwick-prod");
    expect(names.labels).toEqual({
      env: "prod",
      owner: "platform-team",
      "cost-centre": "online-shop",
      "data-class": "confidential",
    });
  });

  test("are never those of another environment", () => {
    const all = loadEnvironments().flatMap(({ environment, names: of }) => [
      ...stackKinds.map((kind) => of.stack(kind)),
      environment.stateBucket,
      of.artifactBucket,
      of.configurationBucket,
      of.atlasProject,
      of.email("tf-plan"),
      ...Object.keys(environment.services).map((service) => of.email(of.runtimeAccount(service))),
      ...Object.keys(environment.sites).map((site) => of.site(site)),
    ]);
    expect(new Set(all).size).toBe(all.length);
  });
});
