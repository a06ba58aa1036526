import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import type { Interruption } from "../interruption";

/** How a child process ended. */
export interface Ended {
  /** Exit code; undefined when a signal ended it. */
  code: number | undefined;
  stdout: string;
  stderr: string;
}

export interface ChildOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  interruption: Interruption;
  /** Hears every line of standard output, as it comes. */
  onLine?: (line: string) => void;
}

/**
 * Runs a program to its end. It gets a process group of its own, so that Ctrl-C in a terminal reaches it once, from us:
 * Terraform takes a second SIGINT for an order to drop everything.
 *
 * @throws Error when the program can't be started
 */
export function runChild(program: string, args: readonly string[], options: ChildOptions): Promise<Ended> {
  const { cwd, env, interruption, onLine } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const signal = (name: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, name);
      } catch {
        child.kill(name);
      }
    };
    const stop = () => signal("SIGINT");
    const kill = () => signal("SIGKILL");
    const forget = () => {
      interruption.stop.removeEventListener("abort", stop);
      interruption.kill.removeEventListener("abort", kill);
    };
    interruption.stop.addEventListener("abort", stop);
    interruption.kill.addEventListener("abort", kill);
    // Asked between the caller's look and now.
    if (interruption.stop.aborted) stop();

    const stdout = new LineReader(onLine);
    const stderr = new LineReader();
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.once("error", (error) => {
      forget();
      reject(error);
    });
    child.once("close", (code) => {
      forget();
      resolve({ code: code ?? undefined, stdout: stdout.end(), stderr: stderr.end() });
    });
  });
}

/** Collects a stream's text and tells its lines. */
class LineReader {
  private readonly decoder = new StringDecoder("utf8");
  private readonly chunks: string[] = [];
  private rest = "";

  constructor(private readonly onLine?: (line: string) => void) {}

  push(chunk: Buffer): void {
    this.add(this.decoder.write(chunk));
  }

  end(): string {
    this.add(this.decoder.end());
    if (this.rest !== "") this.onLine?.(this.rest);
    return this.chunks.join("");
  }

  private add(text: string): void {
    this.chunks.push(text);
    if (!this.onLine) return;
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.onLine(line);
  }
}
