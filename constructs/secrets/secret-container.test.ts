import { accountByEmail } from "../identity/principal";
import { refusals, synthesized } from "../testing";
import { SecretContainer, type SecretContainerProps } from "./secret-container";

const props: SecretContainerProps = {
  secretId: "payment-provider",
  purpose: "Signs requests.",
  locations: ["europe-west1"],
};
const reader = accountByEmail("run-orders@shop-dev.iam.gserviceaccount.com");

describe("SecretContainer", () => {
  test("holds no value, in the regions named, and can't be deleted by accident", () => {
    const { one, resources } = synthesized((stack) => new SecretContainer(stack, "secret", props));
    expect(one("google_secret_manager_secret")).toMatchObject({
      secret_id: "payment-provider",
      deletion_protection: true,
      replication: { user_managed: { replicas: [{ location: "europe-west1" }] } },
    });
    expect(Object.keys(resources)).toEqual(["google_secret_manager_secret"]);
  });

  test("lets a reader read this secret, and no other", () => {
    const { one } = synthesized((stack) => {
      new SecretContainer(stack, "other", { ...props, secretId: "session-signing" });
      new SecretContainer(stack, "secret", props).grantRead("orders-reads", reader);
    });
    expect(one("google_secret_manager_secret_iam_member")).toMatchObject({
      role: "roles/secretmanager.secretAccessor",
      member: reader.member,
      secret_id: expect.stringMatching(/^\$\{google_secret_manager_secret\.secret_.*\.secret_id\}$/),
    });
  });

  test("takes the longest legal id; refuses a longer one, and no region", () => {
    const build = (change: Partial<SecretContainerProps>) => () =>
      synthesized((stack) => new SecretContainer(stack, "secret", { ...props, ...change }));
    expect(build({ secretId: "s".repeat(255) })).not.toThrow();
    expect(refusals(build({ secretId: "s".repeat(256), locations: [] }))).toEqual([
      "secretId: 1 to 255 letters, digits, hyphens and underscores",
      "locations: at least one region",
    ]);
  });

  test("hands its configuration to transform last", () => {
    const { one } = synthesized((stack) => {
      new SecretContainer(stack, "secret", {
        ...props,
        transform: {
          secret: (config) => {
            config.versionDestroyTtl = "86400s";
          },
        },
      });
    });
    expect(one("google_secret_manager_secret")).toMatchObject({ version_destroy_ttl: "86400s" });
  });
});
