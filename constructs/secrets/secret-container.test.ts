import { Key } from "../encryption/key";
import { keyNamed, keyRingNamed } from "../encryption/key-name";
import { accountByEmail } from "../identity/principal";
import { refusals, synthesized } from "../testing";
import { RotationTopic, rotationTopicNamed } from "./rotation-topic";
import { SecretContainer, type SecretContainerProps } from "./secret-container";
import { pinnedSecret } from "./secret-version";

const props: SecretContainerProps = {
  secretId: "payment-provider",
  purpose: "Signs requests.",
  locations: ["europe-west1"],
};
const keyIn = (location: string) =>
  keyNamed(keyRingNamed({ project: "shop-dev", location, name: "data" }), "secrets");
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

  test("keeps values wherever Google does, or in regions, with keys of the same places", () => {
    const { all } = synthesized((stack) => {
      new SecretContainer(stack, "wide", { ...props, locations: "automatic", key: keyIn("global") });
      new SecretContainer(stack, "near", {
        ...props,
        locations: [{ location: "europe-west1", key: keyIn("europe-west1") }, "europe-west4"],
      });
    });
    expect(all("google_secret_manager_secret").map(({ replication }) => replication)).toEqual([
      {
        user_managed: {
          replicas: [
            {
              location: "europe-west1",
              customer_managed_encryption: { kms_key_name: keyIn("europe-west1").keyId },
            },
            { location: "europe-west4" },
          ],
        },
      },
      { auto: { customer_managed_encryption: { kms_key_name: keyIn("global").keyId } } },
    ]);
  });

  test("tells when a new value is due, after Secret Manager may tell it, and lets the time move on", () => {
    const { one, all } = synthesized((stack) => {
      const topic = new RotationTopic(stack, "topic", {
        name: "rotation",
        agent: reader,
        regions: ["europe-west1"],
      });
      for (const secretId of ["one", "two"]) {
        new SecretContainer(stack, secretId, {
          ...props,
          secretId,
          rotation: { every: "30 days", from: "2027-01-04T09:00:00Z", topic },
        });
      }
    });
    expect(one("google_pubsub_topic_iam_member")).toMatchObject({
      role: "roles/pubsub.publisher",
      member: reader.member,
    });
    for (const secret of all("google_secret_manager_secret")) {
      expect(secret).toMatchObject({
        rotation: { rotation_period: "2592000s", next_rotation_time: "2027-01-04T09:00:00Z" },
        topics: [{ name: expect.stringMatching(/^\$\{google_pubsub_topic\..*\.id}$/) }],
        depends_on: [expect.stringMatching(/^google_pubsub_topic_iam_member\./)],
        lifecycle: { ignore_changes: ["rotation[0].next_rotation_time"], prevent_destroy: true },
      });
    }
  });

  test("is gone after a while, and its values come back for a while, when told so", () => {
    const build = (change: Partial<SecretContainerProps>) =>
      synthesized((stack) => new SecretContainer(stack, "secret", { ...props, ...change })).one(
        "google_secret_manager_secret",
      );
    expect(build({ expires: { after: "7 days" }, deletionProtection: false })).toMatchObject({
      ttl: "604800s",
      lifecycle: { prevent_destroy: false },
    });
    expect(build({ expires: { at: "2027-01-04T09:00:00Z" } }).expire_time).toBe("2027-01-04T09:00:00Z");
    expect(build({ destroyDelay: "7 days" }).version_destroy_ttl).toBe("604800s");
  });

  test("lets principals add and manage values that they can't read", () => {
    const { all } = synthesized((stack) => {
      const secret = new SecretContainer(stack, "secret", props);
      secret.grantAdd("adds", reader);
      secret.grantManage("manages", reader);
    });
    expect(all("google_secret_manager_secret_iam_member").map(({ role }) => role)).toEqual([
      "roles/secretmanager.secretVersionAdder",
      "roles/secretmanager.secretVersionManager",
    ]);
  });

  test("refuses keys of other places, regions twice, and times that are none, all at once", () => {
    const fields = (change: Partial<SecretContainerProps>) =>
      refusals(() =>
        synthesized((stack) => new SecretContainer(stack, "secret", { ...props, ...change })),
      ).map((line) => line.split(":")[0]);
    const topic = { topicId: "projects/shop-dev/topics/rotation" };
    expect(
      fields({
        locations: ["europe-west1", { location: "europe-west1", key: keyIn("global") }],
        key: keyIn("global"),
        rotation: { every: "30 minutes", from: "tomorrow", topic },
        expires: { at: "2027-13-04T09:00:00Z" },
        destroyDelay: "12 hours",
      }),
    ).toEqual([
      "key",
      "locations[1]",
      "locations[1].key",
      "rotation.every",
      "rotation.from",
      "expires.at",
      "destroyDelay",
    ]);
    expect(fields({ locations: "automatic", key: keyIn("europe"), expires: { after: "1 second" } })).toEqual([
      "key",
      "expires.after",
    ]);
  });
});

