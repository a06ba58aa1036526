import type { PreviewSide } from "../contract";

/**
 * In which order remnants are removed: first what can still be called or still writes, then what was written, last what
 * tells that there was a preview.
 */
export const removalOrder: readonly PreviewSide[] = [
  "channel",
  "gateway",
  // An API can't be deleted before the gateways that serve it, wherever those are.
  "api",
  "service",
  "version",
  "user",
  "role",
  "cluster",
  "database",
  "secret",
  "account",
  "artifact",
  "state",
  "lease",
  "record",
];
