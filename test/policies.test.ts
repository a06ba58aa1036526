import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findingText, openErrors } from "@groundwork/policies/finding";
import { loadEnvironments } from "../environments/load";
import { loadDelivery } from "../environments/load-delivery";
import { checkSynthesis } from "../pipeline/check/check-synthesis";
import { readStackList } from "../pipeline/synthesis/stack-list";
import { environmentStacks } from "../stacks/environment-stacks";
import { Synthesis } from "../stacks/synthesis";

const folder = mkdtempSync(join(tmpdir(), "groundwork-policies-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  const synthesis = new Synthesis(folder);
  for (const environment of loadEnvironments()) {
    for (const kind of environmentStacks) synthesis.add(kind, environment);
  }
  synthesis.write();
});

const errors = () =>
  openErrors(checkSynthesis(readStackList(folder), loadDelivery(), new Date()).findings).map(findingText);

test("GIVEN the platform as it is WHEN checked THEN no rule is broken that is not waived", () => {
  expect(errors()).toEqual([]);
});

test("GIVEN the platform with what must not be WHEN checked THEN each is found in production, by its address", () => {
  const file = join(folder, "stacks", "prod-foundation", "cdk.tf.json");
  const text = readFileSync(file, "utf8");
  const configuration = JSON.parse(text) as { resource: Record<string, object> };
  Object.assign(configuration.resource, {
    google_service_account_key: { k: { service_account_id: "x" } },
    google_project_iam_binding: {
      b: {
        project: "hazelwick-prod",
        role: "roles/editor",
        members: ["serviceAccount:run-orders@hazelwick-prod.iam.gserviceaccount.com"],
      },
    },
    google_compute_firewall: {
      f: { source_ranges: ["0.0.0.0/0"], allow: [{ protocol: "tcp", ports: ["22"] }] },
    },
  });
  writeFileSync(file, JSON.stringify(configuration));
  expect(errors().map((line) => line.split(": ")[0])).toEqual([
    "S1 prod-foundation google_service_account_key.k",
    "S2 prod-foundation google_project_iam_binding.b role",
    "S5 prod-foundation google_project_iam_binding.b",
    "S27 prod-foundation google_compute_firewall.f source_ranges",
  ]);
  writeFileSync(file, text);
});
