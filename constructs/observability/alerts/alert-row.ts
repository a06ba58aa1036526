import type { Duration } from "../../units";
import type { Tier } from "../channels/tier";

/** What Monitoring calls the severity of an incident. */
export type Severity = "CRITICAL" | "ERROR" | "WARNING";

/** What an alert is about, and so what makes it: see each construct's docstring. */
export type AlertAbout = "service" | "uptime check" | "objective" | "operation" | "spending";

/** A limit with its unit in sight. */
export interface Threshold {
  readonly value: number;
  /** On which side of the value something is wrong. */
  readonly wrong: "above" | "below";
  /**
   * `share`: between 0 and 1. `ms`, `days`: time. `count`: how many. `times`: a multiple of the spending that the
   * objective allows.
   */
  readonly unit: "share" | "ms" | "days" | "count" | "times";
}

/** One line of the alert table. */
export interface AlertRow {
  /** What has happened, as the title of the incident goes on after its subject: "answers with server errors". */
  readonly title: string;
  readonly about: AlertAbout;
  readonly tier: Tier;
  readonly severity: Severity;
  /** What is compared with what is measured. */
  readonly threshold: Threshold;
  /** Over which time the value is taken. */
  readonly window: Duration;
  /** For how long it has to be on the wrong side. */
  readonly lasting: Duration;
  /** Requests in the window below which nothing is said: one failed request at night is no outage. */
  readonly minimumRequests?: number;
  /** One sentence for whoever is woken. */
  readonly meaning: string;
}

/** What an environment may set otherwise than the table. */
export interface AlertSettings {
  /** In the unit of the table. @default - the table's */
  readonly threshold?: number;
  /** Whole minutes. @default - the table's */
  readonly window?: Duration;
  /** Whole minutes. @default - the table's */
  readonly lasting?: Duration;
  /** For alerts on requests. @default - the table's */
  readonly minimumRequests?: number;
}
