import { resourceType } from "@groundwork/sandbox/schemas/catalogue";
import type { BlockSchema } from "@groundwork/sandbox/schemas/model";
import { resourceTypes } from "./resource-types";

const blockOf = (type: string): BlockSchema | undefined => {
  const providers = type.startsWith("mongodbatlas_")
    ? (["mongodbatlas"] as const)
    : (["google", "google-beta"] as const);
  return providers
    .map((provider) => resourceType(provider, type)?.block)
    .find((block) => block !== undefined);
};

/** Whether a path leads to an attribute or a block. */
const has = (block: BlockSchema, path: readonly string[]): boolean => {
  const [name = "", ...rest] = path;
  const inner = block.blocks[name]?.block;
  if (inner) return rest.length === 0 || has(inner, rest);
  const attribute = block.attributes[name];
  if (!attribute) return false;
  if (rest.length === 0 || !attribute.nested) return rest.length === 0 || attribute.type !== undefined;
  return has({ attributes: attribute.nested.attributes, blocks: {} }, rest);
};

describe("the table of resource types", () => {
  test.each(Object.entries(resourceTypes))(
    "%s names attributes that the real provider has",
    (type, facts) => {
      const block = blockOf(type);
      expect(block).toBeDefined();
      if (!block) return;
      const told = [...(facts.attributes ?? []), ...(facts.costs ?? [])].map(({ path }) => path);
      const paths = [...facts.identity, ...told];
      expect(paths.filter((path) => !has(block, path.split(".")))).toEqual([]);
      expect(facts.noun).toMatch(/^(the )?[A-Z]?[\w' -]+$/);
    },
  );
});
