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

/** Whether a lock file (with hashes, perhaps) locks exactly these providers at these versions. */
export function locks(text: string, providers: Readonly<Record<string, string>>): boolean {
  const locked = [...text.matchAll(/^provider "([^"]+)" \{\n\s*version\s*=\s*"([^"]+)"/gm)];
  return (
    locked.length === Object.keys(providers).length &&
    locked.every(([, address = "", version]) => providers[address] === version)
  );
}
