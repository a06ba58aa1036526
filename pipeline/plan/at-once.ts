import { availableParallelism, freemem } from "node:os";
import type { Stack } from "../synthesis/stack-list";
import type { TargetName } from "../target/target";
import type { PlanningShare } from "../terraform/terraform";

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

/**
 * What each of several plans in the sandbox takes. The sandbox has no quotas to spare, and each time that Terraform has
 * nothing to do but wait for an answer costs: with 100 objects at once it plans a tenth faster, and the sandbox spends a
 * sixth less on it. Where Terraforms share the processors, threads of one for all of them only get in each other's way.
 */
export function shareOf({ cores }: Machine, plansAtOnce: number): PlanningShare {
  return { objects: 100, processors: Math.max(1, Math.floor(cores / Math.max(1, plansAtOnce))) };
}
