/**
 * What the user wants to stop. The first signal asks: Terraform finishes what it has begun, writes its state and gives
 * its locks back. The second one kills.
 */
export class Interruption {
  private readonly asked = new AbortController();
  private readonly forced = new AbortController();
  private first: NodeJS.Signals | undefined;
  private readonly listener = (signal: NodeJS.Signals) => this.receive(signal);

  private firstAt = 0;

  /**
   * @param onReceived hears about the first and the second signal, to tell the user what happens now
   * @param now milliseconds
   */
  constructor(
    private readonly onReceived: (level: "asked" | "forced") => void = () => {},
    private readonly now: () => number = Date.now,
  ) {}

  /** Aborted by the first signal: start nothing new, ask what runs to stop. */
  get stop(): AbortSignal {
    return this.asked.signal;
  }

  /** Aborted by the second signal: kill what runs. */
  get kill(): AbortSignal {
    return this.forced.signal;
  }

  /** Exit code of a process ended by the first signal, as shells count: 130 for SIGINT; undefined when none came. */
  get exitCode(): number | undefined {
    return this.first === undefined ? undefined : 128 + signalNumbers[this.first as HandledSignal];
  }

  listen(): void {
    for (const signal of handledSignals) process.on(signal, this.listener);
  }

  ignore(): void {
    for (const signal of handledSignals) process.off(signal, this.listener);
  }

  /** Kills what runs, without a signal: there is nothing left that it could finish. */
  abandon(): void {
    this.forced.abort();
    this.asked.abort();
  }

  /** As if the process had received the signal. */
  receive(signal: NodeJS.Signals): void {
    if (this.first === undefined) {
      this.first = signal;
      this.firstAt = this.now();
      this.onReceived("asked");
      this.asked.abort();
    } else if (signal === "SIGHUP" || this.now() - this.firstAt < echoes) {
      // A terminal that goes away asks for nothing more, nor does the echo of the first signal.
    } else if (!this.forced.signal.aborted) {
      this.onReceived("forced");
      this.forced.abort();
    } else {
      process.exit(this.exitCode);
    }
  }
}

/** Milliseconds. In a terminal Ctrl-C reaches `npm start` and us, and npm passes its own on: one key, two signals. */
const echoes = 500;
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
type HandledSignal = keyof typeof signalNumbers;
const handledSignals = Object.keys(signalNumbers) as HandledSignal[];
