import { withoutTraces } from "@groundwork/constructs/without-traces";
import { App } from "cdktf";
import type { EnvironmentIdentity } from "../../environments/environment";
import type { LoadedEnvironment } from "../../environments/load";
import type { StackClass } from "../synthesis";

/** Configurations of an environment's resources by address: `data: mongodbatlas_advanced_cluster.cluster`. */
export type ResourcesByAddress = ReadonlyMap<string, string>;

interface Configuration {
  readonly resource?: Record<string, Record<string, { readonly "//"?: unknown }>>;
}

/**
 * Every resource of an environment, synthesized in memory, in words that say nothing of which environment it is: names
 * of the environment, its project and its bucket are replaced, ids made of a document that names the project are numbered.
 *
 * @param base the environment whose fields these are: some name its project, as a channel that was made by hand does
 * @throws UserError when a construct refuses what the environment says
 */
export function resourcesOf(
  loaded: LoadedEnvironment,
  base: EnvironmentIdentity,
  stacks: readonly StackClass[],
): ResourcesByAddress {
  const found = new Map<string, string>();
  const anonymous = anonymousText(loaded.environment, base);
  for (const Stack of stacks) {
    const stack = withoutTraces(() => new Stack(new App({ stackTraces: false }), loaded));
    const [refusal] = stack.refusals;
    if (refusal) {
      throw refusal;
    }
    const { resource = {} } = stack.toTerraform() as Configuration;
    for (const [type, named] of Object.entries(resource)) {
      for (const [id, { "//": _metadata, ...configuration }] of Object.entries(named)) {
        found.set(
          `${stack.kind}: ${type}.${anonymous(id)}`,
          anonymous(JSON.stringify(configuration, (_key, value: unknown) => readable(value))),
        );
      }
    }
  }
  return found;
}

/** A document that is packed in base64 names the project inside. */
function readable(value: unknown): unknown {
  if (typeof value !== "string" || value.length < 40 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) {
    return value;
  }
  const text = Buffer.from(value, "base64").toString("utf8");
  return text.startsWith("{") ? text : value;
}

function anonymousText(own: EnvironmentIdentity, base: EnvironmentIdentity): (text: string) => string {
  const documents = new Map<string, string>();
  return (text) =>
    text
      .replaceAll(own.stateBucket, "<state-bucket>")
      .replaceAll(base.stateBucket, "<state-bucket>")
      .replaceAll(own.project, "<project>")
      .replaceAll(base.project, "<project>")
      .replace(new RegExp(`\\b(${own.name}|${base.name})\\b`, "g"), "<environment>")
      .replace(/(?<![a-z0-9-])c-[0-9a-f]{12}(?![0-9a-f])/g, (id) => {
        const known = documents.get(id) ?? `<document ${documents.size + 1}>`;
        documents.set(id, known);
        return known;
      })
      // CDKTF's own hash of a path that holds one of those.
      .replace(/(<[^>]+>[\w-]*)_[0-9A-F]{8}\b/g, "$1");
}
