import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");

function run(
  args: readonly string[],
  reads: boolean,
): Promise<{ code: number | null; said: string; complaint: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, "pipeline/bin/groundwork.mjs"), ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [said, complaint] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (said += chunk));
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk));
    if (!reads) child.stdout.destroy();
    child.on("close", (code) => resolve({ code, said, complaint }));
  });
}

describe("the command", () => {
  test("GIVEN a reader that went away WHEN it tells its help THEN it ends quietly", async () => {
    expect(await run(["--help"], false)).toEqual({ code: 0, said: "", complaint: "" });
  });

  test("tells its version", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(await run(["--version"], true)).toMatchObject({ code: 0, said: `${version}\n` });
  });
});
