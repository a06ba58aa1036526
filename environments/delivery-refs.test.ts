import { delivery } from "./delivery";
import { refsOf } from "./delivery-refs";
import type { DeliveryFile } from "./delivery-schema";

/** Teams that work with a branch before main, and release by tags. */
const tagged: DeliveryFile["routes"] = [
  { ref: { branch: "develop" }, to: [{ environment: "dev", mode: "automatic" }] },
  { ref: { branch: "release/*-x" }, to: [{ environment: "staging", mode: "automatic" }] },
  {
    ref: { tag: "v*" },
    to: [
      { environment: "staging", mode: "automatic" },
      { environment: "prod", mode: "approval" },
    ],
  },
];

describe("the refs whose runs work in an environment", () => {
  test.each([
    ["dev", delivery.routes, ["refs/heads/main"]],
    ["prod", delivery.routes, ["refs/heads/main"]],
    ["dev", tagged, ["refs/heads/main", "refs/heads/develop"]],
    ["staging", tagged, ["refs/heads/main", "refs/heads/release/*", "refs/tags/v*"]],
    ["prod", tagged, ["refs/heads/main", "refs/tags/v*"]],
    ["preview", tagged, ["refs/heads/main"]],
  ])("GIVEN %s and routes THEN those that lead there, and main", (environment, routes, refs) => {
    expect(refsOf(environment, { ...delivery, routes })).toEqual(refs);
  });
});
