import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";

/**
 * Size of an instance. `shared-…`: a part of a CPU, for trying things out, without Google's promise of availability.
 * Otherwise CPUs and memory of its own.
 */
export type MachineSize =
  | "shared-micro"
  | "shared-small"
  | { readonly cpus: number; readonly memoryGb: number };

/** Google's name of a size. @see https://cloud.google.com/sql/docs/postgres/instance-settings#machine-type-2ndgen */
export function machineTier(size: MachineSize): string {
  if (size === "shared-micro") return "db-f1-micro";
  if (size === "shared-small") return "db-g1-small";
  return `db-custom-${size.cpus}-${size.memoryGb * 1024}`;
}

/** What is wrong with a size. */
export function checkMachine(size: MachineSize, field: string): (Problem | undefined)[] {
  if (typeof size === "string") return [];
  const { cpus, memoryGb } = size;
  return [
    check(
      Number.isInteger(cpus) && (cpus === 1 || cpus % 2 === 0) && cpus >= 1 && cpus <= 96,
      `${field}.cpus`,
      cpus,
      "1, or an even number up to 96",
    ),
    check(
      (memoryGb * 1024) % 256 === 0 && memoryGb >= 3.75 && memoryGb >= cpus * 0.9 && memoryGb <= cpus * 6.5,
      `${field}.memoryGb`,
      memoryGb,
      `a multiple of 0.25 from ${Math.max(3.75, Math.ceil(cpus * 0.9 * 4) / 4)} to ${Math.floor(cpus * 6.5 * 4) / 4} for ${cpus} CPUs`,
    ),
  ];
}
