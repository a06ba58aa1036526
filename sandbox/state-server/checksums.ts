import { createHash } from "node:crypto";

/** CRC-32C (Castagnoli, reflected polynomial 0x82f63b78), which Node's `zlib.crc32` is not. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0x82f63b78 : remainder >>> 1;
  return remainder;
});

/** Base64 of the big-endian checksum, as Google Cloud Storage writes it. */
export function crc32c(content: Buffer): string {
  let crc = 0xffffffff;
  for (let index = 0; index < content.length; index++) {
    crc = (TABLE[(crc ^ (content[index] as number)) & 0xff] as number) ^ (crc >>> 8);
  }
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return bytes.toString("base64");
}

/** Base64. */
export function md5(content: Buffer): string {
  return createHash("md5").update(content).digest("base64");
}