describe("a value", () => {
  const build = (value: Parameters<SecretContainer["addValue"]>[1]) =>
    synthesized((stack) => {
      new SecretContainer(stack, "secret", props).addValue("value", value);
    });

  test("is made while applying and kept nowhere; the old one waits for its readers", () => {
    const version = build({ generation: 2, from: "random" }).one("google_secret_manager_secret_version");
    expect(version).toMatchObject({
      secret_data_wo: expect.stringContaining("uuid()"),
      secret_data_wo_version: 2,
      deletion_policy: "DISABLE",
      lifecycle: { create_before_destroy: true },
    });
    expect(version).not.toHaveProperty("secret_data");
  });

  test("may come from a variable that Terraform keeps nowhere either", () => {
    const made = build({ generation: 1, from: { variable: "payment_provider" }, afterwards: "destroy" });
    expect(made.one("google_secret_manager_secret_version")).toMatchObject({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's own reference.
      secret_data_wo: "${var.payment_provider}",
      deletion_policy: "DELETE",
    });
  });

  test("refuses generations and variables that are none, and goes through transform last", () => {
    expect(refusals(() => build({ generation: 0, from: { variable: "Payment-Key" } }))).toHaveLength(2);
    const made = build({
      generation: 1,
      from: "random",
      afterwards: "keep",
      transform: {
        version: (config) => {
          config.enabled = false;
        },
      },
    });
    expect(made.one("google_secret_manager_secret_version")).toMatchObject({
      enabled: false,
      deletion_policy: "ABANDON",
    });
  });
});

describe("a topic", () => {
  test("takes the longest legal name; refuses names that are none, and no region", () => {
    const build = (name: string, regions: string[]) =>
      synthesized((stack) => new RotationTopic(stack, "topic", { name, agent: reader, regions }));
    expect(() => build("t".repeat(255), ["europe-west1"])).not.toThrow();
    expect(refusals(() => build("google", []))).toHaveLength(2);
    expect(refusals(() => build("t".repeat(256), ["europe-west1"]))).toHaveLength(1);
  });

  test("is encrypted with a key that may be used first, and handed to transform last", () => {
    const { one } = synthesized((stack) => {
      const ring = keyRingNamed({ project: "shop-dev", location: "europe-west1", name: "data" });
      const key = new Key(stack, "key", { ring, name: "topics" });
      key.grantUse("pubsub", reader);
      new RotationTopic(stack, "topic", {
        name: "rotation",
        agent: reader,
        regions: ["europe-west1"],
        key,
        transform: {
          topic: (config) => {
            config.messageRetentionDuration = "86400s";
          },
        },
      });
    });
    expect(one("google_pubsub_topic")).toMatchObject({
      message_storage_policy: { allowed_persistence_regions: ["europe-west1"] },
      message_retention_duration: "86400s",
      depends_on: [expect.stringMatching(/^google_kms_crypto_key_iam_member\./)],
    });
    expect(rotationTopicNamed("shop-dev", "rotation").topicId).toBe("projects/shop-dev/topics/rotation");
  });
});

describe("a pinned value", () => {
  test("is named in full, and never the latest", () => {
    expect(pinnedSecret({ project: "shop-prod", secretId: "payment-provider", version: 3 })).toBe(
      "projects/shop-prod/secrets/payment-provider/versions/3",
    );
    for (const version of [0, 1.5, Number.NaN]) {
      expect(refusals(() => pinnedSecret({ project: "shop-prod", secretId: "a", version }))).toEqual([
        "version: a whole number from 1",
      ]);
    }
    expect(refusals(() => pinnedSecret({ project: "S", secretId: "", version: 1 }))).toHaveLength(2);
  });
});
