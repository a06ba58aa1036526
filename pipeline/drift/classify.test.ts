import type { ChangeJson, PlanJson, ResourceChangeJson } from "../terraform/plan-json";
import { stackDrift } from "./classify";

const change = (
  address: string,
  actions: ChangeJson["actions"],
  before: ChangeJson["before"] = null,
  after: ChangeJson["after"] = null,
): ResourceChangeJson => ({
  address,
  mode: "managed",
  type: address.split(".")[0] ?? "",
  name: address.split(".")[1] ?? "",
  change: { actions, before, after, after_unknown: {} },
});
const plan = (drift: ResourceChangeJson[], changes: ResourceChangeJson[]): PlanJson => ({
  format_version: "1.2",
  resource_drift: drift,
  resource_changes: changes,
});
const summary = (of: PlanJson) => {
  const { drifted, noted, pending } = stackDrift(of);
  const told = (all: typeof drifted) =>
    all.map(({ address, kind, attributes }) => [address, kind, ...attributes.map(({ path }) => path)]);
  return { drifted: told(drifted), noted: told(noted), pending: pending.map(({ address }) => address) };
};

describe("drift and what is pending", () => {
  const size = (from: string, to: string) =>
    change("a.c", ["update"], { size: from, region: "eu" }, { size: to, region: "eu" });

  test("GIVEN an edit that the plan takes back THEN it is drift", () => {
    expect(summary(plan([size("M10", "M40")], [size("M40", "M10")]))).toEqual({
      drifted: [["a.c", "changed", "size"]],
      noted: [],
      pending: [],
    });
  });

  test("GIVEN a change of the code and nothing else THEN it is pending", () => {
    expect(summary(plan([], [size("M10", "M20")]))).toEqual({ drifted: [], noted: [], pending: ["a.c"] });
  });

  test("GIVEN an edit and a change of the code on one object THEN it is both, each with its own", () => {
    const edited = change("a.c", ["update"], { size: "M10", tls: "1.2" }, { size: "M10", tls: "1.0" });
    const planned = change("a.c", ["update"], { size: "M10", tls: "1.0" }, { size: "M20", tls: "1.2" });
    expect(summary(plan([edited], [planned]))).toEqual({
      drifted: [["a.c", "changed", "tls"]],
      noted: [],
      pending: ["a.c"],
    });
  });

  test("GIVEN what the cloud counts by itself THEN it is noted, and stamps aren't even that", () => {
    const counter = change("a.c", ["update"], { cluster_count: 0 }, { cluster_count: 1 });
    const stamp = change("a.b", ["update"], { etag: "x", updated: "1" }, { etag: "y", updated: "2" });
    expect(summary(plan([counter, stamp], []))).toEqual({
      drifted: [],
      noted: [["a.c", "changed", "cluster_count"]],
      pending: [],
    });
  });

  test("GIVEN a deletion THEN it is drift when the plan makes it again, and noted when the code had dropped it too", () => {
    const gone = [change("a.c", ["delete"], { id: "1" }), change("a.d", ["delete"], { id: "2" })];
    expect(summary(plan(gone, [change("a.c", ["create"], null, { id: null })]))).toEqual({
      drifted: [["a.c", "deleted"]],
      noted: [["a.d", "deleted"]],
      pending: [],
    });
  });

  test("GIVEN an edit of what can't be changed back in place THEN the replacement is drift, not pending", () => {
    const replaced = change(
      "a.c",
      ["delete", "create"],
      { size: "M40", region: "eu" },
      { size: "M10", region: "eu" },
    );
    expect(summary(plan([size("M10", "M40")], [replaced]))).toMatchObject({
      drifted: [["a.c", "changed", "size"]],
      pending: [],
    });
  });

  test("GIVEN names that begin alike THEN they are not the same place", () => {
    const edited = change(
      "a.c",
      ["update"],
      { labels: { team: "a", team_b: "x" } },
      { labels: { team: "b", team_b: "x" } },
    );
    const planned = change(
      "a.c",
      ["update"],
      { labels: { team: "b", team_b: "x" } },
      { labels: { team: "b", team_b: "y" } },
    );
    expect(summary(plan([edited], [planned]))).toMatchObject({ drifted: [], pending: ["a.c"] });
  });
});
