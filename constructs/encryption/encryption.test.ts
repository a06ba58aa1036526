import { accountByEmail } from "../identity/principal";
import { Bucket } from "../storage/bucket";
import { refusals, synthesized } from "../testing";
import { Key, type KeyProps } from "./key";
import { keyNamed, keyRingNamed } from "./key-name";
import { KeyRing } from "./key-ring";

const ring = keyRingNamed({ project: "shop-dev", location: "europe-west1", name: "data" });
const agent = accountByEmail("agent@example.iam.gserviceaccount.com");
const build = (change: Partial<KeyProps>) => () =>
  synthesized((stack) => new Key(stack, "key", { ring, name: "buckets", ...change }));

describe("Key", () => {
  test("renews itself every 90 days, comes back for 30, and is not destroyed", () => {
    expect(build({})().one("google_kms_crypto_key")).toMatchObject({
      key_ring: "projects/shop-dev/locations/europe-west1/keyRings/data",
      rotation_period: "7776000s",
      destroy_scheduled_duration: "2592000s",
      version_template: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protection_level: "SOFTWARE" },
      lifecycle: { prevent_destroy: true },
    });
  });

  test("takes the longest legal name; refuses longer ones, and times out of their limits", () => {
    expect(build({ name: "k".repeat(63), rotation: "1 day", destroyDelay: "120 days" })).not.toThrow();
    expect(refusals(build({ name: "k".repeat(64), rotation: "91 days", destroyDelay: "12 hours" }))).toEqual([
      "name: 1 to 63 letters, digits, hyphens and underscores",
      "rotation: 1 to 90 days",
      "destroyDelay: 1 to 120 days",
    ]);
  });

  test("is usable by those who were granted it before what it encrypts is made", () => {
    const { one } = synthesized((stack) => {
      const key = new Key(stack, "key", { ring, name: "buckets" });
      key.grantUse("storage", agent);
      new Bucket(stack, "bucket", { name: "shop-dev-a", location: "europe-west1", key });
    });
    expect(one("google_kms_crypto_key_iam_member")).toMatchObject({
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: agent.member,
    });
    expect(one("google_storage_bucket")).toMatchObject({
      depends_on: [expect.stringMatching(/^google_kms_crypto_key_iam_member\./)],
    });
  });

  test("of another stack is known by its name", () => {
    expect(keyNamed(ring, "buckets")).toEqual({
      location: "europe-west1",
      keyId: "projects/shop-dev/locations/europe-west1/keyRings/data/cryptoKeys/buckets",
    });
  });
});

describe("KeyRing", () => {
  test("is not forgotten, and refuses names and places that are none", () => {
    const make = (name: string, location: string) =>
      synthesized((stack) => new KeyRing(stack, "ring", { name, location }));
    expect(make("r".repeat(63), "europe").one("google_kms_key_ring")).toMatchObject({
      lifecycle: { prevent_destroy: true },
    });
    expect(refusals(() => make("r".repeat(64), "EU")).map((line) => line.split(":")[0])).toEqual([
      "name",
      "location",
    ]);
  });

  test("stands twice in one stack with keys, and all hand their configuration to transform last", () => {
    const { all } = synthesized((stack) => {
      for (const location of ["europe-west1", "global"]) {
        const made = new KeyRing(stack, `ring-${location}`, {
          name: "data",
          location,
          protected: false,
          transform: {
            ring: (config) => {
              config.project = "shop-keys";
            },
          },
        });
        new Key(stack, `key-${location}`, {
          ring: made,
          name: "secrets",
          protection: "hsm",
          transform: {
            key: (config) => {
              config.skipInitialVersionCreation = true;
            },
          },
        });
      }
    });
    expect(all("google_kms_key_ring").map(({ project, location }) => [project, location])).toEqual([
      ["shop-keys", "europe-west1"],
      ["shop-keys", "global"],
    ]);
    for (const key of all("google_kms_crypto_key")) {
      expect(key).toMatchObject({
        skip_initial_version_creation: true,
        version_template: { protection_level: "HSM" },
      });
    }
  });
});
