import { inflateRawSync } from "node:zlib";
import { z } from "zod";

/** What a saved plan carries of the state that it was made from. */
const stateFile = z.object({ lineage: z.string(), serial: z.number() });

/** The parts of a saved plan that tell what it was made from. */
export interface PlanFile {
  /** Which version of the state: the one that Terraform will ask for when it applies this. */
  state: { lineage: string; serial: number };
  /** `cdk.tf.json`, as Terraform read it: what an apply of this plan will do comes from here and nowhere else. */
  configuration: string;
  /** `.terraform.lock.hcl`; empty when there was none. */
  lockFile: string;
}

const configurationName = "tfconfig/m-/cdk.tf.json";

/**
 * Looks into a plan that Terraform or OpenTofu saved: a zip archive
 * (https://developer.hashicorp.com/terraform/internals/json-format names no layout; it is that of
 * `internal/plans/planfile` since 0.12).
 *
 * @throws Error when it is none, as for one that OpenTofu encrypted
 */
export function readPlanFile(content: Buffer): PlanFile {
  const entries = zipEntries(content);
  const configuration = entries.get(configurationName);
  // `tfstate-prev` holds the same state before refreshing, and doesn't say which version it is.
  const prior = entries.get("tfstate");
  if (configuration === undefined || prior === undefined) throw new Error("not a saved plan");
  return {
    state: stateFile.parse(JSON.parse(prior().toString("utf8"))),
    configuration: configuration().toString("utf8"),
    lockFile: entries.get(".terraform.lock.hcl")?.().toString("utf8") ?? "",
  };
}

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const largestComment = 65_535;

/**
 * The files of a zip archive, read when they are asked for.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3
 */
function zipEntries(archive: Buffer): Map<string, () => Buffer> {
  let end = archive.length - 22;
  const first = Math.max(0, end - largestComment);
  while (end >= first && archive.readUInt32LE(end) !== endOfDirectory) end--;
  if (end < first) throw new Error("not a zip archive");
  const entries = new Map<string, () => Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new Error("damaged zip archive");
    const [method, size] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      archive.readUInt16LE(at + offset),
    ) as [number, number, number];
    const header = archive.readUInt32LE(at + 42);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    entries.set(name, () => {
      const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
      const packed = archive.subarray(start, start + size);
      return method === 0 ? packed : inflateRawSync(packed);
    });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}
