import { crc32, deflateRawSync } from "node:zlib";

/** A file to be packed. */
export interface PackedFile {
  /** Inside the archive, with `/`. */
  name: string;
  content: Buffer;
}

/** 1980-01-01, the first day that the format knows: the same files give the same bytes on any day. */
const day = 0x0021;
const version = 20;
const deflated = 8;
/** Names are UTF-8. */
const flags = 0x0800;
const headerBytes = 30;
const entryBytes = 46;
const endBytes = 22;

/**
 * Packs files into a zip archive that depends on nothing but their names and content.
 *
 * @param files in any order, at most 65535
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT sections 4.3.7, 4.3.12 and 4.3.16
 */
export function zip(files: readonly PackedFile[]): Buffer {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of sorted) {
    const packed = deflateRawSync(content, { level: 9 });
    const fields = fieldsOf(name, content, packed);
    const header = Buffer.alloc(headerBytes);
    header.write("PK\x03\x04", 0, "latin1");
    fields.copy(header, 4);
    const entry = Buffer.alloc(entryBytes);
    entry.write("PK\x01\x02", 0, "latin1");
    // Made on Unix, with the rights of a plain file.
    entry.writeUInt16LE((3 << 8) | version, 4);
    fields.copy(entry, 6);
    entry.writeUInt32LE((0o100644 << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    const path = Buffer.from(name, "utf8");
    parts.push(header, path, packed);
    directory.push(entry, path);
    offset += headerBytes + path.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(endBytes);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(sorted.length, 8);
  end.writeUInt16LE(sorted.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, entries, end]);
}

/** How many files an archive holds, by its directory; undefined when it is none. */
export function filesIn(archive: Buffer): number | undefined {
  const end = archive.length - endBytes;
  if (end < 0 || archive.toString("latin1", end, end + 4) !== "PK\x05\x06") return undefined;
  let at = archive.readUInt32LE(end + 16);
  let files = 0;
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (at + entryBytes > end || archive.toString("latin1", at, at + 4) !== "PK\x01\x02") return undefined;
    const length = archive.readUInt16LE(at + 28);
    if (archive[at + entryBytes + length - 1] !== "/".charCodeAt(0)) files++;
    at += entryBytes + length + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

/** What a file's header and its entry in the directory have in common. */
function fieldsOf(name: string, content: Buffer, packed: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(version, 0);
  fields.writeUInt16LE(flags, 2);
  fields.writeUInt16LE(deflated, 4);
  fields.writeUInt16LE(day, 8);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}
