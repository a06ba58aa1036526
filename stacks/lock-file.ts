/** Name of Terraform's dependency lock file. */
export const LOCK_FILE = ".terraform.lock.hcl";

/**
 * A lock file that names the providers' exact versions and no hashes yet; `terraform init` adds those of what it
 * installs. Without the file, cdktf-cli runs `terraform providers lock` after every first init, which needs the registry.
 *
 * @param providers exact version by full address
 */
export function lockFile(providers: Readonly<Record<string, string>>): string {
  const blocks = Object.entries(providers).map(
    ([address, version]) =>
      `provider "${address}" {\n  version     = "${version}"\n  constraints = "${version}"\n}\n`,
  );
  return `# Made by synthesis; "terraform init" adds the hashes.\n\n${blocks.join("\n")}`;
}

/** Name of the committed lock file in the repository, which `groundwork lock` writes for all stacks together. */
export const COMMITTED_LOCK_FILE = ".terraform.lock.hcl";

/**
 * A stack's lock file: its providers as the committed one has them, checksums included.
 *
 * @param committed text of the committed lock file; empty when there is none
 * @param existing what the stack has: `terraform init` may have added the checksums of another platform to it
 * @param providers exact version by full address
 */
export function stackLockFile(
  committed: string,
  existing: string,
  providers: Readonly<Record<string, string>>,
): string {
  const blocks = new Map(
    [...committed.matchAll(/^provider "([^"]+)" \{\n[\s\S]*?^\}\n/gm)].map(([text, address = ""]) => [
      address,
      text,
    ]),
  );
  const own = Object.keys(providers).flatMap((address) => blocks.get(address) ?? []);
  const whole = `# From the repository's lock file.\n\n${own.join("\n")}`;
  const hasAll = hashesOf(whole).every((hash) => existing.includes(hash));
  if (!locks(whole, providers)) return locks(existing, providers) ? existing : lockFile(providers);
  return hasAll && locks(existing, providers) ? existing : whole;
}

function hashesOf(text: string): string[] {
  return [...text.matchAll(/"((?:h1|zh):[^"]+)"/g)].map(([, hash = ""]) => hash);
}

/** Whether a lock file (with hashes, perhaps) locks exactly these providers at these versions. */
export function locks(text: string, providers: Readonly<Record<string, string>>): boolean {
  const locked = [...text.matchAll(/^provider "([^"]+)" \{\n\s*version\s*=\s*"([^"]+)"/gm)];
  return (
    locked.length === Object.keys(providers).length &&
    locked.every(([, address = "", version]) => providers[address] === version)
  );
}
