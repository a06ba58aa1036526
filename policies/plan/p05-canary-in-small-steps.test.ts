import { judgedPlanBy } from "../testing";
import { canaryInSmallSteps } from "./p05-canary-in-small-steps";

const split = (allocations: Record<string, string>) => ({ service: "orders", split: [{ allocations }] });
const moves = (from: Record<string, string>, to: Record<string, string>, unknown = {}) => ({
  "google_app_engine_service_split_traffic.s": { before: split(from), after: split(to), unknown },
});
const intent = (strategy: "canary" | "blue-green", previousTraffic?: Record<string, number>) => ({
  surroundings: { release: { orders: { strategy, ...(previousTraffic ? { previousTraffic } : {}) } } },
});

describe("P5", () => {
  test("GIVEN no traffic that moves WHEN judged THEN it is not applicable", () => {
    expect(
      judgedPlanBy(canaryInSmallSteps, {
        "google_app_engine_service_split_traffic.s": { after: split({ v1: "1" }) },
      }),
    ).toEqual("not applicable");
  });

  test("GIVEN a small step WHEN judged THEN it is compliant", () => {
    expect(judgedPlanBy(canaryInSmallSteps, moves({ v1: "1" }, { v1: "0.95", v2: "0.05" }))).toEqual(
      "compliant",
    );
  });

  test("GIVEN half WHEN judged THEN it is compliant", () => {
    expect(judgedPlanBy(canaryInSmallSteps, moves({ v1: "0.5", v2: "0.5" }, { v2: "1" }))).toEqual(
      "compliant",
    );
  });

  test("GIVEN everything at once, blue-green WHEN judged THEN it is compliant", () => {
    expect(judgedPlanBy(canaryInSmallSteps, moves({ v1: "1" }, { v2: "1" }), intent("blue-green"))).toEqual(
      "compliant",
    );
  });

  test("GIVEN a rollback WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(canaryInSmallSteps, moves({ v2: "1" }, { v1: "1" }), intent("canary", { v1: 1 })),
    ).toEqual("compliant");
  });

  test("GIVEN a split that is known later, in dev WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(canaryInSmallSteps, moves({ v1: "1" }, {}, { split: true }), { pack: "dev" }),
    ).toEqual("compliant");
  });

  test("GIVEN everything at once WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(canaryInSmallSteps, moves({ v1: "1" }, { v2: "1" }))).toEqual([
      "split.allocations.v2",
    ]);
  });

  test("GIVEN a split that is known later, in production WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(canaryInSmallSteps, moves({ v1: "1" }, {}, { split: true }))).toEqual([
      "split.allocations",
    ]);
  });
});
