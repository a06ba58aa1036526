/** What one look at the machine found. */
export interface Check {
  name: string;
  /** `missing` stops the work; `warning` may stop some of it. */
  result: "fine" | "warning" | "missing";
  found: string;
  /** What to do about it. */
  fix?: string;
}

/** What was found on the machine, before it is judged. */
export interface MachineFacts {
  platform: string;
  nodeVersion: string;
  /** Modules version of Node, which prebuilt packages are made for. */
  nodeAbi: string;
  terraform: { product: string; version: string; path: string; from: string } | { problem: string };
  /** What `git --version` says. */
  git: string | undefined;
  /** `pnpm@10.34.8`. */
  packageManager: string;
  packagesInstalled: boolean;
  /** Whether files can be made below `.groundwork`, and why not. */
  writable: true | string;
  /** Bytes free where the repository is. */
  freeBytes: number;
  sandbox: string;
  /** `dev-data, by ann@laptop for 5 min`. */
  locks: string[];
  /** Module versions of Node that cdktf-cli brings a terminal library for. */
  cdktfAbis: string[];
}

const gigabyte = 1024 ** 3;

/** Judges what was found: required things first. */
export function judge(facts: MachineFacts): Check[] {
  return [
    node(facts),
    terraform(facts),
    packages(facts),
    folder(facts),
    disk(facts),
    platform(facts),
    git(facts),
    cdktf(facts),
    { name: "sandbox", result: "fine", found: facts.sandbox },
    locks(facts),
  ];
}

function node({ nodeVersion }: MachineFacts): Check {
  // Older ones don't come this far: bootstrap/node-version.cjs.
  return { name: "Node.js", result: "fine", found: nodeVersion };
}

function terraform({ terraform: found }: MachineFacts): Check {
  if ("problem" in found) {
    return {
      name: "Terraform",
      result: "missing",
      found: found.problem,
      fix: `"npm start" downloads it; or install Terraform 1.11 (https://developer.hashicorp.com/terraform/install) or OpenTofu 1.11 (https://opentofu.org/docs/intro/install)`,
    };
  }
  return { name: found.product, result: "fine", found: `${found.version}, ${found.path} (${found.from})` };
}

function packages({ packagesInstalled, packageManager }: MachineFacts): Check {
  if (packagesInstalled) return { name: "packages", result: "fine", found: `installed by ${packageManager}` };
  const fix = `npx --yes ${packageManager} install --frozen-lockfile ("npm start" does it)`;
  return { name: "packages", result: "warning", found: "not those of the lock file", fix };
}

function folder({ writable }: MachineFacts): Check {
  if (writable === true) return { name: "folder", result: "fine", found: ".groundwork can be written" };
  return {
    name: "folder",
    result: "missing",
    found: writable,
    fix: "make the repository's folder writable for you",
  };
}

function disk({ freeBytes }: MachineFacts): Check {
  const found = `${(freeBytes / gigabyte).toFixed(1)} GB free`;
  if (freeBytes >= gigabyte) return { name: "disk", result: "fine", found };
  return { name: "disk", result: "warning", found, fix: "free at least 1 GB: packages take 0.7 GB" };
}

function platform({ platform: found }: MachineFacts): Check {
  if (found !== "win32") return { name: "system", result: "fine", found };
  return { name: "system", result: "missing", found: "Windows", fix: "use it inside WSL 2 (wsl --install)" };
}

function git({ git: found }: MachineFacts): Check {
  if (found !== undefined) return { name: "git", result: "fine", found };
  return { name: "git", result: "warning", found: "none", fix: "install it: https://git-scm.com/downloads" };
}

function cdktf({ nodeAbi, cdktfAbis, nodeVersion }: MachineFacts): Check {
  if (cdktfAbis.includes(nodeAbi)) return { name: "cdktf", result: "fine", found: "works with this Node.js" };
  return {
    name: "cdktf",
    result: "warning",
    found: `cdktf-cli has no terminal library for Node.js ${nodeVersion}`,
    fix: `plain "cdktf diff" and "cdktf deploy" need Node.js 20 or 22; groundwork itself does not`,
  };
}

function locks({ locks: held }: MachineFacts): Check {
  if (held.length === 0) return { name: "locks", result: "fine", found: "none held in the sandbox" };
  const fix = `if its command is gone: groundwork state unlock ${held[0]?.split(",")[0]}`;
  return { name: "locks", result: "warning", found: held.join("; "), fix };
}
