/** A command that holds the sandbox open. */
export interface Lease {
  id: number;
  /** Process of the command. */
  pid: number;
  /** Folders with configurations whose resource types are in use as long as the lease lasts. */
  folders: readonly string[];
  /** Tells the command that the sandbox ends on purpose. */
  farewell: (why: string) => void;
}

export interface LeaseOptions {
  /** Clients that are connected without a lease, such as a Terraform whose `groundwork` was killed. */
  connections: () => number;
  /** Called once: nobody needs the sandbox any more. */
  onUnused: () => void;
  /** For whom the sandbox was started has so long to ask for a lease. @default 10_000 */
  firstLeaseMs?: number;
  /** So long nobody must be there before the sandbox ends, unless the last one said good-bye. @default 300 */
  graceMs?: number;
}

/** How often connections are counted while no command is there; nothing ticks while one is. */
const LOOK_EVERY_MS = 50;

/** Who uses the sandbox, and when that ends. */
export class Leases {
  readonly #options: LeaseOptions;
  readonly #leases = new Map<number, Lease>();
  #persistent = false;
  #lastId = 0;
  #unusedSince = 0;
  #graceMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#graceMs = options.firstLeaseMs ?? 10_000;
    this.#watch();
  }

  get persistent(): boolean {
    return this.#persistent;
  }

  /** From now on the sandbox runs until it is told to stop. */
  persist(): void {
    this.#persistent = true;
    this.#stopWatching();
  }

  all(): Lease[] {
    return [...this.#leases.values()];
  }

  take(given: Omit<Lease, "id">): Lease {
    const lease = { id: ++this.#lastId, ...given };
    this.#leases.set(lease.id, lease);
    this.#stopWatching();
    return lease;
  }

  /**
   * Idempotent.
   *
   * @param how "released": the command is done, so the sandbox may end at once; "lost": it vanished, and what it
   * started may still be about to connect
   * @returns whether somebody else still needs the sandbox
   */
  end(id: number, how: "released" | "lost"): boolean {
    if (this.#leases.delete(id) && this.#leases.size === 0) {
      this.#graceMs = how === "released" ? 0 : (this.#options.graceMs ?? 300);
      this.#watch();
    }
    return this.#persistent || this.#leases.size > 0;
  }

  /** Tells every command that this is the end. */
  close(why: string): void {
    this.#stopWatching();
    for (const lease of this.#leases.values()) lease.farewell(why);
  }

  #watch(): void {
    if (this.#persistent || this.#timer !== undefined) return;
    this.#unusedSince = Date.now();
    this.#timer = setInterval(() => {
      if (this.#options.connections() > 0) {
        this.#unusedSince = Date.now();
      } else if (Date.now() - this.#unusedSince >= this.#graceMs) {
        this.#stopWatching();
        this.#options.onUnused();
      }
    }, LOOK_EVERY_MS);
  }

  #stopWatching(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
