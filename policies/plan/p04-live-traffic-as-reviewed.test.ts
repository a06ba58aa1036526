import { judgedPlanBy } from "../testing";
import { liveTrafficAsReviewed } from "./p04-live-traffic-as-reviewed";

const split = (allocations: Record<string, string>) => ({ service: "orders", split: [{ allocations }] });
const moves = {
  "google_app_engine_service_split_traffic.s": {
    before: split({ v1: "1" }),
    after: split({ v1: "0.5", v2: "0.5" }),
  },
};
const live = (orders: Record<string, number>) => ({ surroundings: { liveTraffic: { orders } } });

describe("P4", () => {
  test("GIVEN no traffic that moves WHEN judged THEN it is not applicable", () => {
    expect(judgedPlanBy(liveTrafficAsReviewed, {})).toEqual("not applicable");
  });

  test("GIVEN as the manifest had it WHEN judged THEN it is compliant", () => {
    expect(judgedPlanBy(liveTrafficAsReviewed, moves, live({ v1: 1 }))).toEqual("compliant");
  });

  test("GIVEN nobody looked WHEN judged THEN it is not checked, and says so", () => {
    expect(judgedPlanBy(liveTrafficAsReviewed, moves)).toEqual("not checked");
  });

  test("GIVEN it is where it is to go WHEN judged THEN it is compliant", () => {
    expect(judgedPlanBy(liveTrafficAsReviewed, moves, live({ v1: 0.5, v2: 0.5 }))).toEqual("compliant");
  });

  test("GIVEN moved by hand WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(liveTrafficAsReviewed, moves, live({ v1: 0.8, v2: 0.2 }))).toEqual([
      "split.allocations",
    ]);
  });
});
