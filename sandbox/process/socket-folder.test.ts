import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CONTROL_SOCKET, makeSocketFolder, removeSocketFolder, sweepSocketFolders } from "./socket-folder";

/** As if made an hour ago. */
function age(folder: string): void {
  const then = new Date(Date.now() - 3_600_000);
  utimesSync(folder, then, then);
}

test("old folders without a living owner are swept, others stay", async () => {
  // GIVEN
  const [dead, young, alive, foreign] = [1, 2, 3, 4].map(makeSocketFolder) as [
    string,
    string,
    string,
    string,
  ];
  writeFileSync(join(dead, CONTROL_SOCKET), "");
  writeFileSync(join(foreign, CONTROL_SOCKET), "");
  writeFileSync(join(foreign, "notes.txt"), "");
  const owner = createServer();
  await new Promise<void>((resolve) => owner.listen(join(alive, CONTROL_SOCKET), resolve));
  for (const folder of [dead, alive, foreign]) age(folder);
  // WHEN
  await sweepSocketFolders();
  // THEN
  expect([dead, young, alive, foreign].map(existsSync)).toEqual([false, true, true, true]);
  expect(existsSync(join(foreign, CONTROL_SOCKET))).toBe(true);

  owner.close();
  removeSocketFolder(alive);
  removeSocketFolder(young);
  rmSync(foreign, { recursive: true });
  expect([young, alive].map(existsSync)).toEqual([false, false]);
});

test("a folder of another name is not removed, whatever a record says", () => {
  const folder = mkdtempSync(join(tmpdir(), "gw-precious-"));
  removeSocketFolder(folder);
  expect(existsSync(folder)).toBe(true);
  rmSync(folder, { recursive: true });
});
