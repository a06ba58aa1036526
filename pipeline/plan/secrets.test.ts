import fc from "fast-check";
import type { PlanJson } from "../terraform/plan-json";
import { maskSecrets, secretsOf, secretsOfEnvironment } from "./secrets";

const plan = (after: Record<string, string>, sensitive: Record<string, boolean>): PlanJson => ({
  format_version: "1.2",
  resource_changes: [
    {
      address: "a.b",
      mode: "managed",
      type: "a",
      name: "b",
      change: {
        actions: ["create"],
        before: null,
        after: { inner: [after] },
        after_sensitive: { inner: [sensitive] },
      },
    },
  ],
});

describe("secrets", () => {
  test("GIVEN any secret in a plan THEN no text that quotes it shows it", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), fc.string(), fc.string(), (secret, before, after) => {
        const secrets = secretsOf(plan({ key: secret, name: "plain" }, { key: true }));
        const texts = [`${before}${secret}${after}`, JSON.stringify({ detail: `got ${secret}` })];
        for (const text of texts) expect(maskSecrets(text, secrets)).not.toContain(secret);
      }),
    );
  });

  test("GIVEN a key of several lines THEN none of its lines is shown, wherever it is indented", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\n-----END PRIVATE KEY-----\n";
    const secrets = secretsOf(plan({ key }, { key: true }));
    expect(maskSecrets("tls:\n    MIIEvQIBADANBgkqhkiG9w0BAQEF", secrets)).toBe("tls:\n    (sensitive)");
  });

  test("GIVEN what is not marked THEN it stays", () => {
    const secrets = secretsOf(plan({ key: "hunter2", name: "a-plain-name" }, { key: true }));
    expect(maskSecrets("a-plain-name has hunter2", secrets)).toBe("a-plain-name has (sensitive)");
  });

  test("GIVEN credentials in the environment THEN their values are secrets, paths and switches are not", () => {
    const secrets = secretsOfEnvironment({
      MONGODB_ATLAS_PRIVATE_API_KEY: "5f1c-private-key",
      GOOGLE_APPLICATION_CREDENTIALS: "/home/ann/key.json",
      GITHUB_TOKEN: "ghs_0123456789",
      SECRET_MODE: "true",
      HOME: "/home/ann",
    });
    expect([...secrets]).toEqual(["5f1c-private-key", "ghs_0123456789"]);
  });
});
