import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { findTerraform } from "../../bootstrap/terraform/find.mjs";
import { Interruption } from "../interruption";
import { lockProblems, platformName, readLockFile, withHeading } from "./lock-file";
import { lockProviders } from "./lock-providers";

/** A zip archive of one file, not packed. */
function zipOf(name: string, content: string): Buffer {
  const [file, data] = [Buffer.from(name), Buffer.from(content)];
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, file, data]);
  const entry = Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), common, Buffer.alloc(14), file]);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}

const google = "registry.terraform.io/hashicorp/google";
const atlas = "registry.terraform.io/mongodb/mongodbatlas";
const providers = { [google]: "6.50.0", [atlas]: "1.41.1" };
const platforms = ["darwin_arm64", "linux_amd64"];

describe("locking providers", () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "gw-lock-"));
    for (const [address, version] of Object.entries(providers)) {
      const folder = join(root, "mirror", address);
      const type = address.split("/").at(-1);
      mkdirSync(folder, { recursive: true });
      for (const platform of platforms) {
        const zip = zipOf(`terraform-provider-${type}_v${version}`, `${type} for ${platform}`);
        writeFileSync(join(folder, `terraform-provider-${type}_${version}_${platform}.zip`), zip);
      }
    }
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const lock = async (wanted: Record<string, string>) => {
    const { found: binary } = await findTerraform({ root });
    if (!binary) throw new Error("These tests need Terraform or OpenTofu on the PATH.");
    const env = { PATH: process.env.PATH ?? "", HOME: root };
    const mirror = join(root, "mirror");
    return lockProviders({
      binary,
      env,
      interruption: new Interruption(),
      providers: wanted,
      platforms,
      mirror,
    });
  };

  test("GIVEN a mirror THEN Terraform locks every provider for every platform", async () => {
    const text = withHeading(await lock(providers), platforms);
    const read = readLockFile(text);
    expect(read.platforms).toEqual(platforms);
    expect(
      [...read.providers].map(([address, { version, hashes }]) => [address, version, hashes.length]),
    ).toEqual([
      [google, "6.50.0", 2],
      [atlas, "1.41.1", 2],
    ]);
    expect(lockProblems(read, providers)).toEqual([]);
  });

  test("GIVEN a provider that can't be had THEN Terraform's reason is told", async () => {
    await expect(lock({ [google]: "6.51.0" })).rejects.toThrow(/can't lock the providers[\s\S]*6\.51\.0/);
  });

  test("GIVEN a lock file that no longer fits THEN every difference is told", () => {
    const text = `provider "${google}" {\n  version = "6.49.0"\n  hashes = [\n    "h1:a",\n  ]\n}\n\nprovider "x/y/z" {\n  version = "1.0.0"\n}\n`;
    expect(lockProblems(readLockFile(text), providers)).toEqual([
      `${google} is locked at 6.49.0, the code asks for 6.50.0`,
      `${atlas} 1.41.1 is missing`,
      "x/y/z is no longer used",
    ]);
    expect([platformName("darwin", "arm64"), platformName("win32", "x64")]).toEqual([
      "darwin_arm64",
      "windows_amd64",
    ]);
  });
});
