import { createServer } from "node:net";
import { join } from "node:path";
import { control, NotThere } from "./control-client";
import { makeSocketFolder, removeSocketFolder } from "./socket-folder";

let folder: string;

beforeEach(() => {
  folder = makeSocketFolder();
});

afterEach(() => removeSocketFolder(folder));

test("a sandbox that was stopped in its tracks is not waited for without end", async () => {
  const path = join(folder, "control.sock");
  // As a stopped process: connections are taken, and nothing comes back.
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(path, resolve));
  await expect(control(path, "GET", "/status", {}, 50)).rejects.toThrow("does not answer");
  silent.close();
});

test("one that is gone is told from one that fails", async () => {
  await expect(control(join(folder, "nobody.sock"), "GET", "/status")).rejects.toThrow(NotThere);
  const path = join(folder, "control.sock");
  const abrupt = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => abrupt.listen(path, resolve));
  await expect(control(path, "GET", "/status")).rejects.toThrow(NotThere);
  abrupt.close();
});
