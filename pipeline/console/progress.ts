import type { Colours, OutputStream } from "./console";
import { secondsText } from "./seconds";

export interface ProgressOptions {
  stream: OutputStream;
  /** A terminal: what runs now is drawn again and again below the lines of what is done. */
  moving: boolean;
  colours: Colours;
  /** Milliseconds. @default - Date.now */
  now?: () => number;
}

interface Task {
  name: string;
  note: string;
  startedAt: number;
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const redrawEvery = 100;

/** What happens now. Done things are lines that stay; running ones are redrawn on a terminal and silent elsewhere. */
export class Progress {
  private readonly running = new Map<string, Task>();
  private readonly now: () => number;
  private drawn = 0;
  private frame = 0;
  private timer: NodeJS.Timeout | undefined;
  private width = 0;

  constructor(private readonly options: ProgressOptions) {
    this.now = options.now ?? Date.now;
  }

  get colours(): Colours {
    return this.options.colours;
  }

  /** A line that stays. */
  line(text: string): void {
    this.erase();
    this.options.stream.write(`${text}\n`);
    this.draw();
  }

  /** Makes names as wide as the longest of these, so that notes stand in one column. */
  align(names: readonly string[]): void {
    this.width = Math.max(0, ...names.map((name) => name.length));
  }

  start(name: string, note: string): void {
    this.running.set(name, { name, note, startedAt: this.now() });
    this.keepDrawing();
  }

  update(name: string, note: string): void {
    const task = this.running.get(name);
    if (task) task.note = note;
  }

  /** Ends a running thing with a line that stays. */
  finish(name: string, result: "done" | "failed" | "skipped", note: string): void {
    const task = this.running.get(name);
    this.running.delete(name);
    const { colours } = this.options;
    const mark = { done: colours.green("✓"), failed: colours.red("✗"), skipped: colours.dim("–") }[result];
    const took = task ? colours.dim(secondsText((this.now() - task.startedAt) / 1000)) : "";
    this.line(`  ${mark} ${name.padEnd(this.width)}  ${`${note}  ${took}`.trimEnd()}`);
    if (this.running.size === 0) this.rest();
  }

  /** Forgets what runs: something else has gone wrong. */
  clear(): void {
    this.erase();
    this.running.clear();
    this.rest();
  }

  private keepDrawing(): void {
    if (!this.options.moving || this.timer) return;
    this.timer = setInterval(() => {
      this.frame++;
      this.erase();
      this.draw();
    }, redrawEvery);
    this.timer.unref();
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private erase(): void {
    if (this.drawn > 0) this.options.stream.write(`\u001b[${this.drawn}A\u001b[0J`);
    this.drawn = 0;
  }

  private draw(): void {
    if (!this.options.moving) return;
    const { stream, colours } = this.options;
    const spinner = colours.cyan(frames[this.frame % frames.length] ?? "");
    for (const { name, note, startedAt } of this.running.values()) {
      const seconds = secondsText((this.now() - startedAt) / 1000);
      const room = (stream.columns || 80) - 6 - Math.max(name.length, this.width) - seconds.length - 3;
      const shortNote = note.length > room ? `${note.slice(0, Math.max(0, room - 1))}…` : note;
      stream.write(`  ${spinner} ${name.padEnd(this.width)}  ${shortNote}  ${colours.dim(seconds)}\n`);
    }
    this.drawn = this.running.size;
  }
}
