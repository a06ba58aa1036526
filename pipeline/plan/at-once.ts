import { availableParallelism, freemem } from "node:os";
import type { Stack } from "../synthesis/stack-list";
import type { TargetName } from "../target/target";

const megabyte = 1024 * 1024;
/** Terraform itself, with the configuration and state of one stack. */
const terraformBytes = 150 * megabyte;
/** One provider's own process: google and google-beta keep the schemas of a thousand types. */
const providerBytes = 400 * megabyte;
/** What is left to the rest of the machine. */
const reserve = 300 * megabyte;

export interface Machine {
  cores: number;
  /** What can still be had. */
  freeBytes: number;
}

/** This machine; inside a container, what the container may have. */
export function thisMachine(): Machine {
  const process_ = process as { availableMemory?: () => number };
  return { cores: availableParallelism(), freeBytes: process_.availableMemory?.() ?? freemem() };
}

/**
 * How many stacks are planned at once: one more than there are cores, for planning waits for answers now and then; fewer
 * when memory is short, down to one.
 */
export function stacksAtOnce(
  { cores, freeBytes }: Machine,
  target: TargetName,
  stacks: readonly Stack[],
): number {
  const providers = Math.max(1, ...stacks.map((stack) => Object.keys(stack.providers).length));
  // The sandbox is one process for all providers of all stacks.
  const each = terraformBytes + (target === "cloud" ? providers * providerBytes : 0);
  return Math.max(1, Math.min(cores + 1, Math.floor((freeBytes - reserve) / each)));
}
