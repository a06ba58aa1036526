import type { MaintenanceWindowConfig } from "@cdktf/provider-mongodbatlas/lib/maintenance-window";
import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";

const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** The most hours a day that Atlas can be told to keep away from. */
const mostProtectedHours = 18;

/** A day of the week. */
export type Weekday = (typeof days)[number];

/** When Atlas may restart nodes. Hours are UTC. */
export interface Maintenance {
  readonly day: Weekday;
  /** Hour at which it begins, 0 to 23. */
  readonly hour: number;
  /**
   * Hours of every day in which Atlas begins none of its routine work either, at most 18; it may go past midnight.
   *
   * @default - no hour is protected from routine work
   */
  readonly protectedHours?: { readonly from: number; readonly to: number };
  /**
   * Put every maintenance off by a week once, so that it is announced before it comes.
   *
   * @default false
   */
  readonly deferOnce?: boolean;
}

/** A problem for each hour that is none, and when the protected hours are too many or hold the window. */
export function checkMaintenance({ hour, protectedHours }: Maintenance): (Problem | undefined)[] {
  const window = checkHour("maintenance.hour", hour);
  if (!protectedHours) {
    return [window];
  }
  const { from, to } = protectedHours;
  const length = (to - from + 24) % 24 || 24;
  const span = `${from} to ${to}`;
  return [
    window,
    checkHour("maintenance.protectedHours.from", from),
    checkHour("maintenance.protectedHours.to", to),
    check(
      length <= mostProtectedHours,
      "maintenance.protectedHours",
      `${length} hours`,
      `at most ${mostProtectedHours} hours`,
    ),
    check(
      (hour - from + 24) % 24 >= length,
      "maintenance.protectedHours",
      span,
      `hours without the maintenance window's own (${hour})`,
    ),
  ];
}

/** The window as the provider writes it; everything is written out, as what is left away stays as it was. */
export function maintenanceWindow(
  projectId: string,
  { day, hour, protectedHours, deferOnce = false }: Maintenance,
): MaintenanceWindowConfig {
  return {
    projectId,
    dayOfWeek: days.indexOf(day) + 1,
    hourOfDay: hour,
    autoDeferOnceEnabled: deferOnce,
    ...(protectedHours
      ? { protectedHours: { startHourOfDay: protectedHours.from, endHourOfDay: protectedHours.to } }
      : {}),
  };
}

function checkHour(field: string, hour: number): Problem | undefined {
  return check(Number.isInteger(hour) && hour >= 0 && hour <= 23, field, hour, "0 to 23");
}
