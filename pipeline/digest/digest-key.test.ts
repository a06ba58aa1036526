import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestKey } from "./digest-key";

describe("the key of digests", () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "digest-key-"));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test("GIVEN none THEN one is made, for its owner only, and stays", () => {
    const first = digestKey(root, {});
    expect(digestKey(root, {})).toEqual(first);
    expect(statSync(join(root, ".groundwork", "digest-key")).mode & 0o077).toBe(0);
  });

  test("GIVEN one in the environment THEN that; when it is too short it is refused and not told", () => {
    const given = { GROUNDWORK_DIGEST_KEY: "0123456789abcdef0123456789abcdef" };
    expect(digestKey(root, given)).not.toEqual(digestKey(root, {}));
    expect(() => digestKey(root, { GROUNDWORK_DIGEST_KEY: "hunter2" })).toThrow(
      "GROUNDWORK_DIGEST_KEY: found 7 characters",
    );
  });
});
