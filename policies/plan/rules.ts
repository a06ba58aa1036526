import type { PlanRule } from "../rule";
import { nothingLostUnseen } from "./p01-nothing-lost-unseen";
import { versionsNeverUpdated } from "./p02-versions-never-updated";
import { versionsToGoBackTo } from "./p03-versions-to-go-back-to";
import { liveTrafficAsReviewed } from "./p04-live-traffic-as-reviewed";
import { canaryInSmallSteps } from "./p05-canary-in-small-steps";
import { protectionStaysOn } from "./p06-protection-stays-on";
import { retentionStays } from "./p07-retention-stays";
import { rightsWidenSeen } from "./p08-rights-widen-seen";
import { oneWayDoors } from "./p09-one-way-doors";
import { sizesChangeInWindows } from "./p10-sizes-change-in-windows";
import { insideAWindow } from "./p11-inside-a-window";
import { noSecretInPlan } from "./p12-no-secret-in-plan";
import { fewDeletions } from "./p13-few-deletions";
import { previewsKeepToThemselves } from "./p14-previews-keep-to-themselves";
import { appliedIsReviewed } from "./p16-applied-is-reviewed";

/** Every rule over what is planned, in the order of their numbers. */
export const planRules: readonly PlanRule[] = [
  nothingLostUnseen,
  versionsNeverUpdated,
  versionsToGoBackTo,
  liveTrafficAsReviewed,
  canaryInSmallSteps,
  protectionStaysOn,
  retentionStays,
  rightsWidenSeen,
  oneWayDoors,
  sizesChangeInWindows,
  insideAWindow,
  noSecretInPlan,
  fewDeletions,
  previewsKeepToThemselves,
  appliedIsReviewed,
];
