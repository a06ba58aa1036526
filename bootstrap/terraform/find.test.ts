import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import fc from "fast-check";
import { findTerraform } from "./find.mjs";
import { compareVersions, isNewEnough, readVersion } from "./product.mjs";

describe("finding Terraform", () => {
  let root: string;
  const shellPath = process.env.PATH ?? "";

  /** An executable that prints this. */
  const executable = (folder: string, name: string, output: string) => {
    const path = join(root, folder, name);
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(path, `#!/bin/sh\ncat <<'END'\n${output}\nEND\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const search = (...folders: string[]) =>
    [...folders.map((folder) => join(root, folder)), "/bin"].join(delimiter);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "find-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test("GIVEN the real one on the PATH THEN it is found", async () => {
    const { found } = await findTerraform({ root, env: { PATH: shellPath } });
    expect(found).toMatchObject({ from: "PATH", version: expect.stringMatching(/^1\.\d+\.\d+/) });
  });

  test("GIVEN an old Terraform and a new OpenTofu THEN OpenTofu is used, and why Terraform was not is kept", async () => {
    const old = executable("a", "terraform", "Terraform v1.10.5\non linux_amd64");
    const tofu = executable("a", "tofu", "OpenTofu v1.11.5\non linux_amd64");

    const { found, rejected } = await findTerraform({ root, env: { PATH: search("a") } });
    expect(found).toEqual({ product: "OpenTofu", version: "1.11.5", path: tofu, from: "PATH" });
    expect(rejected).toEqual([
      { path: old, why: `${old} is Terraform 1.10.5, and 1.11.0 or newer is needed` },
    ]);
  });

  test("GIVEN two folders on the PATH THEN the first good one wins", async () => {
    executable("a", "terraform", "Terraform v1.9.0");
    const good = executable("b", "terraform", "Terraform v1.12.0");
    executable("c", "terraform", "Terraform v1.13.0");

    const { found } = await findTerraform({ root, env: { PATH: search("a", "b", "c") } });
    expect(found?.path).toBe(good);
  });

  test("GIVEN a Ctrl-C that reaches it while it is asked THEN it is asked again, and nothing is downloaded", async () => {
    const path = executable("a", "terraform", "Terraform v1.12.0");
    const once = join(root, "asked");
    writeFileSync(
      path,
      `#!/bin/sh\n[ -e ${once} ] || { : > ${once}; kill -INT $$; sleep 5; }\necho Terraform v1.12.0\n`,
    );
    const { found, rejected } = await findTerraform({ root, env: { PATH: search("a") } });
    expect({ path: found?.path, rejected }).toEqual({ path, rejected: [] });
  });

  test("GIVEN nothing on the PATH but an earlier download THEN that is used", async () => {
    const downloaded = executable(".groundwork/bin", "terraform", "Terraform v1.11.4");
    const { found } = await findTerraform({ root, env: { PATH: search() } });
    expect(found).toMatchObject({ path: downloaded, from: ".groundwork" });
  });

  test.each([
    ["missing", undefined, /^GROUNDWORK_TERRAFORM: there is no executable at /],
    ["too old", "Terraform v1.5.7", /is Terraform 1\.5\.7, and 1\.11\.0 or newer is needed$/],
    ["something else", "hello", /does not answer as Terraform or OpenTofu$/],
  ])("GIVEN a named executable that is %s THEN nothing else is tried", async (_what, output, message) => {
    executable("a", "terraform", "Terraform v1.12.0");
    if (output !== undefined) executable("named", "it", output);
    const env = { PATH: search("a"), GROUNDWORK_TERRAFORM: join(root, "named", "it") };
    await expect(findTerraform({ root, env })).rejects.toThrow(message);
  });
});

describe("versions", () => {
  test("GIVEN what the programs print THEN product and version are read, whatever stands around", () => {
    const warned =
      "There are some problems with the CLI configuration:\n╷\n│ Warning\n╵\n\nTerraform v1.11.4\non linux_amd64\n";
    expect(readVersion(warned)).toEqual({ product: "Terraform", version: "1.11.4" });
    expect(readVersion("OpenTofu v1.12.0-beta1\non darwin_arm64")).toEqual({
      product: "OpenTofu",
      version: "1.12.0-beta1",
    });
    expect(readVersion("git version 2.39.5")).toBeUndefined();
  });

  test("GIVEN a pre-release of the oldest one THEN it is too old", () => {
    expect(isNewEnough({ product: "Terraform", version: "1.11.0" })).toBe(true);
    expect(isNewEnough({ product: "Terraform", version: "1.11.0-rc1" })).toBe(false);
    expect(isNewEnough({ product: "OpenTofu", version: "1.10.9" })).toBe(false);
  });

  test("GIVEN any two versions THEN comparing them is comparing their numbers", () => {
    const numbers = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30));
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [difference = 0] = a.map((number, i) => number - (b[i] ?? 0)).filter((one) => one !== 0);
        expect(Math.sign(compareVersions(a.join("."), b.join(".")))).toBe(Math.sign(difference));
      }),
    );
  });
});
