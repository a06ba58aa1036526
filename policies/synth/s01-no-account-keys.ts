import type { SynthRule } from "../rule";

const keys = ["google_service_account_key", "google_storage_hmac_key"];

export const noAccountKeys: SynthRule = {
  id: "S1",
  title: "No service account has a key",
  why: "A key works for whoever has it, from anywhere, until somebody remembers to take it back.",
  mapsTo: ["CIS 1.4"],
  check: (environment) => {
    const found = environment.all(...keys);
    if (found.length === 0 && environment.all("google_service_account").length === 0) return "not applicable";
    return found.map((one) =>
      one.violation(
        undefined,
        "a key for a service account",
        "remove it: services run as their account, and CI signs in by workload identity",
      ),
    );
  },
};
