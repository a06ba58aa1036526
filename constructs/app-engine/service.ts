import type { ITerraformDependable } from "cdktf";

/** A service of App Engine, made here or in another stack. */
export interface ServiceLike {
  /** `orders`. */
  readonly serviceName: string;
  /** What must be there before the service is named anywhere. */
  readonly ready: readonly ITerraformDependable[];
}

/** A service that another stack makes. */
export function serviceByName(serviceName: string): ServiceLike {
  return { serviceName, ready: [] };
}

/** One version of a service, as traffic sees it. */
export interface VersionLike {
  readonly versionId: string;
  /** For `dependsOn`. */
  readonly resource: ITerraformDependable;
  /** It is told to warm up before it gets requests: standard environment, automatic scaling, `warmup` among its inbound services. */
  readonly warmsUp: boolean;
  /** It has instances, or gets them when requests come. */
  readonly serving: boolean;
}
