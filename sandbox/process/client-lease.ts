import type { SandboxLease } from "./contract";
import type { LeaseRequest } from "./control-api";
import { control, NotThere } from "./control-client";
import { type Found, findOrStart } from "./find-daemon";
import { terraformEnvironment } from "./terraform-environment";

/** A sandbox that breaks down again and again is not worth starting again. */
const MOST_RESTARTS = 3;

/** How long a released sandbox may take to end before its user goes on without waiting. */
const GOODBYE_PATIENCE_MS = 1_000;

export interface ClientLeaseOptions {
  root: string;
  daemon: string;
  request: LeaseRequest;
  scope: "in-use" | "all";
}

/**
 * A lease on the side of its user. When the sandbox is killed, it is started again in the same place, so that a
 * Terraform which is running can end: it would try to reach its state and its lock for ever.
 */
export class ClientLease implements SandboxLease {
  readonly env: SandboxLease["env"];
  readonly status: SandboxLease["status"];
  readonly lost: Promise<void>;
  readonly #options: ClientLeaseOptions;
  #found: Found;
  #restarts = 0;
  #restarting: Promise<unknown> = Promise.resolve();
  #released: Promise<void> | undefined;
  #sayLost: () => void = () => {};

  static async take(options: ClientLeaseOptions): Promise<ClientLease> {
    return new ClientLease(options, await findOrStart(options.root, options.daemon, options.request));
  }

  private constructor(options: ClientLeaseOptions, found: Found) {
    this.#options = options;
    this.#found = found;
    this.status = found.status;
    this.env = terraformEnvironment(found.held.answer, options.scope, process.env);
    this.lost = new Promise((resolve) => {
      this.#sayLost = resolve;
    });
    this.#watch();
  }

  release(): Promise<void> {
    this.#released ??= this.#restarting.then(() => this.#release());
    return this.#released;
  }

  #watch(): void {
    void this.#found.held.closed.then((how) => {
      if (this.#released !== undefined) return;
      if (how === "ended" || this.#restarts >= MOST_RESTARTS) return this.#sayLost();
      this.#restarts++;
      this.#restarting = this.#restart().catch(this.#sayLost);
    });
  }

  async #restart(): Promise<void> {
    const { root, daemon, request, scope } = this.#options;
    this.#found = await findOrStart(root, daemon, request);
    Object.assign(this.env, terraformEnvironment(this.#found.held.answer, scope, process.env));
    this.#watch();
  }

  /** Says good-bye; when nobody else needs the sandbox, waits for its end, so that no process is left behind. */
  async #release(): Promise<void> {
    const { record, held } = this.#found;
    try {
      const answer = await control(record.control, "DELETE", "/leases", { id: held.answer.id });
      // When it is needed no more, it still stays for a Terraform that is connected, and ends by itself after that.
      if (!(answer as { needed: boolean }).needed) await held.untilClosed(GOODBYE_PATIENCE_MS);
    } catch (error) {
      if (!(error instanceof NotThere)) throw error;
    } finally {
      held.drop();
    }
  }
}
