import type { Action, ResourceChangeJson } from "../terraform/plan-json";
import { addCounts, countChanges, planChanges } from "./changes";
import { countsText } from "./counts-text";

const resource = (
  address: string,
  actions: Action[],
  more: Partial<ResourceChangeJson> = {},
): ResourceChangeJson => ({
  address,
  mode: "managed",
  type: address.split(".")[0] ?? "",
  name: address.split(".")[1] ?? "",
  change: { actions },
  ...more,
});
const plan = (...resource_changes: ResourceChangeJson[]) => ({ format_version: "1.2", resource_changes });

describe("what a plan changes", () => {
  test("GIVEN every kind of action THEN each has its word, what destroys comes first, the rest by address", () => {
    const { resources } = planChanges(
      plan(
        resource("a.same", ["no-op"]),
        resource("a.new", ["create"]),
        resource("a.another", ["create"]),
        resource("a.edited", ["update"]),
        resource("a.gone", ["delete"]),
        resource("a.again", ["delete", "create"]),
        resource("a.beside", ["create", "delete"]),
        resource("a.left", ["forget"]),
        resource("a.moved", ["no-op"], { previous_address: "a.before" }),
        resource("a.found", ["no-op"], { change: { actions: ["no-op"], importing: { id: "x" } } }),
        resource("data.read", ["read"], { mode: "data" }),
      ),
    );
    expect(resources.map(({ kind, address, createsFirst }) => [kind, address, createsFirst])).toEqual([
      ["delete", "a.gone", undefined],
      ["replace", "a.again", false],
      ["replace", "a.beside", true],
      ["forget", "a.left", undefined],
      ["update", "a.edited", undefined],
      ["create", "a.another", undefined],
      ["create", "a.new", undefined],
      ["import", "a.found", undefined],
      ["move", "a.moved", undefined],
    ]);
    expect(countsText(countChanges(resources))).toBe(
      "1 to delete, 2 to replace, 1 to forget, 1 to change, 2 to add, 1 to import, 1 to move",
    );
  });

  test("GIVEN a reason THEN it is told in words, and an unknown one not at all", () => {
    const { resources } = planChanges(
      plan(
        resource("a.b", ["delete"], { action_reason: "delete_because_no_resource_config" }),
        resource("a.c", ["delete"], { action_reason: "of_a_later_terraform" }),
      ),
    );
    expect(resources.map(({ reason }) => reason)).toEqual(["no longer in the code", undefined]);
  });

  test("GIVEN outputs and drift THEN they are told, drift only where it is why something changes", () => {
    const changes = planChanges({
      format_version: "1.2",
      output_changes: {
        same: { actions: ["no-op"], before: 1, after: 1 },
        url: { actions: ["update"], before: "a", after: "b" },
        key: { actions: ["create"], after: "s3cret!", after_sensitive: true },
      },
      resource_changes: [resource("a.reverted", ["update"]), resource("a.same", ["no-op"])],
      resource_drift: ["a.reverted", "a.source", "a.counter"].map((address) =>
        resource(address, ["update"], { change: { actions: ["update"], before: { x: 1 }, after: { x: 2 } } }),
      ),
      relevant_attributes: [
        { resource: "a.source", attribute: ["x"] },
        { resource: "a.counter", attribute: ["y"] },
      ],
    });
    expect(changes.outputs.map(({ path, after }) => [path, after])).toEqual([
      ["url", { is: "value", value: "b" }],
      ["key", { is: "sensitive" }],
    ]);
    expect(changes.drifted.map(({ address, attributes }) => [address, attributes[0]?.path])).toEqual([
      ["a.reverted", "x"],
      ["a.source", "x"],
    ]);
  });

  test("GIVEN counts of several stacks THEN they add up; none is an empty text", () => {
    const one = countChanges(planChanges(plan(resource("a.b", ["create"]))).resources);
    expect(countsText(addCounts([one, one]))).toBe("2 to add");
    expect(countsText(addCounts([]))).toBe("");
  });
});
