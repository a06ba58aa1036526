/** Something that is allowed although a rule speaks against it in general, and why. */
export interface Allowed {
  readonly what: string;
  readonly why: string;
}

/** What an organisation allows: `environments/allowances.ts`. */
export interface Allowances {
  /** Regions that data and services may be in, as each cloud calls them. `global` is always allowed. */
  readonly regions: { readonly google: readonly string[]; readonly atlas: readonly string[] };
  /** Routes that everybody may call without a token: `GET /healthz`. */
  readonly publicRoutes: readonly Allowed[];
  /** Grants to `allUsers`: the construct's path without the stack, `public-assets/everybody-reads`. */
  readonly publicGrants: readonly Allowed[];
}

/** What rules go by. */
export interface Settings extends Allowances {
  /** App Engine runtimes that may be deployed. */
  readonly runtimes: readonly string[];
  /** Ids of the accounts that may administer a project at all: `ci-*`, where `*` stands for any letters. */
  readonly administrators: readonly string[];
  /** Roles with "admin" in their name that those accounts may have on a whole project. */
  readonly administrativeRoles: readonly Allowed[];
  /** Labels that everything carries. */
  readonly labels: readonly string[];
  /** Versions that one App Engine application may have; Google refuses about 210. */
  readonly versionsPerApplication: number;
  readonly connections: {
    /** The variable in which a service is told the size of its connection pool. */
    readonly poolSizeVariable: string;
    /** Size of a pool where that variable is not set: the driver's own default. */
    readonly defaultPoolSize: number;
    /** Share of a tier's limit that may be used, 0 to 1. */
    readonly share: number;
  };
  /** Channels that wake somebody: types of `google_monitoring_notification_channel`. */
  readonly pagers: readonly string[];
  readonly releases: {
    /** The largest part of the traffic that one step of a canary may move, 0 to 1. */
    readonly canaryStep: number;
    /** Versions that are kept to go back to, however old. */
    readonly versionsKept: number;
    /** Days in which every version is kept. */
    readonly daysKept: number;
  };
}
