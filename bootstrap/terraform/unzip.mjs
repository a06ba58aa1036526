// Takes one file out of a zip archive. Format: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
import { crc32, inflateRawSync } from "node:zlib";

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const fileHeader = 0x04034b50;
const stored = 0;
const deflated = 8;

/**
 * @param {Buffer} archive
 * @param {string} name path inside the archive
 * @returns {Buffer} the file's content, its checksum verified
 * @throws {Error} when the archive is damaged, has no such file, or uses what is not needed here (zip64, encryption)
 */
export function unzip(archive, name) {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0 || end + 22 > archive.length || archive.readUInt32LE(end) !== endOfDirectory) {
    throw new Error("not a zip archive");
  }
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== directoryEntry) {
      throw new Error("the zip archive's directory is damaged");
    }
    const nameLength = archive.readUInt16LE(at + 28);
    if (archive.toString("utf8", at + 46, at + 46 + nameLength) === name) return content(archive, at, name);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  throw new Error(`no ${name} in the zip archive`);
}

/**
 * @param {Buffer} archive
 * @param {number} entry offset of the file's directory entry, which knows the sizes also when the file was streamed
 * @param {string} name
 */
function content(archive, entry, name) {
  const flags = archive.readUInt16LE(entry + 8);
  const method = archive.readUInt16LE(entry + 10);
  const checksum = archive.readUInt32LE(entry + 16);
  const packedSize = archive.readUInt32LE(entry + 20);
  const size = archive.readUInt32LE(entry + 24);
  const header = archive.readUInt32LE(entry + 42);
  if (flags & 1 || (method !== stored && method !== deflated) || packedSize === 0xffffffff) {
    throw new Error(`${name} is packed in a way that is not supported`);
  }
  if (header + 30 > archive.length || archive.readUInt32LE(header) !== fileHeader) {
    throw new Error("the zip archive is damaged");
  }
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const packed = archive.subarray(start, start + packedSize);
  const file =
    method === deflated ? inflateRawSync(packed, { maxOutputLength: size + 1 }) : Buffer.from(packed);
  if (file.length !== size || crc32(file) !== checksum)
    throw new Error(`${name} in the zip archive is damaged`);
  return file;
}
