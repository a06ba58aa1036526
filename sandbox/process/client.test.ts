import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { buildSync } from "esbuild";
import { type DaemonRecord, readRecord } from "./claim";
import {
  acquireSandbox,
  addFault,
  deleteObject,
  editObject,
  listFaults,
  removeFault,
  resetSandbox,
  sandboxStatus,
  stopSandbox,
} from "./client";
import type { SandboxStatus } from "./contract";
import { control } from "./control-client";
import { defaultDaemon, placesOf } from "./places";
import { buildDaemon } from "./start-daemon";

const REPOSITORY = join(__dirname, "../..");
const daemon = defaultDaemon(REPOSITORY);

let folder: string;
let root: string;
let holder: string;
let children: ChildProcess[] = [];

beforeAll(() => {
  buildDaemon(REPOSITORY);
  folder = realpathSync(mkdtempSync(join(tmpdir(), "gw-process-")));
  holder = join(folder, "lease-holder.cjs");
  buildSync({
    entryPoints: [join(__dirname, "lease-holder.ts")],
    outfile: holder,
    bundle: true,
    platform: "node",
    format: "cjs",
  });
});

beforeEach(() => {
  root = mkdtempSync(join(folder, "root-"));
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  children = [];
  if (existsSync(root)) await stopSandbox({ root, force: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Holder {
  child: ChildProcess;
  env: { [name: string]: string };
  status: SandboxStatus;
  /** All that it said after it got its lease. */
  said: () => string;
}

/** A command in a process of its own that holds the sandbox. */
async function startHolder(options: object = {}): Promise<Holder> {
  const child = spawn(process.execPath, [holder, JSON.stringify({ root, daemon, ...options })], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  let text = "";
  const got = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve();
    });
    child.once("close", (code) => reject(new Error(`the holder ended with ${code}`)));
  });
  await got;
  const [line = "", ...rest] = text.split(/(?<=\n)/);
  text = rest.join("");
  return { child, ...JSON.parse(line), said: () => text };
}

/** Lets the command finish. */
async function finish({ child }: Holder): Promise<void> {
  child.stdin?.end();
  await once(child, "close");
}

async function kill({ child }: Holder): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "close");
}

const record = (): DaemonRecord => {
  const found = readRecord(placesOf(root).record);
  if (found === undefined) throw new Error("no sandbox is running");
  return found;
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Dead, but its parent, here the machine's first process, has not looked yet.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!condition() && Date.now() < end) await wait(10);
  expect(condition()).toBe(true);
}

/** Nothing of a sandbox is there any more but its data and its log. */
async function expectNothingLeft(gone: DaemonRecord): Promise<void> {
  // Its connections end a moment before the process is taken off the list.
  await until(() => !isAlive(gone.pid));
  expect(existsSync(gone.socketFolder)).toBe(false);
  expect(readdirSync(placesOf(root).folder).sort()).toEqual(["port", "sandbox.log", "store"]);
}

test("two commands at the same instant share one sandbox, and the last one to end ends it", async () => {
  // WHEN
  const [first, second] = await Promise.all([startHolder(), startHolder()]);
  // THEN
  expect(second.env).toEqual(first.env);
  expect(second.status.pid).toBe(first.status.pid);
  expect(await sandboxStatus({ root })).toMatchObject({ running: true, leases: 2, persistent: false });
  const running = record();
  expect(statSync(running.socketFolder).mode & 0o777).toBe(0o700);
  expect(statSync(placesOf(root).folder).mode & 0o777).toBe(0o700);

  await finish(first);
  expect(isAlive(running.pid)).toBe(true);
  await finish(second);
  await expectNothingLeft(running);
  expect(await sandboxStatus({ root })).toEqual({ running: false, folder: placesOf(root).folder });
});

test("a command that is killed takes the sandbox with it, unless another one holds it", async () => {
  const [first, second] = [await startHolder(), await startHolder()];
  const running = record();
  await kill(first);
  await wait(500);
  expect(isAlive(running.pid)).toBe(true);
  await kill(second);
  await until(() => !isAlive(running.pid));
  await expectNothingLeft(running);
});

