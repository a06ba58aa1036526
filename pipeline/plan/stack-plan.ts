import type { Digest } from "../digest/digest";
import type { PlanJson } from "../terraform/plan-json";

/** One stack's plan as Terraform tells it, for whoever judges it. It holds sensitive values: never print it. */
export interface StackPlan {
  /** `dev-data`. */
  name: string;
  /** `dev`. */
  environment: string;
  /** `data`. */
  stack: string;
  plan: PlanJson;
  digest: Digest;
}
