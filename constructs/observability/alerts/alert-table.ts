import type { AlertAbout, AlertRow } from "./alert-row";

/**
 * Every alert of the platform: when, who, and what it means. The name of a row is the name of its page in
 * `docs/runbooks`, the `alert` label of its policy and the key of settings. What Atlas itself watches is in
 * `mongodb-atlas/alert-table.ts`.
 */
export const alertTable = {
  "server-errors": {
    title: "answers with server errors",
    about: "service",
    tier: "P1",
    severity: "CRITICAL",
    threshold: { value: 0.05, wrong: "above", unit: "share" },
    window: "5 minutes",
    lasting: "5 minutes",
    minimumRequests: 20,
    meaning: "Too many of the service's answers are 5xx: customers see failures.",
  },
  "slow-responses": {
    title: "answers slowly",
    about: "service",
    tier: "P2",
    severity: "WARNING",
    threshold: { value: 1000, wrong: "above", unit: "ms" },
    window: "10 minutes",
    lasting: "10 minutes",
    minimumRequests: 20,
    meaning: "One answer in twenty takes longer than the limit: customers wait.",
  },
  "high-cpu": {
    title: "is short of CPU",
    about: "service",
    tier: "P2",
    severity: "WARNING",
    threshold: { value: 0.8, wrong: "above", unit: "share" },
    window: "5 minutes",
    lasting: "15 minutes",
    meaning: "The instances are busy for longer than scaling needs to help: answers get slower next.",
  },
  "high-memory": {
    title: "runs out of memory",
    about: "service",
    tier: "P1",
    severity: "CRITICAL",
    threshold: { value: 0.9, wrong: "above", unit: "share" },
    window: "5 minutes",
    lasting: "5 minutes",
    meaning: "The instances are about to be killed for their memory, and requests with them.",
  },
  "endpoint-down": {
    title: "can't be reached",
    about: "uptime check",
    tier: "P1",
    severity: "CRITICAL",
    threshold: { value: 1, wrong: "above", unit: "count" },
    window: "20 minutes",
    lasting: "1 minute",
    meaning: "Checks from more than one place in the world fail: the public endpoint is down.",
  },
  "certificate-expiry": {
    title: "has a certificate that expires soon",
    about: "uptime check",
    tier: "P2",
    severity: "WARNING",
    threshold: { value: 15, wrong: "below", unit: "days" },
    window: "20 minutes",
    lasting: "10 minutes",
    meaning: "The certificate wasn't renewed by itself: after the last day browsers refuse the connection.",
  },
  "budget-burns-fast": {
    title: "spends its error budget fast",
    about: "objective",
    tier: "P1",
    severity: "CRITICAL",
    threshold: { value: 0.02, wrong: "above", unit: "share" },
    window: "1 hour",
    lasting: "0 seconds",
    meaning: "At this rate the error budget of the whole period is gone within days.",
  },
  "budget-burns-steadily": {
    title: "spends its error budget steadily",
    about: "objective",
    tier: "P1",
    severity: "ERROR",
    threshold: { value: 0.05, wrong: "above", unit: "share" },
    window: "6 hours",
    lasting: "0 seconds",
    meaning: "A fault that no flat threshold sees has been costing customers for hours.",
  },
  "budget-burns-slowly": {
    title: "spends its error budget slowly",
    about: "objective",
    tier: "P2",
    severity: "WARNING",
    threshold: { value: 0.1, wrong: "above", unit: "share" },
    window: "24 hours",
    lasting: "0 seconds",
    meaning: "More fails than the objective allows, day after day: it will be missed.",
  },
  "backup-failed": {
    title: "a backup failed",
    about: "operation",
    tier: "P1",
    severity: "CRITICAL",
    threshold: { value: 0, wrong: "above", unit: "count" },
    window: "10 minutes",
    lasting: "0 seconds",
    meaning:
      "A snapshot, its copy or its export failed: the next loss of data may reach further back than promised.",
  },
  "restore-test-missing": {
    title: "no restore test has passed lately",
    about: "operation",
    tier: "P2",
    severity: "ERROR",
    threshold: { value: 1, wrong: "below", unit: "count" },
    window: "24 hours",
    lasting: "10 minutes",
    meaning: "Nobody knows whether the backups can be restored: the weekly test failed or didn't run.",
  },
  "split-drift": {
    title: "traffic is split otherwise than released",
    about: "operation",
    tier: "P2",
    severity: "WARNING",
    threshold: { value: 0, wrong: "above", unit: "count" },
    window: "10 minutes",
    lasting: "0 seconds",
    meaning: "The live split is not the one of the release manifest: somebody moved traffic by hand.",
  },
  "spending-over-budget": {
    title: "costs more than planned",
    about: "spending",
    tier: "P2",
    severity: "WARNING",
    threshold: { value: 1, wrong: "above", unit: "share" },
    window: "1 month",
    lasting: "0 seconds",
    meaning: "The month's bill reached a share of its budget, or will exceed it.",
  },
} as const satisfies Record<string, AlertRow>;

type Table = typeof alertTable;

/** Name of an alert. */
export type AlertName = keyof Table;

/** Names of the alerts about one kind of thing. */
export type AlertNameAbout<About extends AlertAbout> = {
  [Name in AlertName]: Table[Name]["about"] extends About ? Name : never;
}[AlertName];

/** The alerts about one kind of thing, in the order of the table. */
export function alertsAbout<About extends AlertAbout>(about: About): AlertNameAbout<About>[] {
  return (Object.keys(alertTable) as AlertName[]).filter(
    (name): name is AlertNameAbout<About> => alertTable[name].about === about,
  );
}

/** A line of the table, by the type that all lines have. */
export function alertRow(name: AlertName): AlertRow {
  return alertTable[name];
}
