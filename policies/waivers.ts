import type { Waiver } from "./waiver";

/** Every rule that is set aside, for what, by whom, why and until when. An expired entry is an error. */
export const waivers: readonly Waiver[] = [
  {
    rule: "S18",
    stacks: ["preview-data"],
    address: "mongodbatlas_advanced_cluster.*",
    owner: "platform-team",
    reason:
      "Previews share one cluster that holds fixtures alone; only the fixed addresses of their own NAT get in, and a private endpoint would cost more than the cluster.",
    expires: "2027-05-31",
  },
];
