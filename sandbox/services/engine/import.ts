import type { ConfiguredProvider } from "../../providers/contract";
import type { BlockSchema, ResourceType } from "../../schemas/model";
import type { ObjectValue, Value } from "../../values/value";
import { ProviderError } from "../api-error";
import type { CloudView, ResourceBehaviour } from "../behaviour";
import { parseId } from "../identity/template";
import { conform } from "../shape/conform";
import { idOf, projectOf } from "./scene";

/**
 * The state that an import starts from: what the id tells, no more. Terraform reads the object right after, and says so
 * when there is none. Throws where the id has no accepted form.
 */
export function importObject(
  type: ResourceType,
  provider: ConfiguredProvider,
  id: string,
  behaviour: ResourceBehaviour,
  cloud: CloudView,
): ObjectValue {
  const project = projectOf({}, provider);
  const parts = behaviour.parseImport?.(id, { operation: "import", type, provider, cloud, project });
  const told = parts ?? partsOf(id, behaviour, type);
  const state: ObjectValue = { ...behaviour.virtual, ...typed(type.block, told) };
  for (const name of ["project", "region", "zone"]) {
    const fallback = provider.config[name];
    const named =
      behaviour.imports?.[0]?.includes(`{${name}}`) || behaviour.imports?.[0]?.includes(`<${name}>`);
    if (named === true && name in type.block.attributes && typeof fallback === "string")
      state[name] ??= fallback;
  }
  if ("id" in type.block.attributes && typeof state.id !== "string")
    state.id = ownId(id, state, behaviour, provider);
  return conform(type.block, state);
}

/** Source: ParseImportId in google/tpgresource/import.go. */
function partsOf(id: string, behaviour: ResourceBehaviour, type: ResourceType): ObjectValue {
  if (behaviour.imports === undefined) return { id };
  const parts = parseId(behaviour.imports, id);
  if (parts !== undefined) return parts;
  throw new ProviderError(
    `Import id "${id}" doesn't match any of the accepted formats of ${type.name}: [${behaviour.imports.join(" ")}]`,
  );
}

function ownId(
  given: string,
  state: ObjectValue,
  behaviour: ResourceBehaviour,
  provider: ConfiguredProvider,
): string {
  if (behaviour.imports === undefined && behaviour.parseImport === undefined) return given;
  try {
    return idOf(behaviour, state, provider);
  } catch {
    // The id says more than the import id told: the id itself was given.
    return given;
  }
}

/** Parts of an id are text; the attributes they fill may be numbers. */
function typed(block: BlockSchema, parts: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(parts).map(([name, value]): [string, Value] => {
      const number = block.attributes[name]?.type === "number" && typeof value === "string";
      return [name, number ? Number(value) : value];
    }),
  );
}
