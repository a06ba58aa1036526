import { DataStack } from "./data";
import { FoundationStack } from "./foundation";
import { NetworkStack } from "./network";
import { ObservabilityStack } from "./observability";
import { PlatformStack } from "./platform";
import { ReleaseStack } from "./release";
import type { StackClass } from "./synthesis";

/** The states of an environment, in the order in which they are applied. */
export const environmentStacks: readonly StackClass[] = [
  FoundationStack,
  NetworkStack,
  DataStack,
  PlatformStack,
  ReleaseStack,
  ObservabilityStack,
];
