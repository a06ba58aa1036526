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

  test.each([
    [["bug"], 7],
    [["preview:keep-14d", "preview:keep-9d"], 14],
    [["preview:keep-30d"], 30],
    [["preview:keep-90d"], 30],
    // Nothing shortens it, and what is no such label is none.
    [["preview:keep-2d"], 7],
    [["preview:keep-014d", "preview:keep-14", "preview:14d", "keep-14d"], 7],
  ])("GIVEN the labels %j THEN it lives %s days after the last push", (labels, days) => {
    expect(Date.parse(previewEnd(push, labels)) - Date.parse(push)).toBe(days * 86_400_000);
  });

  test("GIVEN labels with options THEN they are told; GIVEN one that means nothing THEN it is refused", () => {
    expect(previewOptions(["preview:keep-30d", "preview:own-gateway"])).toMatchObject({
      days: 30,
      ownGateway: true,
      ownService: false,
    });
    expect(() => previewOptions(["preview:14d", "preview:own-planet"])).toThrow("found preview:14d");
  });
});
