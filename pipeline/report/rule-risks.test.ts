import type { Finding } from "@groundwork/policies/finding";
import { delivery } from "../../environments/delivery";
import { risksOfRules } from "./rule-risks";

const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: "P1",
  title: "Nothing is lost unseen",
  mapsTo: [],
  environment: "prod",
  severity: "error",
  state: "open",
  stack: "prod-data",
  address: "google_storage_bucket.a",
  found: "is deleted: what is in it is gone",
  todo: "leave it as it is",
  approval: { label: "approve:destroy", people: 1 },
  ...more,
});
const risks = (...findings: Finding[]) => risksOfRules(findings, delivery.approvers);

describe("what the rules will say of a plan", () => {
  test("GIVEN what can be approved THEN one line for each stack: the label, and whose it must be", () => {
    const found = risks(
      finding(),
      finding({ address: "google_storage_bucket.b" }),
      finding({ stack: "prod-release", rule: "P7", approval: { label: "approve:retention", people: 2 } }),
    );
    expect(found).toEqual([
      {
        kind: "approval",
        stack: "prod-data",
        text: "waits for the label approve:destroy, set by somebody of platform-team or data-team (P1: Nothing is lost unseen, 2 times)",
      },
      {
        kind: "approval",
        stack: "prod-release",
        address: "google_storage_bucket.a",
        text: "waits for the label approve:retention, set by somebody of data-team or platform-team, and a second one of them approves (P7: Nothing is lost unseen)",
      },
    ]);
  });

  test("GIVEN what can't THEN each in its place; GIVEN a warning or what is settled THEN nothing", () => {
    const { approval: _, ...refused } = finding({
      rule: "P8",
      attribute: "role",
      found: "roles/owner for ann",
    });
    expect(risks(refused, { ...refused, state: "waived" }, { ...refused, severity: "warning" })).toEqual([
      {
        kind: "refused",
        stack: "prod-data",
        address: "google_storage_bucket.a",
        text: "role: roles/owner for ann; leave it as it is (P8: Nothing is lost unseen)",
      },
    ]);
  });
});
