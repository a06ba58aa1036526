import { createColors } from "picocolors";
import { digestOf } from "../digest/digest";
import { keyOf } from "../digest/digest-key";
import { planChanges } from "../plan/changes";
import type { PlannedStack } from "../plan/plan-stacks";
import { secretsOf } from "../plan/secrets";
import type { Stack } from "../synthesis/stack-list";
import type { ResourceChangeJson } from "../terraform/plan-json";
import { buildReport } from "./build-report";
import { type RenderTextOptions, renderText } from "./render-text";

const colours = createColors(false);
const renderPlan = (planned: readonly PlannedStack[], options: RenderTextOptions) =>
  renderText(buildReport({ target: "sandbox", planned }), options);

const stack = (name: string): Stack => {
  const [environment = "", kind = ""] = name.split("-");
  return {
    name,
    environment,
    stack: kind,
    dependsOn: [],
    project: "shop",
    providers: {},
    folder: `/x/${name}`,
  };
};
const planned = (name: string, ...resource_changes: ResourceChangeJson[]): PlannedStack => {
  const plan = { format_version: "1.2", resource_changes };
  return {
    stack: stack(name),
    result: "changes",
    changes: planChanges(plan),
    plan,
    digest: digestOf(plan, keyOf("a key of the tests")),
    diagnostics: [],
    secrets: secretsOf(plan),
  };
};
const quiet = (name: string): PlannedStack => ({
  stack: stack(name),
  result: "no changes",
  diagnostics: [],
  secrets: new Set(),
});
const resource = (
  address: string,
  change: ResourceChangeJson["change"],
  reason?: string,
): ResourceChangeJson => ({
  address,
  mode: "managed",
  type: address.split(".")[0] ?? "",
  name: "x",
  change,
  ...(reason === undefined ? {} : { action_reason: reason }),
});

describe("a plan in text", () => {
  test("GIVEN changes of several environments THEN they are told by environment and stack, destruction first", () => {
    const text = renderPlan(
      [
        quiet("dev-network"),
        planned(
          "dev-platform",
          resource("a.new", { actions: ["create"], before: null, after: { name: "x" } }),
        ),
        planned(
          "dev-data",
          resource("a.size", {
            actions: ["update"],
            before: { size: "M10", etag: "1" },
            after: { size: "M20" },
            after_unknown: { etag: true },
          }),
          resource(
            "a.name",
            {
              actions: ["create", "delete"],
              before: { name: "a", key: "top-secret-1" },
              after: { name: "b", key: "top-secret-2" },
              before_sensitive: { key: true },
              after_sensitive: { key: true },
              replace_paths: [["name"]],
            },
            "replace_because_cannot_update",
          ),
          resource(
            "a.old",
            { actions: ["delete"], before: { name: "x" }, after: null },
            "delete_because_no_resource_config",
          ),
        ),
        quiet("prod-data"),
      ],
      { colours },
    );
    expect(text).toBe(
      `Look first
  deletion     dev-data: deletes the a  a.old
  replacement  dev-data: replaces the a: the new one is there before the old one goes  a.name

dev
  dev-data  1 to delete, 1 to replace, 1 to change
    -   a.old  (no longer in the code)
    +/- a.name  (the new one is there before the old one goes; cannot be updated in place)
          key: (sensitive) → (sensitive)
          name: "a" → "b"  makes it necessary
    ~   a.size
          size: "M10" → "M20"
          and 1 value known after apply
  dev-platform  1 to add
    +   a.new
  1 stack without changes

prod
  1 stack without changes

Plan: 1 to delete, 1 to replace, 1 to change, 1 to add in 2 stacks; 2 stacks up to date.
Digest: sha256:c0f3e1d9b4549a769172a56f443ce2eef19030eff456258aaf4afd65ea124bec`,
    );
  });

  test("GIVEN a failure THEN it is told first in Terraform's words, and hides nothing of the others", () => {
    const failed: PlannedStack = {
      stack: stack("dev-data"),
      result: "failed",
      diagnostics: [
        { severity: "warning", summary: "Old syntax", detail: "" },
        {
          severity: "error",
          summary: "Invalid value\nmore of it",
          detail: "M5 is no tier.\n\nUse M10.",
          address: "a.b",
        },
      ],
      secrets: new Set(),
    };
    const text = renderPlan([planned("dev-network", resource("a.new", { actions: ["create"] })), failed], {
      colours,
    });
    expect(text).toBe(
      `dev
  dev-data  failed
    Error: Invalid value
      in a.b
      more of it
      M5 is no tier.
      Use M10.
    Warning: Old syntax
  dev-network  1 to add
    +   a.new

Plan: 1 to add in 1 stack; planning failed for dev-data.`,
    );
  });

  test("GIVEN nothing but quiet stacks THEN it says so", () => {
    expect(renderPlan([quiet("dev-data"), quiet("dev-network")], { colours })).toContain(
      "No changes: 2 stacks up to date.",
    );
  });

  test("GIVEN a secret that Terraform quotes in an error THEN it is hidden", () => {
    const one = planned(
      "dev-data",
      resource("a.b", {
        actions: ["create"],
        after: { key: "s3cr3t-value" },
        after_sensitive: { key: true },
      }),
    );
    const told = {
      ...one,
      diagnostics: [{ severity: "warning" as const, summary: "Odd", detail: "got s3cr3t-value" }],
    };
    expect(renderPlan([told], { colours })).not.toContain("s3cr3t-value");
  });

  test("GIVEN long values THEN they are told around their first difference", () => {
    const long = (end: string) => ({ document: `${"x".repeat(300)}${end}${"y".repeat(300)}` });
    const text = renderPlan(
      [
        planned(
          "dev-data",
          resource("a.b", { actions: ["update"], before: long("old"), after: long("new") }),
        ),
      ],
      { colours },
    );
    expect(text).toMatch(/document: …x{16}oldy+… → …x{16}newy+…\n/);
  });
});
