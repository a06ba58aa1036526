import { numberAt, textAt } from "../reading/json";
import { judgeEach, type Resource } from "../reading/synthesized";
import type { SynthRule, Violation } from "../rule";

const ninetyDays = 90 * 24 * 60 * 60;

export const keysRotate: SynthRule = {
  id: "S23",
  title: "Encryption keys rotate every 90 days or sooner, and can't be destroyed by a plan",
  why: "A destroyed key takes everything with it that it encrypted.",
  mapsTo: ["CIS 1.9", "CIS 1.10", "CIS 1.11"],
  check: (environment) =>
    judgeEach(environment.all("google_kms_crypto_key"), (key) => [...rotation(key), ...protection(key)]),
};

function rotation(key: Resource): Violation[] {
  // Only symmetric keys can rotate by themselves.
  if ((textAt(key.values, "purpose") ?? "ENCRYPT_DECRYPT") !== "ENCRYPT_DECRYPT") return [];
  const text = textAt(key.values, "rotation_period") ?? "";
  const seconds = numberAt({ period: text.replace(/s$/, "") }, "period");
  if (seconds !== undefined && seconds <= ninetyDays) return [];
  return [
    key.violation(
      "rotation_period",
      text === "" ? "never" : text,
      `set it to ${ninetyDays}s (90 days) or less`,
    ),
  ];
}

function protection(key: Resource): Violation[] {
  if (key.isProtected) return [];
  return [key.violation("lifecycle.prevent_destroy", "a plan may destroy the key", "set it to true")];
}
