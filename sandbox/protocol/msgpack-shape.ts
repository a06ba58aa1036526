/** Bytes of payload after the first byte of a number, a boolean and the like, from 0xca on. */
const FIXED: { [first: number]: number } = {
  202: 4,
  203: 8,
  204: 1,
  205: 2,
  206: 4,
  207: 8,
  208: 1,
  209: 2,
  210: 4,
  211: 8,
  212: 2,
  213: 3,
  214: 5,
  215: 9,
  216: 17,
};

/** Values whose length follows the first byte: bytes of that length, what is added to it, what is counted. */
const SIZED: { [first: number]: [width: 1 | 2 | 4, extra: number, counts: "bytes" | "items" | "pairs"] } = {
  196: [1, 0, "bytes"],
  197: [2, 0, "bytes"],
  198: [4, 0, "bytes"],
  199: [1, 1, "bytes"],
  200: [2, 1, "bytes"],
  201: [4, 1, "bytes"],
  217: [1, 0, "bytes"],
  218: [2, 0, "bytes"],
  219: [4, 0, "bytes"],
  220: [2, 0, "items"],
  221: [4, 0, "items"],
  222: [2, 0, "pairs"],
  223: [4, 0, "pairs"],
};

/**
 * Whether the bytes are exactly one msgpack value. Asked before decoding, because the decoder makes an array of whatever
 * length a header claims: a few kilobytes of garbage would take gigabytes.
 */
export function isOneMsgpackValue(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  // Every value needs a byte at least, so what is still to come may never exceed what is left.
  for (let expected = 1; expected > 0; ) {
    if (expected > bytes.length - offset) return false;
    const first = bytes[offset++] as number;
    expected--;
    const sized = SIZED[first];
    if (sized) {
      const [width, extra, counts] = sized;
      if (offset + width > bytes.length) return false;
      const size =
        width === 1 ? view.getUint8(offset) : width === 2 ? view.getUint16(offset) : view.getUint32(offset);
      offset += width;
      if (counts === "bytes") offset += size + extra;
      else expected += counts === "items" ? size : 2 * size;
    } else if (first >= 0x80 && first <= 0x8f) expected += 2 * (first & 0x0f);
    else if (first >= 0x90 && first <= 0x9f) expected += first & 0x0f;
    else if (first >= 0xa0 && first <= 0xbf) offset += first & 0x1f;
    else if (first === 0xc1) return false;
    else offset += FIXED[first] ?? 0;
  }
  return offset === bytes.length;
}
