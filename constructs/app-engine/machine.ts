import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";

/** The machine that one instance of the flexible environment is. */
export interface Machine {
  /** Cores: 1, an even number to 32, or a multiple of 4 to 80. */
  readonly cpu: number;
  /** Memory for the application in GB; with the 0.4 GB that App Engine takes, 1 to 6.5 GB per core. */
  readonly memoryGb: number;
  /** Disk in GB, 10 to 10240. It doesn't outlive the instance. */
  readonly diskGb: number;
  /** Folders in memory by name, each of whole GB; part of `memoryGb`. @default - none */
  readonly memoryVolumes?: Readonly<Record<string, { readonly sizeGb: number }>> | undefined;
}

/** Memory of a machine that App Engine's own processes take. */
const OVERHEAD_GB = 0.4;

/**
 * List prices in US dollars, in `us-central`; other places cost up to half as much again.
 *
 * @see https://cloud.google.com/appengine/pricing#flexible-environment-instances
 */
export const machineRates = {
  /** Of one core for an hour. */
  cpuHour: 0.0526,
  /** Of one GB of memory for an hour. */
  memoryGbHour: 0.0071,
  /** Of one GB of disk for a month. */
  diskGbMonth: 0.04,
} as const;

/** Price of one machine for an hour in US dollars, without its disk. */
export function machineHour({ cpu, memoryGb }: Machine): number {
  return cpu * machineRates.cpuHour + (memoryGb + OVERHEAD_GB) * machineRates.memoryGbHour;
}

/** What is wrong with it. @see https://cloud.google.com/appengine/docs/flexible/reference/app-yaml#resource-settings */
export function machineProblems({
  cpu,
  memoryGb,
  diskGb,
  memoryVolumes = {},
}: Machine): (Problem | undefined)[] {
  const total = memoryGb + OVERHEAD_GB;
  const volumes = Object.values(memoryVolumes).reduce((sum, { sizeGb }) => sum + sizeGb, 0);
  return [
    check(
      cpu === 1 || (cpu >= 2 && cpu <= 32 && cpu % 2 === 0) || (cpu > 32 && cpu <= 80 && cpu % 4 === 0),
      "machine.cpu",
      cpu,
      "1, an even number to 32, or a multiple of 4 to 80",
    ),
    check(
      total >= cpu - 1e-9 && total <= cpu * 6.5 + 1e-9,
      "machine.memoryGb",
      memoryGb,
      `${round(cpu - OVERHEAD_GB)} to ${round(cpu * 6.5 - OVERHEAD_GB)} GB with ${cpu} cores`,
    ),
    check(
      Number.isInteger(diskGb) && diskGb >= 10 && diskGb <= 10_240,
      "machine.diskGb",
      diskGb,
      "10 to 10240",
    ),
    ...Object.entries(memoryVolumes).flatMap(([name, { sizeGb }]) => [
      check(
        /^[a-z0-9][a-z0-9_-]{0,62}$/.test(name),
        "machine.memoryVolumes",
        name,
        "names of at most 63 letters, digits, - and _",
      ),
      check(
        Number.isInteger(sizeGb) && sizeGb >= 1,
        `machine.memoryVolumes.${name}.sizeGb`,
        sizeGb,
        "a whole number from 1",
      ),
    ]),
    check(
      volumes < memoryGb,
      "machine.memoryVolumes",
      `${round(volumes)} GB together`,
      `less than memoryGb (${memoryGb})`,
    ),
  ];
}

/** The machine as a version's configuration. */
export function machineBlock({ cpu, memoryGb, diskGb, memoryVolumes = {} }: Machine) {
  const volumes = Object.entries(memoryVolumes).map(([name, { sizeGb }]) => ({
    name,
    sizeGb,
    volumeType: "tmpfs",
  }));
  return { resources: { cpu, memoryGb, diskGb, ...(volumes.length > 0 ? { volumes } : {}) } };
}

function round(gb: number): number {
  return Number(gb.toFixed(3));
}
