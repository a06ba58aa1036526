import type { Stack } from "../synthesis/stack-list";
import { describeCloudTarget } from "./cloud";
import { targetName } from "./target";

const stack = (environment: string, kind: string, ...providers: string[]): Stack => ({
  name: `${environment}-${kind}`,
  environment,
  stack: kind,
  dependsOn: [],
  project: `shop-${environment}`,
  folder: "/x",
  providers: Object.fromEntries(providers.map((name) => [`registry.terraform.io/${name}`, "1.0.0"])),
});

describe("the target", () => {
  test("GIVEN nothing THEN the sandbox; the cloud only when it is named or configured", () => {
    expect(targetName(undefined, {})).toBe("sandbox");
    expect(targetName(undefined, { GROUNDWORK_TARGET: "cloud" })).toBe("cloud");
    expect(targetName("sandbox", { GROUNDWORK_TARGET: "cloud" })).toBe("sandbox");
    expect(() => targetName("prod", {})).toThrow("--target: found prod; expected sandbox or cloud");
    expect(() => targetName(undefined, { GROUNDWORK_TARGET: "x" })).toThrow("GROUNDWORK_TARGET: found x");
  });

  test("GIVEN the cloud THEN projects and identities are named, and no secret", () => {
    const stacks = [
      stack("dev", "network", "hashicorp/google"),
      stack("dev", "data", "hashicorp/google", "mongodb/mongodbatlas"),
      stack("prod", "network", "hashicorp/google"),
    ];
    const env = {
      GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: "tf@shop.iam.gserviceaccount.com",
      MONGODB_ATLAS_PUBLIC_API_KEY: "abcdefgh",
      MONGODB_ATLAS_PRIVATE_API_KEY: "private-key",
    };
    expect(describeCloudTarget(stacks, env)).toEqual([
      "Target: the cloud.",
      "  dev: Google Cloud project shop-dev, and its MongoDB Atlas project",
      "  prod: Google Cloud project shop-prod",
      "  as tf@shop.iam.gserviceaccount.com (impersonated); Atlas API key abcdefgh",
    ]);
    expect(describeCloudTarget(stacks, {}).at(-1)).toBe("  as gcloud's application default credentials");
  });
});
