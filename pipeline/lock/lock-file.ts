/** Name of the lock file in the repository. Synthesis copies each stack's part from it. */
export const lockFileName = ".terraform.lock.hcl";

/** What a lock file says. */
export interface LockFile {
  /** Version and checksums by full address. */
  providers: ReadonlyMap<string, { version: string; hashes: readonly string[] }>;
  /** For which the checksums are; only ours tell it. */
  platforms: readonly string[];
}

const heading = "# Platforms: ";

/** https://developer.hashicorp.com/terraform/language/files/dependency-lock */
export function readLockFile(text: string): LockFile {
  const blocks = [...text.matchAll(/^provider "([^"]+)" \{\n([\s\S]*?)^\}/gm)];
  const platforms = text.split("\n").find((line) => line.startsWith(heading));
  return {
    providers: new Map(
      blocks.map(([, address = "", body = ""]) => [
        address,
        {
          version: /^\s*version\s*=\s*"([^"]+)"/m.exec(body)?.[1] ?? "",
          hashes: [...body.matchAll(/"((?:h1|zh):[^"]+)"/g)].map(([, hash = ""]) => hash),
        },
      ]),
    ),
    platforms: platforms?.slice(heading.length).trim().split(/\s+/) ?? [],
  };
}

/** What Terraform wrote, with a heading of ours that says for what. */
export function withHeading(text: string, platforms: readonly string[]): string {
  const blocks = text.slice(Math.max(0, text.indexOf('provider "')));
  return `# Written by "groundwork lock"; commit it.\n${heading}${platforms.join(" ")}\n\n${blocks}`;
}

/** What is wrong with a lock file for what the code asks for; empty when it fits. */
export function lockProblems(lock: LockFile, wanted: Readonly<Record<string, string>>): string[] {
  const missing = Object.entries(wanted).flatMap(([address, version]) => {
    const locked = lock.providers.get(address);
    if (!locked) return [`${address} ${version} is missing`];
    if (locked.version !== version)
      return [`${address} is locked at ${locked.version}, the code asks for ${version}`];
    return locked.hashes.length === 0 ? [`${address} has no checksums`] : [];
  });
  const left = [...lock.providers.keys()].filter((address) => !(address in wanted));
  return [...missing, ...left.map((address) => `${address} is no longer used`)];
}

/** `linux_amd64`, as Terraform names it. */
export function platformName(platform: NodeJS.Platform, arch: NodeJS.Architecture): string {
  const systems: { readonly [name: string]: string } = { win32: "windows" };
  const processors: { readonly [name: string]: string } = { x64: "amd64", ia32: "386" };
  return `${systems[platform] ?? platform}_${processors[arch] ?? arch}`;
}
