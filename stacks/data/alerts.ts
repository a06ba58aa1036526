import { AtlasAlerts } from "@groundwork/constructs/mongodb-atlas/alerts";
import type { AtlasProject } from "@groundwork/constructs/mongodb-atlas/atlas-project";
import { Auditing } from "@groundwork/constructs/mongodb-atlas/auditing";
import { Notify } from "@groundwork/constructs/mongodb-atlas/notification";
import type { DataStack } from "../data";

/** Who is told of what Atlas notices, and whether it writes down who did what. */
export function watch(stack: DataStack, project: AtlasProject): void {
  const { observability, atlas } = stack.loaded.environment;
  if (atlas.auditing) {
    new Auditing(stack, "auditing", { project });
  }
  const { channels, atlasPagerDuty } = observability;
  if (channels === "none") {
    return;
  }
  const addresses = [...channels.p2, ...channels.p3].flatMap((one) => ("email" in one ? [one.email] : []));
  const written =
    addresses.length > 0
      ? [...new Set(addresses)].map((address) => Notify.email(address))
      : [Notify.roles("GROUP_OWNER")];
  const exports = atlas.backups !== "none" && atlas.backups.exports !== "none";
  stack.attempt("observability.channels", () => {
    new AtlasAlerts(stack, "alerts", {
      project,
      tell: {
        P1:
          atlasPagerDuty === "none"
            ? written
            : [Notify.integration("PAGER_DUTY", atlasPagerDuty), ...written],
        P2: written,
        P3: written,
      },
      without: exports ? [] : ["exportFailed"],
    });
  });
}
