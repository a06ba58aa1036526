import { parse } from "yaml";

/**
 * Every version of every package that the lock file installs, development's too: what runs in CI counts.
 *
 * @param {string} lockFile content of `pnpm-lock.yaml`, version 9
 * @returns {Map<string, string[]>} versions by name
 */
export function installedPackages(lockFile) {
  const { packages = {} } = parse(lockFile);
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const key of Object.keys(packages)) {
    const at = key.lastIndexOf("@");
    const [name, version] = [key.slice(0, at), key.slice(at + 1)];
    // Packages by address or folder are not the registry's to judge.
    if (at > 0 && /^\d/.test(version)) found.set(name, [...(found.get(name) ?? []), version]);
  }
  return found;
}
