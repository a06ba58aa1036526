/** What one instance of App Engine's standard environment is. */
export interface InstanceFacts {
  /** Scaling that the class can be used with. */
  readonly scaling: "automatic" | "basic-or-manual";
  /** Memory of one instance in MiB. Exceeding it ends the instance. */
  readonly memoryMib: number;
  /** Share of a core that one instance gets, in MHz. */
  readonly cpuMhz: number;
  /** List price of one instance for an hour in US dollars, in `us-central`; other places cost up to half as much again. */
  readonly hourlyUsd: number;
}

/**
 * Every instance class: memory, CPU and price. Alerts on memory and estimates of cost read it here.
 *
 * @see https://cloud.google.com/appengine/docs/standard#instance_classes
 * @see https://cloud.google.com/appengine/pricing
 */
export const instanceClasses = {
  F1: { scaling: "automatic", memoryMib: 384, cpuMhz: 600, hourlyUsd: 0.05 },
  F2: { scaling: "automatic", memoryMib: 768, cpuMhz: 1200, hourlyUsd: 0.1 },
  F4: { scaling: "automatic", memoryMib: 1536, cpuMhz: 2400, hourlyUsd: 0.2 },
  F4_1G: { scaling: "automatic", memoryMib: 3072, cpuMhz: 2400, hourlyUsd: 0.3 },
  B1: { scaling: "basic-or-manual", memoryMib: 384, cpuMhz: 600, hourlyUsd: 0.05 },
  B2: { scaling: "basic-or-manual", memoryMib: 768, cpuMhz: 1200, hourlyUsd: 0.1 },
  B4: { scaling: "basic-or-manual", memoryMib: 1536, cpuMhz: 2400, hourlyUsd: 0.2 },
  B4_1G: { scaling: "basic-or-manual", memoryMib: 3072, cpuMhz: 2400, hourlyUsd: 0.3 },
  B8: { scaling: "basic-or-manual", memoryMib: 3072, cpuMhz: 4800, hourlyUsd: 0.4 },
} as const satisfies Record<string, InstanceFacts>;

/** Class of an instance: `F…` scales automatically, `B…` by hand or by basic scaling. */
export type InstanceClass = keyof typeof instanceClasses;

/** The classes that a kind of scaling can use. */
export function classesFor(scaling: InstanceFacts["scaling"]): InstanceClass[] {
  return (Object.keys(instanceClasses) as InstanceClass[]).filter(
    (name) => instanceClasses[name].scaling === scaling,
  );
}
