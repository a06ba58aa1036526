import type { Finding } from "@groundwork/policies/finding";
import fc from "fast-check";
import { loadDelivery } from "../../environments/load-delivery";
import type { Evidence } from "./evidence";
import { type GuardInput, isBeyondHelp, judge } from "./judge";
import { renderRefusal } from "./render-refusal";

const delivery = loadDelivery();
const monday = new Date("2026-11-23T09:00:00Z");
const sunday = new Date("2026-11-22T09:00:00Z");
const frozen = new Date("2026-12-21T09:00:00Z");

function finding(rule: Finding["rule"], more: Partial<Finding> = {}): Finding {
  return {
    rule,
    title: "A rule",
    mapsTo: [],
    environment: "prod",
    severity: "error",
    state: "open",
    stack: "prod-data",
    address: "mongodbatlas_advanced_cluster.cluster",
    found: "something is wrong",
    todo: "make it right",
    ...more,
  };
}
const destroys = finding("P1", { approval: { label: "approve:destroy", people: 1 } });
const forgets = finding("P7", { approval: { label: "approve:retention", people: 2 } });

const evidence: Evidence = {
  authors: ["ann"],
  pushedAt: "2026-11-20T10:00:00Z",
  labels: [],
  reviews: [],
};
const says = (label: string, by: string, team = "platform-team", at = "2026-11-20T11:00:00Z") => ({
  label,
  by,
  teams: [team],
  at,
});
const reviews = (by: string, team = "platform-team", at = "2026-11-20T11:00:00Z") => ({
  by,
  teams: [team],
  at,
});

function given(more: Partial<GuardInput> = {}): GuardInput {
  return {
    environment: "prod",
    rules: delivery.environments.prod as GuardInput["rules"],
    delivery,
    ref: "refs/heads/main",
    isOnMain: true,
    now: monday,
    findings: [],
    counts: { changes: 3, deletions: 0 },
    intent: "change",
    evidence,
    ...more,
  };
}
const emergency = (
  labels = [says("emergency", "bob")],
  people = [reviews("cid", "on-call")],
  reason = "Checkout is down.",
): Evidence => ({
  ...evidence,
  labels,
  reviews: people,
  emergency: { reason },
});

