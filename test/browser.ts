import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { brotliDecompressSync } from "node:zlib";

const repository = dirname(__dirname);

interface Answer {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/** A headless Chromium, driven by its own protocol over a pipe. https://chromedevtools.github.io/devtools-protocol/ */
export class Browser {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private readonly said: string[] = [];
  private sent = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly profile: string,
  ) {
    let rest = "";
    (child.stdio[4] as Readable).on("data", (chunk: Buffer) => {
      const messages = (rest + chunk).split("\0");
      rest = messages.pop() ?? "";
      for (const message of messages) this.receive(JSON.parse(message) as Answer);
    });
  }

  static start(): Browser {
    const profile = mkdtempSync(join(tmpdir(), "groundwork-browser-"));
    const { program, env } = findChromium();
    const args = [
      "--headless",
      "--no-sandbox",
      "--no-zygote",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--remote-debugging-pipe",
      `--user-data-dir=${profile}`,
      "about:blank",
    ];
    const stdio = ["ignore", "ignore", "ignore", "pipe", "pipe"] as const;
    // A group of its own: what the browser started writes to the profile until it is killed too.
    return new Browser(spawn(program, args, { stdio: [...stdio], env, detached: true }), profile);
  }

  /** Opens a file, or an address, and waits until it is there. */
  async open(file: string, { width = 1200, height = 900 } = {}): Promise<Page> {
    const { targetId } = (await this.send("Target.createTarget", { url: "about:blank" })) as {
      targetId: string;
    };
    const { sessionId } = (await this.send("Target.attachToTarget", { targetId, flatten: true })) as {
      sessionId: string;
    };
    const page = new Page((method, params) => this.send(method, params, sessionId), this.said);
    await page.send("Runtime.enable");
    await page.send("Log.enable");
    await page.send("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
    });
    const url = /^https?:/.test(file) ? file : pathToFileURL(file).href;
    await page.send("Page.navigate", { url });
    await page.until("document.readyState === 'complete' && location.href !== 'about:blank'");
    return page;
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once("close", resolve));
    process.kill(-(this.child.pid ?? 0), "SIGKILL");
    await gone;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private send(method: string, params: object = {}, sessionId?: string): Promise<unknown> {
    const id = ++this.sent;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result),
      );
      (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  private receive(answer: Answer): void {
    if (answer.id !== undefined) this.waiting.get(answer.id)?.(answer);
    const problems = ["Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"];
    if (answer.method && problems.includes(answer.method)) this.said.push(JSON.stringify(answer.params));
  }
}

/** One open page. */
export class Page {
  constructor(
    readonly send: (method: string, params?: object) => Promise<unknown>,
    /** Errors, refusals and whatever the page wrote to its console. */
    readonly said: readonly string[],
  ) {}

  /** Value of an expression in the page. */
  async value<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = (await this.send("Runtime.evaluate", {
      expression,
      returnByValue: true,
      awaitPromise: true,
    })) as { result: { value: T; description?: string }; exceptionDetails?: object };
    if (exceptionDetails) throw new Error(`${expression}: ${result.description}`);
    return result.value;
  }

  /** Waits until an expression is true. */
  async until(expression: string): Promise<void> {
    for (const end = Date.now() + 30_000; Date.now() < end; ) {
      if (await this.value<boolean>(`Boolean(${expression})`)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`never true: ${expression}`);
  }

  /** Presses keys as a person does: single characters, or names such as `Enter`. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const text = key.length === 1 ? key : { Enter: "\r" }[key];
      const code = { Enter: 13, Escape: 27, Tab: 9 }[key];
      const event = { key, ...(code ? { windowsVirtualKeyCode: code } : {}) };
      await this.send("Input.dispatchKeyEvent", { type: "keyDown", ...event, ...(text ? { text } : {}) });
      await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
    }
  }

  /** As the system asks for it. */
  async prefer(scheme: "light" | "dark"): Promise<void> {
    await this.send("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-color-scheme", value: scheme }],
    });
  }

  async screenshot(file: string): Promise<void> {
    const { data } = (await this.send("Page.captureScreenshot", { captureBeyondViewport: true })) as {
      data: string;
    };
    writeFileSync(file, Buffer.from(data, "base64"));
  }
}

interface Chromium {
  program: string;
  env: NodeJS.ProcessEnv;
}

/**
 * On Linux for x64 the browser that is installed with the packages; elsewhere the machine's own.
 *
 * @throws Error when there is none
 */
function findChromium(): Chromium {
  if (process.platform === "linux" && process.arch === "x64") return unpacked();
  const candidates = [
    process.env.CHROME_PATH ?? "",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/usr/bin/google-chrome",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
  ];
  const program = candidates.find((candidate) => candidate !== "" && existsSync(candidate));
  if (program === undefined) throw new Error("There is no Chromium or Chrome here; CHROME_PATH names one.");
  return { program, env: process.env };
}

/** The package holds the browser packed, and the libraries of a system that lacks them. */
function unpacked(): Chromium {
  const source = join(repository, "node_modules", "@sparticuz", "chromium");
  const { version } = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as { version: string };
  const folder = join(repository, ".groundwork", "browser", version);
  const program = join(folder, "chromium");
  if (!existsSync(program)) {
    const draft = `${folder}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    const unpack = (name: string) => brotliDecompressSync(readFileSync(join(source, "bin", name)));
    writeFileSync(join(draft, "chromium"), unpack("chromium.br"));
    chmodSync(join(draft, "chromium"), 0o755);
    writeFileSync(join(draft, "libraries.tar"), unpack("al2023.tar.br"));
    execFileSync("tar", ["-xf", "libraries.tar"], { cwd: draft });
    try {
      renameSync(draft, folder);
    } catch (error) {
      if (!existsSync(program)) throw error;
      rmSync(draft, { recursive: true });
    }
  }
  const runs = (env: NodeJS.ProcessEnv) => spawnSync(program, ["--version"], { env }).status === 0;
  if (runs(process.env)) return { program, env: process.env };
  return { program, env: { ...process.env, LD_LIBRARY_PATH: join(folder, "lib") } };
}
