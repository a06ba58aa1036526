import fc from "fast-check";
import { isPrivateRange, overlap, parseRange } from "./ranges";

const prefix = fc.integer({ min: 8, max: 32 });
/** A range whose first address is aligned, with its bounds. */
const ranges = fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), prefix).map(([address, length]) => {
  const size = 2 ** (32 - length);
  const first = Math.floor(address / size) * size;
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return { text: `${parts.join(".")}/${length}`, first, last: first + size - 1, length };
});

test("a range is read as it was written", () => {
  fc.assert(
    fc.property(ranges, ({ text, first, length }) => {
      expect(parseRange(text)).toEqual({ first, prefix: length });
    }),
  );
});

test("ranges overlap when they share an address, whichever is asked first", () => {
  fc.assert(
    fc.property(ranges, ranges, (one, other) => {
      const shared = one.first <= other.last && other.first <= one.last;
      expect([overlap(one.text, other.text), overlap(other.text, one.text)]).toEqual([shared, shared]);
    }),
  );
});

test("any other text is no range, and never a crash", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      if (!/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(text)) expect(parseRange(text)).toBeUndefined();
      expect(isPrivateRange(text, 0, 32) && parseRange(text) === undefined).toBe(false);
    }),
  );
});
