import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadTerraform } from "./download.mjs";
import { ensureTerraform } from "./ensure.mjs";
import { downloadedTerraform } from "./find.mjs";
import { pinned } from "./product.mjs";
import { type Answer, type ReleaseSite, release, serveReleases, zipOf } from "./release-site";

const zipPath = `/terraform/${pinned}/terraform_${pinned}_linux_amd64.zip`;
const linux = { platform: "linux", arch: "x64", env: {} };

describe("downloading Terraform", () => {
  let root: string;
  let site: ReleaseSite | undefined;

  const serve = async (answers: { [path: string]: Answer }) => {
    site = await serveReleases(answers);
    return site.address;
  };
  const filesInBin = () => readdirSync(join(root, ".groundwork", "bin"));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "download-"));
  });
  afterEach(async () => {
    await site?.close();
    site = undefined;
    rmSync(root, { recursive: true, force: true });
  });

  test("GIVEN a good release WHEN downloaded THEN the executable runs and nothing else is left", async () => {
    const path = await downloadTerraform({ root, site: await serve(release()), ...linux });

    expect(path).toBe(downloadedTerraform(root));
    expect(execFileSync(path, ["version"], { encoding: "utf8" })).toBe(`Terraform v${pinned}\n`);
    expect(filesInBin()).toEqual(["terraform"]);
  });

  test("GIVEN no Terraform anywhere WHEN one is needed THEN it is downloaded once and found afterwards", async () => {
    const address = await serve(release(undefined, platformOfThisMachine()));
    const said: string[] = [];
    const env = { PATH: "" };
    const first = await ensureTerraform({ root, env, site: address, say: (line) => said.push(line) });
    const second = await ensureTerraform({ root, env, site: address, say: (line) => said.push(line) });

    expect(first).toEqual({
      product: "Terraform",
      version: pinned,
      path: downloadedTerraform(root),
      from: ".groundwork",
    });
    expect(second).toEqual(first);
    expect(site?.asked).toHaveLength(2);
    expect(said).toEqual([`Downloading Terraform ${pinned} from ${address} …`]);
  });

  test("GIVEN an archive that is not the published one WHEN downloaded THEN it is refused", async () => {
    const other = zipOf("terraform", Buffer.from("#!/bin/sh\necho something else\n"));
    const download = downloadTerraform({ root, site: await serve(release(other)), ...linux });

    await expect(download).rejects.toThrow(/arrived damaged \(its SHA-256 is [0-9a-f]{64}, published is/);
    expect(filesInBin()).toEqual([]);
  });

  test("GIVEN a connection that breaks off WHEN downloaded THEN nothing is left, and the next run succeeds", async () => {
    const half = zipOf("terraform", Buffer.from("x")).subarray(0, 100);
    const broken = downloadTerraform({ root, site: await serve(release({ brokenAfter: half })), ...linux });
    await expect(broken).rejects.toThrow("could not be reached (the connection broke off)");
    expect(filesInBin()).toEqual([]);
    await site?.close();

    await downloadTerraform({ root, site: await serve(release()), ...linux });
    expect(filesInBin()).toEqual(["terraform"]);
  });

  test("GIVEN a killed run's leftovers WHEN downloaded THEN old ones go and young ones stay", async () => {
    const site = await serve(release());
    await downloadTerraform({ root, site, ...linux });
    const bin = join(root, ".groundwork", "bin");
    writeFileSync(join(bin, ".download-1-aa"), "half");
    writeFileSync(join(bin, ".download-2-bb"), "half");
    const yesterday = new Date(Date.now() - 86_400_000);
    utimesSync(join(bin, ".download-1-aa"), yesterday, yesterday);

    await downloadTerraform({ root, site, ...linux });
    expect(filesInBin().sort()).toEqual([".download-2-bb", "terraform"]);
  });

  test("GIVEN nobody at the address WHEN downloaded THEN the user is told what to install", async () => {
    const address = await serve({});
    await site?.close();
    const ensured = ensureTerraform({ root, env: { PATH: "" }, site: address });

    const host = new URL(address).host;
    await expect(ensured).rejects.toThrow(
      new RegExp(
        `^Groundwork needs Terraform, and ${host} could not be reached \\(.*ECONNREFUSED.*\\)\\. ` +
          "Install Terraform 1\\.11\\.0 or newer \\(https://.*\\) or OpenTofu 1\\.11\\.0 or newer \\(https://.*\\), " +
          "or set GROUNDWORK_TERRAFORM to its path\\.$",
      ),
    );
  });

  test("GIVEN a site without this release WHEN downloaded THEN its answer is told", async () => {
    const download = downloadTerraform({ root, site: await serve({}), ...linux });
    await expect(download).rejects.toThrow(/answered 404 for .*SHA256SUMS/);
  });

  test.each([
    ["linux", "mips", "HashiCorp builds no Terraform for linux on mips"],
    ["aix", "x64", "HashiCorp builds no Terraform for aix on x64"],
    ["linux", "arm64", `Terraform ${pinned} has no release terraform_${pinned}_linux_arm64.zip`],
  ])("GIVEN %s on %s WHEN there is no release for it THEN it is named", async (platform, arch, message) => {
    const download = downloadTerraform({ root, site: await serve(release()), env: {}, platform, arch });
    await expect(download).rejects.toThrow(message);
  });

  test("GIVEN a proxy WHEN downloaded THEN it is asked, except for hosts that it is not for", async () => {
    const proxied = Object.fromEntries(
      Object.entries(release()).map(([path, answer]) => [`http://releases.test${path}`, answer]),
    );
    const proxy = await serve(proxied);
    await downloadTerraform({ root, site: "http://releases.test", ...linux, env: { HTTP_PROXY: proxy } });
    expect(site?.asked.at(-1)).toBe(`http://releases.test${zipPath}`);

    const direct = { HTTP_PROXY: proxy, NO_PROXY: "example.org,.test" };
    await expect(
      downloadTerraform({ root, site: "http://releases.test", ...linux, env: direct }),
    ).rejects.toThrow("could not be reached");
  });
});

function platformOfThisMachine(): string {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  return `${process.platform}_${arch}`;
}
