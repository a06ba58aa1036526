/**
 * Whether a text names a project or a bucket: `shop-dev` is not in `shop-dev2` or `my-shop-dev`, but in
 * `v1-dot-shop-dev.ew.r.appspot.com`.
 */
export function mentions(text: string, name: string): boolean {
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(^|[^a-z0-9-]|-dot-)${quoted}($|[^a-z0-9-]|-(artifacts|config|tfstate)\\b)`).test(text);
}