test("when the sandbox is killed, its users start one in its place: same address, same data", async () => {
  // GIVEN
  const users = await Promise.all([startHolder(), startHolder(), startHolder()]);
  const killed = record();
  await addFault({ root, daemon, rule: { effect: { kind: "error", status: 503 }, times: 0 } });
  // WHEN
  process.kill(killed.pid, "SIGKILL");
  // THEN
  let status = await sandboxStatus({ root });
  for (const end = Date.now() + 30_000; Date.now() < end && status.leases !== 3; await wait(20)) {
    status = await sandboxStatus({ root });
  }
  expect(status).toMatchObject({ running: true, leases: 3 });
  const running = record();
  expect(running.pid).not.toBe(killed.pid);
  expect(running.state).toEqual(killed.state);
  expect(await listFaults({ root, daemon })).toHaveLength(1);
  expect(existsSync(killed.socketFolder)).toBe(false);
  for (const user of users) await finish(user);
  await expectNothingLeft(running);
});

test("a sandbox that was started to stay does so until it is stopped; in use it wants to be asked twice", async () => {
  // GIVEN
  await (await acquireSandbox({ root, daemon, persistent: true })).release();
  await wait(500);
  const running = record();
  expect(await sandboxStatus({ root })).toMatchObject({ running: true, persistent: true, leases: 0 });
  // WHEN
  const user = await startHolder();
  // THEN
  await expect(stopSandbox({ root })).rejects.toThrow(/in use[\s\S]*process \d+/);
  expect(user.said()).toBe("");
  expect(await stopSandbox({ root, force: true })).toBe(true);
  await until(() => user.said() === "lost\n");
  await finish(user);
  await until(() => !isAlive(running.pid));
  await expectNothingLeft(running);
  expect(await stopSandbox({ root })).toBe(false);
});

test("Ctrl-C and a hang-up of the terminal don't reach it; SIGTERM ends it cleanly; the next one has its port", async () => {
  await startHolder();
  const running = record();
  process.kill(running.pid, "SIGHUP");
  await wait(100);
  expect(isAlive(running.pid)).toBe(true);
  process.kill(running.pid, "SIGTERM");
  await until(() => !isAlive(running.pid));
  await expectNothingLeft(running);
  await startHolder();
  expect(record().state?.port).toBe(running.state?.port);
});

test("what a killed sandbox left, and rubbish in its place, is in nobody's way", async () => {
  const { folder: own, record: file } = placesOf(root);
  mkdirSync(own, { recursive: true });
  const daemonOfBefore = { file: "", hash: "", size: 0, modifiedMs: 0 };
  const before = {
    id: "x",
    pid: 1,
    startedAt: "",
    control: join(folder, "nobody.sock"),
    daemon: daemonOfBefore,
  };
  const leftovers = [
    "not json",
    "{}",
    JSON.stringify(before),
    JSON.stringify({ ...before, socketFolder: folder }),
  ];
  for (const leftover of leftovers) {
    writeFileSync(file, leftover);
    writeFileSync(`${file}.after-x`, leftover);
    const lease = await acquireSandbox({ root, daemon });
    const running = record();
    await lease.release();
    await expectNothingLeft(running);
  }
});

test("a root with a path too long for sockets, with spaces and quotes, will do", async () => {
  root = join(root, 'it\'s a "long" path '.repeat(8));
  mkdirSync(root, { recursive: true });
  const lease = await acquireSandbox({ root, daemon });
  expect(lease.status).toMatchObject({ running: true, folder: placesOf(root).folder });
  await lease.release();
});

test("a sandbox whose folder was deleted ends", async () => {
  await startHolder();
  const running = record();
  rmSync(join(root, ".groundwork"), { recursive: true });
  await until(() => !isAlive(running.pid));
  expect(existsSync(running.socketFolder)).toBe(false);
});

