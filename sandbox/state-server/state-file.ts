import type { ObjectValue } from "../values/value";

/** An object as Terraform keeps it in a state; deposed ones are among them. */
export interface StateInstance {
  index_key?: string | number;
  attributes?: ObjectValue | null;
}

export interface StateResource {
  /** `module.a.module.b`; absent in the root module. */
  module?: string;
  mode: "managed" | "data";
  type: string;
  name: string;
  instances: StateInstance[];
}

/**
 * The resources of a state file (version 4, the only one since Terraform 0.12).
 *
 * @returns undefined for a file that can't be read, such as one that OpenTofu encrypted
 */
export function readStateFile(content: Buffer): StateResource[] | undefined {
  try {
    const { version, resources } = JSON.parse(content.toString()) as {
      version?: unknown;
      resources?: unknown;
    };
    return version === 4 && Array.isArray(resources) ? resources.filter(isResource) : undefined;
  } catch {
    return undefined;
  }
}

function isResource(value: unknown): value is StateResource {
  const { mode, type, name, instances } = (value ?? {}) as Partial<StateResource>;
  return mode !== undefined && type !== undefined && name !== undefined && Array.isArray(instances);
}

/** Whether an object of a bucket is a state of the gcs backend. */
export function isState({ name }: { name: string }): boolean {
  return name.endsWith(".tfstate");
}
