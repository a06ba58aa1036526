import { machineLimits } from "./flexible-scaling";
import type { FlexibleVersionSettings } from "./flexible-settings";
import { instanceClasses } from "./instance-classes";
import { machineHour, machineRates } from "./machine";
import { instanceLimits } from "./scaling";
import type { StandardVersionSettings } from "./settings";

/** What a version costs in a month of 730 hours in US dollars, by list prices of `us-central`, without free quotas. */
export interface MonthlyCost {
  /** With as few instances as its scaling allows. */
  readonly least: number;
  /** With as many, all month. */
  readonly most: number;
}

const HOURS = 730;

/** Of a version of the standard environment. */
export function standardMonthlyCost({
  instanceClass,
  scaling,
}: Pick<StandardVersionSettings, "instanceClass" | "scaling">): MonthlyCost {
  return between(instanceLimits(scaling), instanceClasses[instanceClass].hourlyUsd * HOURS);
}

/** Of a version of the flexible environment that serves. */
export function flexibleMonthlyCost({
  machine,
  scaling,
}: Pick<FlexibleVersionSettings, "machine" | "scaling">): MonthlyCost {
  return between(
    machineLimits(scaling),
    machineHour(machine) * HOURS + machine.diskGb * machineRates.diskGbMonth,
  );
}

function between(
  { least, most }: { readonly least: number; readonly most: number },
  each: number,
): MonthlyCost {
  const cents = (usd: number) => Number(usd.toFixed(2));
  return { least: cents(least * each), most: cents(most * each) };
}