describe("what may be applied now", () => {
  test.each<[string, Partial<GuardInput>]>([
    ["a change of main in the window", {}],
    ["nothing to change, in a freeze", { now: frozen, counts: { changes: 0, deletions: 0 } }],
    [
      "dev, from any branch, on a Sunday",
      {
        environment: "dev",
        rules: delivery.environments.dev as GuardInput["rules"],
        ref: "refs/heads/x",
        isOnMain: false,
        now: sunday,
      },
    ],
    ["a tag on main", { ref: "refs/tags/v1" }],
    [
      "warnings, and what is waived or approved",
      { findings: [finding("S8", { severity: "warning" }), finding("P2", { state: "waived" })] },
    ],
    [
      "a destruction with the label of a team",
      {
        findings: [destroys],
        evidence: { ...evidence, labels: [says("approve:destroy", "bob", "data-team")] },
      },
    ],
    [
      "a shorter retention with a label and a second one's review",
      {
        findings: [forgets],
        evidence: { ...evidence, labels: [says("approve:retention", "bob")], reviews: [reviews("cid")] },
      },
    ],
    ["a rollback on a Sunday with two people", { intent: "rollback", now: sunday, evidence: emergency() }],
    ["a rollback in the window with nobody", { intent: "rollback" }],
    ["an emergency in a freeze with two people and a reason", { now: frozen, evidence: emergency() }],
    [
      "an emergency past an approval and the limit of deletions",
      { findings: [destroys], counts: { changes: 9, deletions: 9 }, evidence: emergency() },
    ],
    [
      "an emergency that needs a right, past the label for it",
      { findings: [finding("P8", { approval: { label: "approve:iam", people: 1 } })], evidence: emergency() },
    ],
    [
      "what the plan said of windows and deletions: that is judged now",
      { findings: [finding("P11"), finding("P13")] },
    ],
  ])("GIVEN %s WHEN judged THEN it is allowed", (_what, input) => {
    expect(judge(given(input))).toMatchObject({ allowed: true, reasons: [] });
  });

  test.each<[string, Partial<GuardInput>, [guard: string, part: string][]]>([
    [
      "prod from a branch",
      { ref: "refs/heads/hotfix", isOnMain: true },
      [["ref", "prod takes only what is on main"]],
    ],
    [
      "prod from a commit that only claims to be main's",
      { isOnMain: false },
      [["ref", "a commit of refs/heads/main that is not on it"]],
    ],
    ["prod from a tag beside main", { ref: "refs/tags/v1", isOnMain: false }, [["ref", "refs/tags/v1"]]],
    ["a Sunday", { now: sunday }, [["window", "It is Sunday"]]],
    ["a freeze", { now: frozen }, [["window", "Christmas trade"]]],
    [
      "too many deletions",
      { counts: { changes: 9, deletions: 6 } },
      [["deletions", "6 deletions and replacements"]],
    ],
    [
      "a rule that nobody can approve",
      { findings: [finding("P2")] },
      [["policy", "something is wrong (P2)"]],
    ],
    ["a destruction without a label", { findings: [destroys] }, [["approval", "(P1)"]]],
    [
      "the author's own label",
      { findings: [destroys], evidence: { ...evidence, labels: [says("approve:destroy", "Ann")] } },
      [["approval", "(P1)"]],
    ],
    [
      "a label of another team",
      {
        findings: [destroys],
        evidence: { ...evidence, labels: [says("approve:destroy", "bob", "shop-team")] },
      },
      [["approval", "(P1)"]],
    ],
    [
      "a label from before the last push",
      {
        findings: [destroys],
        evidence: {
          ...evidence,
          labels: [says("approve:destroy", "bob", "platform-team", "2026-11-20T09:00:00Z")],
        },
      },
      [["approval", "(P1)"]],
    ],
    [
      "another label",
      { findings: [destroys], evidence: { ...evidence, labels: [says("approve:iam", "bob")] } },
      [["approval", "(P1)"]],
    ],
    [
      "one person where two are needed",
      {
        findings: [forgets],
        evidence: { ...evidence, labels: [says("approve:retention", "bob")], reviews: [reviews("bob")] },
      },
      [["approval", "(P7)"]],
    ],
    [
      "reviews without the label",
      { findings: [forgets], evidence: { ...evidence, reviews: [reviews("bob"), reviews("cid")] } },
      [["approval", "(P7)"]],
    ],
    [
      "an emergency with one person",
      { now: frozen, evidence: emergency([says("emergency", "bob")], [reviews("bob")]) },
      [
        ["emergency", "has bob"],
        ["window", "Christmas"],
      ],
    ],
    [
      "an emergency with the author",
      { now: frozen, evidence: emergency([says("emergency", "ann")]) },
      [
        ["emergency", "has cid"],
        ["window", "Christmas"],
      ],
    ],
    [
      "an emergency without a reason",
      { now: frozen, evidence: emergency(undefined, undefined, " ") },
      [
        ["emergency", "without a reason"],
        ["window", "Christmas"],
      ],
    ],
    [
      "an emergency with a secret in the plan",
      { findings: [finding("P12")], evidence: emergency() },
      [["policy", "(P12)"]],
    ],
    [
      "an emergency that forgets backups for good",
      { findings: [forgets], evidence: emergency() },
      [["approval", "(P7)"]],
    ],
    [
      "an emergency with another plan than reviewed",
      { findings: [finding("P16")], evidence: emergency() },
      [["policy", "(P16)"]],
    ],
    ["an emergency from a branch", { ref: "refs/heads/hotfix", evidence: emergency() }, [["ref", "hotfix"]]],
    ["a rollback on a Sunday with nobody", { intent: "rollback", now: sunday }, [["window", "Sunday"]]],
    [
      "a rollback that changes more",
      { intent: "rollback", now: sunday, beyondRollback: ["google_storage_bucket.a"], evidence: emergency() },
      [
        ["rollback", "google_storage_bucket.a"],
        ["window", "Sunday"],
      ],
    ],
    [
      "a rollback with too many deletions",
      { intent: "rollback", counts: { changes: 9, deletions: 9 }, evidence: emergency() },
      [["deletions", "9"]],
    ],
    [
      "everything at once",
      {
        ref: "refs/heads/x",
        now: frozen,
        counts: { changes: 9, deletions: 9 },
        findings: [destroys, finding("P2")],
      },
      [
        ["ref", "x"],
        ["window", "Christmas"],
        ["deletions", "9"],
        ["approval", "P1"],
        ["policy", "P2"],
      ],
    ],
  ])(
    "GIVEN %s WHEN judged THEN it is refused, with every reason and what to do",
    (_what, input, expected) => {
      const { allowed, reasons } = judge(given(input));
      expect(allowed).toBe(false);
      expect(reasons.map(({ guard }) => guard)).toEqual(expected.map(([guard]) => guard));
      reasons.forEach(({ text, todo }, index) => {
        expect(text).toContain(expected[index]?.[1]);
        expect(todo).toMatch(/^[A-Z].*\.$/);
      });
    },
  );

  test("GIVEN a refusal WHEN told THEN what helps several stands once, and the next window last", () => {
    const secret = finding("P12", { address: "google_x.a", todo: "take it out" });
    const verdict = judge(given({ now: sunday, findings: [secret, { ...secret, address: "google_x.b" }] }));
    const lines = renderRefusal("prod", verdict).trim().split("\n");
    expect(lines[0]).toBe("prod is left as it is:");
    expect(lines.slice(3)).toEqual([
      "  google_x.a: something is wrong (P12).",
      "  google_x.b: something is wrong (P12).",
      "    → Take it out.",
      "  The next window opens at 2026-11-23T07:00:00Z.",
    ]);
  });

  test("GIVEN a closed window THEN it says when it opens", () => {
    expect(judge(given({ now: frozen })).opens).toBe("2027-01-04T07:00:00Z");
    expect(judge(given()).opens).toBeUndefined();
  });

  test("GIVEN approvals and an emergency THEN the record names everybody, also whose yes did not count", () => {
    const said = { ...emergency([says("emergency", "bob"), says("approve:destroy", "eve", "shop-team")]) };
    const { setAside, approvals } = judge(given({ now: frozen, findings: [destroys], evidence: said }));
    expect(setAside.map(({ guard, by, why }) => [guard, by, why])).toEqual([
      ["window", ["bob", "cid"], "emergency: Checkout is down."],
      ["approval", ["bob", "cid"], "emergency: Checkout is down."],
    ]);
    expect(approvals).toContainEqual(
      expect.objectContaining({
        label: "approve:destroy",
        by: "eve",
        refused: "is in none of platform-team, data-team",
      }),
    );
  });
});

