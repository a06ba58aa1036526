import * as fc from "fast-check";
import { largestPullRequest, PreviewNames, pullRequestOf } from "./preview-names";
import { previewEnd, previewOptions } from "./preview-rules";

const numbers = fc.integer({ min: 1, max: largestPullRequest });
const sha = "3f9a1c2d44e0b7aa11c2d3e4f5a6b7c8d9e0f1a2";

describe("names of a preview", () => {
  test("GIVEN any pull request THEN each of its names leads back to it, and to no other", () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const names = new PreviewNames(number);
        const all = [
          names.mark,
          names.stack,
          names.state,
          names.record,
          names.lease,
          names.artifact(sha, "orders"),
          names.version(sha),
          names.database,
          names.account,
          names.secret,
          names.api("shop"),
          names.ownService("orders"),
          names.cluster,
        ];
        expect(new Set(all.map(pullRequestOf))).toEqual(new Set([number]));
      }),
    );
  });

  test("GIVEN the largest number THEN names keep to the limits of the cloud", () => {
    const names = new PreviewNames(largestPullRequest);
    expect(names.account.length).toBeLessThanOrEqual(30);
    expect(names.cluster.length).toBeLessThanOrEqual(23);
    expect(names.database.length).toBeLessThanOrEqual(38);
  });

  test("GIVEN what is no preview's THEN it belongs to none", () => {
    for (const name of [
      "orders",
      "v20261121-3f9a1c2",
      "pr-",
      "pr-012",
      "pr-12x",
      "prod-12",
      "admin",
      "pr_1a",
    ]) {
      expect(pullRequestOf(name)).toBeUndefined();
    }
  });
});

describe("labels of a pull request", () => {
  const push = "2026-11-21T10:00:00.000Z";

  test("GIVEN none THEN it lives 7 days; GIVEN a lifetime THEN as long, 30 days at most", () => {
    expect(previewEnd(push, ["bug"])).toBe("2026-11-28T10:00:00.000Z");
    expect(previewEnd(push, ["preview:14d", "preview:2d"])).toBe("2026-12-05T10:00:00.000Z");
    expect(previewEnd(push, ["preview:31d"])).toBe("2026-11-28T10:00:00.000Z");
    expect(previewOptions(["preview:30d", "preview:own-gateway"])).toMatchObject({
      days: 30,
      ownGateway: true,
      ownService: false,
    });
  });

  test("GIVEN a preview label that means nothing THEN it is told", () => {
    expect(() => previewOptions(["preview:31d", "preview:own-planet"])).toThrow("found preview:31d");
  });
});
