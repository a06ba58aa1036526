import { createColors } from "picocolors";
import { annotation } from "./annotation";
import { Progress } from "./progress";
import { addToSummary, folded } from "./workflow-log";

export type Colours = ReturnType<typeof createColors>;

/** A stream that people or programs read. */
export interface OutputStream {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

export interface ConsoleOptions {
  stdout: OutputStream;
  stderr: OutputStream;
  /** Standard output carries one JSON document and nothing else. */
  json: boolean;
  env: NodeJS.ProcessEnv;
}

/**
 * Where commands write. Results go to standard output; what happens meanwhile goes to standard error: moving on a
 * terminal, plain lines elsewhere.
 */
export class Console {
  readonly json: boolean;
  /** Colours for standard output. */
  readonly colours: Colours;
  readonly progress: Progress;

  constructor(private readonly options: ConsoleOptions) {
    const { stdout, stderr, json, env } = options;
    this.json = json;
    this.colours = createColors(usesColours(stdout, env));
    this.progress = new Progress({
      stream: stderr,
      moving: stderr.isTTY === true && env.TERM !== "dumb" && !env.CI,
      colours: createColors(usesColours(stderr, env)),
    });
  }

  private parts: unknown[] | undefined;
  private common: object | undefined;

  /** Width of standard output; undefined when it is no terminal. */
  get columns(): number | undefined {
    return this.options.stdout.isTTY ? this.options.stdout.columns : undefined;
  }

  /** A result for people; nothing when a program reads. */
  print(text: string): void {
    if (!this.json) this.options.stdout.write(`${text}\n`);
  }

  /** The result for programs; nothing when people read. */
  printJson(value: object): void {
    if (this.parts) this.parts.push(value);
    else if (this.json) {
      const whole = this.common ? { ...this.common, ...value } : value;
      this.options.stdout.write(`${JSON.stringify(whole, null, 2)}\n`);
    }
  }

  /** For work that prints results of its own: they become parts of a larger one, and are not written. */
  async collectJson<T>(parts: unknown[], work: () => Promise<T>): Promise<T> {
    this.parts = parts;
    try {
      return await work();
    } finally {
      this.parts = undefined;
    }
  }

  /** What the document of this run says whatever comes; also when that is an error. */
  alsoInJson(fields: object): void {
    this.common = fields;
  }

  /** What went wrong, for the list that a workflow run of GitHub shows; elsewhere nothing. The text is told besides. */
  annotate(title: string, text: string): void {
    if (this.options.env.GITHUB_ACTIONS === "true") this.note(annotation(title, text));
  }

  /** A result for people that may be long: folded in the log of a workflow run, under a title. */
  printFolded(title: string, text: string): void {
    this.print(folded(title, text, this.options.env));
  }

  /** Markdown for the summary that a workflow run of GitHub shows for this step; elsewhere nothing. */
  summarize(markdown: string): void {
    addToSummary(markdown, this.options.env);
  }

  /** Something that people should know beside the result. */
  note(text: string): void {
    this.progress.line(text);
  }
}

/** https://no-color.org and https://force-color.org */
function usesColours(stream: OutputStream, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return stream.isTTY === true && env.TERM !== "dumb";
}