test("whatever people say, production never takes what is not on main, nor what nobody may approve", () => {
  const person = fc.constantFrom("ann", "bob", "cid", "dan");
  const label = fc.constantFrom("emergency", "approve:destroy", "approve:iam");
  const team = fc.constantFrom("platform-team", "on-call", "shop-team");
  fc.assert(
    fc.property(
      fc.array(fc.tuple(label, person, team), { maxLength: 5 }),
      fc.array(fc.tuple(person, team), { maxLength: 4 }),
      fc.constantFrom<GuardInput["intent"]>("change", "rollback"),
      fc.constantFrom("P2", "P12", "P14", "P16", "ref" as const),
      fc.boolean(),
      (labels, approvers, intent, what, fromMain) => {
        const said: Evidence = {
          ...evidence,
          labels: labels.map((one) => says(...one)),
          reviews: approvers.map((one) => reviews(...one)),
          emergency: { reason: "Checkout is down." },
        };
        const wrong: Partial<GuardInput> =
          what === "ref"
            ? { ref: fromMain ? "refs/heads/main" : "refs/heads/x", isOnMain: !fromMain }
            : { findings: [finding(what as Finding["rule"])] };
        expect(judge(given({ ...wrong, intent, evidence: said })).allowed).toBe(false);
      },
    ),
    { numRuns: 200 },
  );
});

test("GIVEN findings THEN only what neither approvals nor an emergency lets through is beyond help", () => {
  const approvable = finding("P8", { approval: { label: "approve:iam", people: 1 } });
  const found = [
    finding("P8"),
    finding("P12"),
    approvable,
    finding("P3"),
    finding("P8", { state: "waived" }),
  ];
  expect(found.map(isBeyondHelp)).toEqual([true, true, false, false, false]);
});
