import fc from "fast-check";
import { zipOf } from "./release-site";
import { unzip } from "./unzip.mjs";

describe("unzipping", () => {
  test("GIVEN any content WHEN it was packed THEN it comes out again", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        const content = Buffer.from(bytes);
        expect(unzip(zipOf("terraform", content), "terraform").equals(content)).toBe(true);
      }),
    );
  });

  test("GIVEN an archive with any one byte changed THEN what comes out is right, or an error does", () => {
    const content = Buffer.from("a file that is long enough to be compressed, compressed, compressed");
    const archive = zipOf("terraform", content);
    fc.assert(
      fc.property(fc.nat(archive.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(archive);
        damaged[at] = (damaged[at] ?? 0) ^ change;
        let unpacked: Buffer = content;
        try {
          unpacked = unzip(damaged, "terraform");
        } catch {
          // Refused, which is as good.
        }
        expect(unpacked.equals(content)).toBe(true);
      }),
    );
  });

  test.each([
    ["nothing", Buffer.alloc(0), "not a zip archive"],
    ["a page of HTML", Buffer.from("<html>Not found</html>"), "not a zip archive"],
    ["another file", zipOf("tofu", Buffer.from("x")), "no terraform in the zip archive"],
  ])("GIVEN %s THEN it is refused", (_what, archive, message) => {
    expect(() => unzip(archive, "terraform")).toThrow(message);
  });
});
