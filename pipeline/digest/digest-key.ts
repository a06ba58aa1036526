import { createHash, randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "@groundwork/user-error";

/** What sensitive values are mixed with before they count in a digest. A secret itself: who has it can try values. */
export interface DigestKey {
  readonly bytes: Buffer;
}

const variable = "GROUNDWORK_DIGEST_KEY";
const shortest = 32;

/**
 * The key of `GROUNDWORK_DIGEST_KEY`, which every machine that plans and applies the same states shares; without it, a
 * random one of this repository's folder, made now if there is none.
 *
 * @throws UserError when the variable is too short to be a key
 */
export function digestKey(root: string, env: NodeJS.ProcessEnv): DigestKey {
  const given = env[variable];
  if (given === undefined || given === "") return localKey(join(root, ".groundwork", "digest-key"));
  if (given.length < shortest) {
    throw new UserError("That is no key for digests.", [
      {
        field: variable,
        found: `${given.length} characters`,
        expected: `at least ${shortest} random characters, such as from "openssl rand -hex 32"`,
      },
    ]);
  }
  return keyOf(given);
}

/** A key from random text. */
export function keyOf(text: string): DigestKey {
  return { bytes: createHash("sha256").update(text.trim()).digest() };
}

/** Two commands that make it at once end up with the same one: a link can be made only once. */
function localKey(file: string): DigestKey {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    return keyOf(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(draft, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return keyOf(readFileSync(file, "utf8"));
}
