/** A running sandbox, held open by this process until released. */
export interface SandboxLease {
  /**
   * Variables that make Terraform use the sandbox: TF_REATTACH_PROVIDERS, STORAGE_EMULATOR_HOST and friends. A sandbox
   * that was killed is started again, and this object changed: read it each time when a Terraform is started.
   */
  env: { [name: string]: string };
  /** How it was when the lease was taken. */
  status: SandboxStatus;
  /**
   * Resolves when the sandbox is gone for good while the lease is held: somebody stopped it, or it can't be started
   * again. Terraform then retries to reach its state for ever, so whoever runs one had better end it.
   */
  lost: Promise<void>;
  /** Gives the sandbox up; the last one to do so stops it, unless it was started to stay. Idempotent. */
  release(): Promise<void>;
}

export interface SandboxStatus {
  running: boolean;
  pid?: number;
  /** Started by `sandbox start`: runs until `sandbox stop`. */
  persistent?: boolean;
  startedAt?: string;
  /** Commands that hold it open now. */
  leases?: number;
  /** Objects in the simulated cloud, by type. */
  objects?: { [type: string]: number };
  /** States held by the state server, with lock holder where locked. */
  states?: { bucket: string; name: string; bytes: number; generation: string; lock?: StateLock }[];
  /** Objects that were taken back since it started, because their runs were killed before a state knew of them. */
  takenBack?: { type: string; id: string }[];
  /** Folder that holds the store. */
  folder: string;
}

/** Who keeps others from changing a state. */
export interface StateLock {
  /** What `terraform force-unlock` wants. */
  id: string;
  /** `user@machine`, as Terraform wrote it. */
  who?: string;
  /** `OperationTypeApply` and the like. */
  operation?: string;
  /** ISO 8601. */
  createdAt: string;
}
