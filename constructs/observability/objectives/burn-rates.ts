import { type Duration, inSeconds } from "../../units";
import { type AlertNameAbout, alertRow } from "../alerts/alert-table";

/** How fast an error budget may be spent. */
export interface BurnRate {
  /** Multiple of the rate at which exactly the whole budget would be spent in the period. */
  readonly rate: number;
  /** The loss must show over this time: it matters. */
  readonly long: Duration;
  /** And over this one, a twelfth of it: it is still going on. */
  readonly short: Duration;
}

/** The shorter window of each alert. */
const stillGoingOn: Readonly<Record<AlertNameAbout<"objective">, Duration>> = {
  "budget-burns-fast": "5 minutes",
  "budget-burns-steadily": "30 minutes",
  "budget-burns-slowly": "2 hours",
};

/**
 * The burn rate at which the share of the budget that the table allows is spent in the table's window. For 30 days:
 * 2 % in an hour is 14.4 times, 5 % in six hours 6 times, 10 % in a day 3 times.
 *
 * @see https://sre.google/workbook/alerting-on-slos/ "Multiwindow, Multi-Burn-Rate Alerts"
 */
export function burnRateOf(alert: AlertNameAbout<"objective">, periodDays: number): BurnRate {
  const { threshold, window } = alertRow(alert);
  const rate = (threshold.value * periodDays * 86_400) / inSeconds(window);
  return { rate: Math.round(rate * 1000) / 1000, long: window, short: stillGoingOn[alert] };
}
