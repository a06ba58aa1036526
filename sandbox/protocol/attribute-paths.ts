import type { AttributeSchema, BlockSchema, TypeExpression } from "../schemas/model";
import type { ValuePath } from "../values/value";
import type { AttributePath } from "./messages";

type Place =
  | { block: BlockSchema }
  | { attribute: AttributeSchema }
  | { items: Place; set: boolean }
  | { type: TypeExpression };
type Step = NonNullable<AttributePath["steps"]>[number];

/** A path as the protocol carries it. It ends at a set: elements of a set have no address. */
export function pathMessage(path: ValuePath, block: BlockSchema): AttributePath {
  const steps: Step[] = [];
  let place: Place | undefined = { block };
  for (const key of path) {
    if (place === undefined || ("items" in place && place.set)) break;
    if (isSet(place)) break;
    steps.push(stepInto(place, key));
    place = inside(place, key);
  }
  return { steps };
}

function isSet(place: Place): boolean {
  if ("attribute" in place && place.attribute.nested) return place.attribute.nested.nesting === "set";
  const type = typeOf(place);
  return Array.isArray(type) && type[0] === "set";
}

function stepInto(place: Place, key: string | number): Step {
  if (typeof key === "number") return { element_key_int: key };
  const type = typeOf(place);
  const isMap =
    (Array.isArray(type) && type[0] === "map") ||
    ("attribute" in place && place.attribute.nested?.nesting === "map");
  return isMap ? { element_key_string: key } : { attribute_name: key };
}

function typeOf(place: Place): TypeExpression | undefined {
  if ("type" in place) return place.type;
  return "attribute" in place ? place.attribute.type : undefined;
}

function inside(place: Place, key: string | number): Place | undefined {
  if ("items" in place) return place.items;
  if ("block" in place) {
    const nested = place.block.blocks[key];
    if (nested && nested.nesting !== "single")
      return { items: { block: nested.block }, set: nested.nesting === "set" };
    if (nested) return { block: nested.block };
    const attribute = place.block.attributes[key];
    return attribute && { attribute };
  }
  if ("attribute" in place && place.attribute.nested) {
    const object = { block: { attributes: place.attribute.nested.attributes, blocks: {} } };
    return place.attribute.nested.nesting === "single" ? inside(object, key) : object;
  }
  const type = typeOf(place);
  if (!Array.isArray(type)) return undefined;
  if (type[0] !== "object") return { type: type[1] };
  const member = type[1][key];
  return member === undefined ? undefined : { type: member };
}
