import { addMove } from "./add-move";

const stack = (name: string, ...ids: string[]) => ({
  name,
  configuration: JSON.stringify({
    resource: { google_storage_bucket: Object.fromEntries(ids.map((id) => [id, {}])) },
  }),
});
const stacks = [stack("dev-data", "new", "other"), stack("prod-data", "new"), stack("dev-network", "old")];
const [from, to] = ["google_storage_bucket.old", "google_storage_bucket.new"];

describe("groundwork move", () => {
  test("GIVEN a resource under another name THEN one entry serves every stack that has it", () => {
    const { text, ...rest } = addMove({ from, to }, stacks, undefined);
    expect(JSON.parse(text)).toEqual([{ from, to }]);
    expect(rest).toEqual({ stacks: ["dev-data", "prod-data"], isNew: true });
  });

  test("GIVEN a list THEN the entry is added once, for one stack when one is named", () => {
    const first = addMove({ stack: "dev-data", from, to }, stacks, "[]");
    expect(JSON.parse(first.text)).toEqual([{ stack: "dev-data", from, to }]);
    expect(addMove({ stack: "dev-data", from, to }, stacks, first.text)).toEqual({ ...first, isNew: false });
    expect(() => addMove({ from, to }, stacks, first.text)).toThrow("expected each address once");
  });

  test.each([
    [{ stack: "dev-dat", from, to }, "STACK: found dev-dat; expected dev-data, prod-data, dev-network"],
    [{ from: "x", to: "y" }, "FROM: found x; expected a resource's address"],
    [
      { from: "google_project.old", to },
      "TO: found google_storage_bucket.new; expected an address of google_project",
    ],
    [{ from: to, to }, "expected another address than before"],
    [
      { from, to: "google_storage_bucket.news" },
      "which is not in the code; expected one of google_storage_bucket.new",
    ],
    [
      { from: "google_storage_bucket.other", to },
      "FROM: found google_storage_bucket.other, which dev-data still has",
    ],
  ])("GIVEN %j THEN it is refused", (request, message) => {
    expect(() => addMove(request, stacks, undefined)).toThrow(message);
  });
});
