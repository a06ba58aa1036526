import { createHash } from "node:crypto";
import type { VersionSettings } from "./schema/service";

/**
 * A version's id: the date of its artifact and a hash of everything that makes it what it is. Whatever changes, it is
 * another version; nothing updates a version in place (App Engine would cut over at once, without a way back).
 *
 * The account stands in the hash by its name inside the project, so that the same content has the same id in every
 * environment.
 */
export function versionId(content: {
  readonly sha256: string;
  readonly createdAt: string;
  readonly account: string;
  readonly settings: VersionSettings;
}): string {
  const { sha256, account, settings } = content;
  const hash = createHash("sha256").update(canonical({ sha256, account, settings })).digest("hex");
  return `v${content.createdAt.slice(0, 10).replaceAll("-", "")}-${hash.slice(0, 7)}`;
}

/** The settings of a service that are part of its versions' content. */
export function versionSettingsOf(service: VersionSettings): VersionSettings {
  const { runtime, entrypoint, instanceClass, scaling, env, egress, handlers, inboundServices } = service;
  return {
    runtime,
    entrypoint,
    instanceClass,
    scaling,
    env,
    egress,
    ...(handlers ? { handlers } : {}),
    ...(inboundServices ? { inboundServices } : {}),
  };
}

/** The same text for the same content: keys sorted at every depth. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
