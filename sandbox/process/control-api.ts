import type { FaultRule } from "../faults/fault-rule";
import type { Value } from "../values/value";

// What client and daemon say to each other: HTTP with JSON bodies over the control socket.
//
//   POST   /leases         LeaseRequest → a line of LeaseAnswer; the answer stays open as long as the lease, and when
//                          the sandbox ends on purpose, there comes a line of LeaseFarewell
//   DELETE /leases         { id } → { needed }: whether others still need the sandbox
//   GET    /status         → SandboxStatus
//   POST   /stop           StopRequest → {}; 400 when it is in use
//   POST   /reset          → {}
//   GET    /faults         → InstalledFault[]
//   POST   /faults         FaultRule → InstalledFault
//   DELETE /faults         { id? } → { removed }: one rule, or all
//   PATCH  /objects        EditRequest → the edited object
//   DELETE /objects        ObjectTarget → the deleted object
//
// An error is answered with ControlError; 503 says that the sandbox is about to end and the next one may be asked.

export interface LeaseRequest {
  pid: number;
  folders: string[];
  persistent: boolean;
}

export interface LeaseAnswer {
  id: number;
  /** TF_REATTACH_PROVIDERS: with the types that are in use, and with all types. */
  reattach: { inUse: string; all: string };
  state: { port: number; token: string };
  /** Where databases are; the password is that of the states. */
  mongodb: { port: number };
}

export interface LeaseFarewell {
  /** Why the sandbox ends. */
  ended: string;
}

export interface StopRequest {
  /** Even when commands use it. */
  force: boolean;
}

/** An object of the simulated cloud: by type and id, or by its address in a state. */
export type ObjectTarget =
  | { type: string; id: string }
  | {
      /** Terraform's address: `module.a.google_x.b["key"]`. */
      address: string;
      /** Part of the state's name, where several states know the address. @default - all states are searched */
      state?: string;
    };

export interface EditRequest {
  target: ObjectTarget;
  /** New values by path: `labels.team`, `scaling[0].max`. */
  set: { [path: string]: Value };
}

export type FaultRequest = FaultRule;

export interface ControlError {
  error: {
    /** The user's mistake, to be shown as it is. */
    user: boolean;
    headline: string;
    problems?: { field: string; found: string; expected: string }[];
  };
}
