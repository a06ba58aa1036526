// How HashiCorp's release site names platforms.

/** @type {Readonly<Record<string, string>>} */
const systems = {
  darwin: "darwin",
  linux: "linux",
  freebsd: "freebsd",
  openbsd: "openbsd",
  sunos: "solaris",
};
/** @type {Readonly<Record<string, string>>} */
const processors = { x64: "amd64", arm64: "arm64", arm: "arm", ia32: "386" };

/**
 * @param {string} platform as `process.platform`
 * @param {string} arch as `process.arch`
 * @returns {string | undefined} `linux_amd64`; undefined when no release is built for it
 */
export function releasePlatform(platform, arch) {
  const system = systems[platform];
  const processor = processors[arch];
  return system && processor ? `${system}_${processor}` : undefined;
}
