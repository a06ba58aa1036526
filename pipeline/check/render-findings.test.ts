import type { Finding } from "@groundwork/policies/finding";
import { createColors } from "picocolors";
import { renderFindings } from "./render-findings";

const finding = (address: string, more: Partial<Finding> = {}): Finding => ({
  rule: "S8",
  title: "Buckets are private",
  mapsTo: ["CIS 5.1"],
  environment: "dev",
  severity: "warning",
  state: "open",
  stack: "dev-data",
  address,
  attribute: "versioning.enabled",
  found: "an overwritten object is gone",
  todo: "set it to true",
  ...more,
});
const outcomes = [
  { rule: "S8", environment: "dev", result: "non-compliant" },
  { rule: "S1", environment: "dev", result: "compliant" },
  { rule: "P4", environment: "dev", result: "not checked", why: "the live traffic was not given" },
] as const;

test("GIVEN findings of one rule WHEN told THEN the rule and its advice stand once, settled ones only in the sums", () => {
  const findings = [
    finding("google_storage_bucket.a"),
    finding("google_storage_bucket.b"),
    finding("google_storage_bucket.c", { state: "waived" }),
  ];
  expect(renderFindings({ findings, outcomes }, createColors(false))).toBe(
    `dev
  warning  Buckets are private (S8, CIS 5.1)
           dev-data  google_storage_bucket.a  versioning.enabled: an overwritten object is gone
           dev-data  google_storage_bucket.b  versioning.enabled: an overwritten object is gone
             → set it to true

  not checked  P4 in dev: the live traffic was not given
Environment  Errors  Warnings  Settled  Rules kept  Not about it
dev               0         2        1           1             0`,
  );
});

test("GIVEN what can be approved WHEN told THEN the label and who sets it are told", () => {
  const findings = [finding("google_x.a", { approval: { label: "approve:retention", people: 2 } })];
  expect(renderFindings({ findings, outcomes }, createColors(false))).toContain(
    "→ set it to true; or: the label approve:retention, by somebody of an allowed team, and a second one's review",
  );
});