test("rubbish on the control socket gets an error, and the sandbox lives on", async () => {
  const lease = await acquireSandbox({ root, daemon });
  const { control: socketPath } = record();
  for (const rubbish of [
    "\x16\x03\x01\x00",
    "GET / HTTP/9\r\n\r\n",
    "POST /leases HTTP/1.1\r\nhost: x\r\n",
  ]) {
    const socket = connect(socketPath);
    socket.on("error", () => {});
    socket.end(rubbish);
    await once(socket.resume(), "close");
  }
  await expect(control(socketPath, "GET", "/nonsense")).rejects.toThrow("unknown request");
  for (const body of [null, 5, [], { pid: "x" }, { pid: 1, folders: [1] }]) {
    await expect(control(socketPath, "POST", "/leases", body)).rejects.toThrow("can't be read");
  }
  await expect(control(socketPath, "POST", "/faults", { effect: 1 })).rejects.toThrow(/fault\.effect/);
  expect(await sandboxStatus({ root })).toMatchObject({ leases: 1 });
  await lease.release();
});

describe("another version of the sandbox", () => {
  let newer: string;

  beforeEach(() => {
    // Beside the real one, so that it finds the same packages and data.
    newer = join(REPOSITORY, "sandbox", "dist", `newer-${process.pid}.cjs`);
    copyFileSync(daemon, newer);
    appendFileSync(newer, "// newer\n");
  });

  afterEach(() => rmSync(newer));

  test("takes over from one that nobody uses", async () => {
    const user = await startHolder();
    const old = record();
    await kill(user);
    const lease = await acquireSandbox({ root, daemon: newer });
    expect(lease.status.pid).not.toBe(old.pid);
    await lease.release();
  });

  test("leaves one alone that is in use or was started to stay, and says what to do", async () => {
    const user = await startHolder({ persistent: true });
    const message = /another version[\s\S]*sandbox stop/;
    await expect(acquireSandbox({ root, daemon: newer })).rejects.toThrow(message);
    await finish(user);
    await expect(acquireSandbox({ root, daemon: newer })).rejects.toThrow(message);
    await stopSandbox({ root });
    await (await acquireSandbox({ root, daemon: newer })).release();
  });
});

test("reset empties the store, whether the sandbox is running or not, or can't even read it", async () => {
  const options = { root, daemon };
  await acquireSandbox({ ...options, persistent: true });
  await addFault({ ...options, rule: { effect: { kind: "late", reads: 1 } } });
  await resetSandbox({ root });
  expect(await listFaults(options)).toEqual([]);

  const { id } = await addFault({ ...options, rule: { effect: { kind: "late", reads: 1 } } });
  expect(await removeFault({ ...options, id })).toBe(true);
  expect(await removeFault({ ...options, id })).toBe(false);
  await addFault({ ...options, rule: { effect: { kind: "late", reads: 1 } } });
  await stopSandbox({ root, force: true });
  await resetSandbox({ root });
  expect(readdirSync(placesOf(root).folder)).toEqual(["port", "sandbox.log"]);

  mkdirSync(placesOf(root).store);
  writeFileSync(join(placesOf(root).store, "cloud.mdb"), "no database".repeat(1_000));
  await expect(acquireSandbox(options)).rejects.toThrow(/store can't be opened[\s\S]*sandbox reset/);
  await resetSandbox({ root });
  const lease = await acquireSandbox(options);
  expect(lease.status.objects).toEqual({});
  await lease.release();
});

test("an edit of an object that isn't there says so", async () => {
  const target = { type: "google_project_service", id: "x/y" };
  await expect(editObject({ root, daemon, target, set: { service: "z" } })).rejects.toThrow(/no such object/);
  await expect(deleteObject({ root, daemon, target: { address: "google_a.b" } })).rejects.toThrow(
    /no single object/,
  );
});

test("the log names what happened and holds no password", async () => {
  const lease = await acquireSandbox({ root, daemon });
  const [, token = ""] = /sandbox:(\w+)@/.exec(lease.env.STORAGE_EMULATOR_HOST ?? "") ?? [];
  await lease.release();
  const log = readFileSync(placesOf(root).log, "utf8");
  expect(log).toMatch(/ready\n.*ends: nobody uses it any more\n$/);
  expect(token).toMatch(/^\w{32}$/);
  expect(log).not.toContain(token);
  expect(statSync(placesOf(root).log).mode & 0o777).toBe(0o600);
});
