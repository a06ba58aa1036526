import type { BlockSchema } from "../schemas/model";
import { pathMessage } from "./attribute-paths";

const leaf: BlockSchema = {
  attributes: { name: { type: "string" }, labels: { type: ["map", "string"] } },
  blocks: {},
};
const schema: BlockSchema = {
  attributes: {
    labels: { type: ["map", "string"] },
    roles: { type: ["set", "string"] },
    disks: { type: ["list", ["object", { size: "number", labels: ["map", "string"] }]] },
    single: { nested: { nesting: "single", attributes: { ports: { type: ["list", "number"] } } } },
    byName: { nested: { nesting: "map", attributes: { port: { type: "number" } } } },
    some: { nested: { nesting: "set", attributes: { port: { type: "number" } } } },
  },
  blocks: {
    list: { nesting: "list", minItems: 0, maxItems: 0, block: leaf },
    set: { nesting: "set", minItems: 0, maxItems: 0, block: leaf },
    timeouts: { nesting: "single", minItems: 0, maxItems: 0, block: leaf },
  },
};

const name = (attribute_name: string) => ({ attribute_name });
const at = (element_key_int: number) => ({ element_key_int });
const key = (element_key_string: string) => ({ element_key_string });

describe("paths on the wire", () => {
  test.each<[(string | number)[], object[]]>([
    [
      ["labels", "env"],
      [name("labels"), key("env")],
    ],
    [
      ["disks", 1, "labels", "env"],
      [name("disks"), at(1), name("labels"), key("env")],
    ],
    [
      ["list", 0, "name"],
      [name("list"), at(0), name("name")],
    ],
    [
      ["list", 0, "labels", "a"],
      [name("list"), at(0), name("labels"), key("a")],
    ],
    [
      ["timeouts", "name"],
      [name("timeouts"), name("name")],
    ],
    [
      ["single", "ports", 2],
      [name("single"), name("ports"), at(2)],
    ],
    [
      ["byName", "http", "port"],
      [name("byName"), key("http"), name("port")],
    ],
    [["set", 0, "name"], [name("set")]],
    [["some", 0, "port"], [name("some")]],
    [["roles", 3], [name("roles")]],
    [["no_such", "thing"], [name("no_such")]],
    [[], []],
  ])("GIVEN %j THEN its steps are attributes, elements and keys as the schema says", (path, steps) => {
    expect(pathMessage(path, schema)).toEqual({ steps });
  });
});
