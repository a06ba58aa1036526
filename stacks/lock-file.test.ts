import { lockFile, stackLockFile } from "./lock-file";

const google = "registry.terraform.io/hashicorp/google";
const atlas = "registry.terraform.io/mongodb/mongodbatlas";
const block = (address: string, version: string, ...hashes: string[]) =>
  [
    `provider "${address}" {`,
    `  version     = "${version}"`,
    `  constraints = "${version}"`,
    "  hashes = [",
    ...hashes.map((hash) => `    "${hash}",`),
    "  ]",
    "}",
    "",
  ].join("\n");
const committed = `# Ours.\n\n${block(google, "6.50.0", "h1:g", "zh:g")}\n${block(atlas, "1.41.1", "h1:a")}`;
const providers = { [google]: "6.50.0" };
const own = `# From the repository's lock file.\n\n${block(google, "6.50.0", "h1:g", "zh:g")}`;

describe("a stack's lock file", () => {
  test("GIVEN a committed lock file THEN it is the stack's part of that", () => {
    expect(stackLockFile(committed, "", providers)).toBe(own);
    expect(stackLockFile(committed, lockFile(providers), providers)).toBe(own);
  });

  test("GIVEN checksums that `terraform init` added THEN they stay, unless a committed one is missing", () => {
    const grown = `# By init.\n\n${block(google, "6.50.0", "h1:g", "h1:other", "zh:g")}`;
    expect(stackLockFile(committed, grown, providers)).toBe(grown);
    expect(stackLockFile(committed, block(google, "6.50.0", "h1:other"), providers)).toBe(own);
  });

  test("GIVEN a version that isn't committed, or no file at all THEN there are no checksums yet", () => {
    const newer = { [google]: "6.51.0" };
    expect(stackLockFile(committed, own, newer)).toBe(lockFile(newer));
    expect(stackLockFile("", "", providers)).toBe(lockFile(providers));
    const existing = block(google, "6.50.0", "h1:x");
    expect(stackLockFile("", existing, providers)).toBe(existing);
  });
});
