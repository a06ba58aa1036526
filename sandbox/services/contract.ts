import type { ConfiguredProvider } from "../providers/contract";
import type { DataSourceType, ResourceType } from "../schemas/model";
import type { CloudStore } from "../store/contract";
import type { Diagnostic } from "../values/diagnostic";
import type { ObjectValue } from "../values/value";

export interface ApplyRequest {
  type: ResourceType;
  provider: ConfiguredProvider;
  /** null: create. */
  prior: ObjectValue | null;
  /** null: delete. May hold unknown values, which the service fills. */
  planned: ObjectValue | null;
  config: ObjectValue | null;
}

export interface ApplyOutcome {
  /** The new state, all known; null when the object is gone. On an error: what is true now. */
  state: ObjectValue | null;
  diagnostics: Diagnostic[];
}

/** What the cloud's APIs do when Terraform applies, reads and imports: one instance over the store. */
export interface Services {
  apply(request: ApplyRequest): Promise<ApplyOutcome>;
  /** The object as it is now; null when it is gone. */
  read(
    type: ResourceType,
    provider: ConfiguredProvider,
    current: ObjectValue,
  ): Promise<{ state: ObjectValue | null; diagnostics: Diagnostic[] }>;
  import(
    type: ResourceType,
    provider: ConfiguredProvider,
    id: string,
  ): Promise<{ state: ObjectValue | null; diagnostics: Diagnostic[] }>;
  readDataSource(
    type: DataSourceType,
    provider: ConfiguredProvider,
    config: ObjectValue,
  ): Promise<{ state: ObjectValue | null; diagnostics: Diagnostic[] }>;
}

export type CreateServices = (store: CloudStore) => Services;
