import { isObject, textAt, valueAt } from "../reading/json";
import type { Change, PlannedEnvironment } from "../reading/planned";
import { contentVersion, versionTypes } from "../reading/terms";
import { failsClosed, type PlanRule, type Violation } from "../rule";
import type { Settings } from "../settings-type";

const dayMs = 86_400_000;

export const versionsToGoBackTo: PlanRule = {
  id: "P3",
  title: "A version that has traffic, or that a rollback may need, is not deleted",
  why: "Requests fail at once, or the way back is gone when it is needed.",
  mapsTo: [],
  check: (environment, settings) => {
    const deleted = environment.of(...versionTypes).filter((change) => change.deletes);
    if (deleted.length === 0) return "not applicable";
    return deleted.flatMap((version) => judge(version, environment, settings));
  },
};

function judge(version: Change, environment: PlannedEnvironment, settings: Settings): Violation[] {
  const service = textAt(version.before, "service") ?? "";
  const id = textAt(version.before, "version_id") ?? "";
  if (isWholeService(service, environment)) {
    return [
      version.violation(
        undefined,
        `is deleted with all of ${service}, and App Engine lets the last version go only with its service`,
        "have the service itself deleted first, as docs/infra/deployments.md tells; then the plan no longer has it",
      ),
    ];
  }
  const share = shareOf(service, id, environment);
  if (share === undefined && failsClosed(environment.pack)) {
    return [
      version.violation(
        undefined,
        `is deleted, and nothing here tells whether ${service} ${id} has traffic`,
        "plan it together with the service's split, or give the live traffic",
      ),
    ];
  }
  if ((share ?? 0) > 0) {
    return [
      version.violation(
        undefined,
        `is deleted while it has ${percent(share ?? 0)} of the traffic of ${service}`,
        "first move its traffic away and apply; remove it in a later change",
      ),
    ];
  }
  return keptForRollback(version, service, id, environment, settings);
}

/** Whether no version of it stays or comes. */
function isWholeService(service: string, { objects }: PlannedEnvironment): boolean {
  const own = objects
    .filter(({ type }) => (versionTypes as readonly string[]).includes(type))
    .filter(({ before, after }) => [textAt(before, "service"), textAt(after, "service")].includes(service));
  return own.every((one) => one.deletes);
}

/** What is served now; else what was applied last, which Terraform never reads again. */
function shareOf(service: string, id: string, environment: PlannedEnvironment): number | undefined {
  const live = environment.surroundings.liveTraffic?.[service];
  if (live) return live[id] ?? 0;
  const split = environment.objects.find(
    (one) =>
      one.type === "google_app_engine_service_split_traffic" && textAt(one.before, "service") === service,
  );
  const allocations = valueAt(split?.before, "split.allocations");
  return isObject(allocations) ? Number(allocations[id] ?? 0) : undefined;
}

function keptForRollback(
  version: Change,
  service: string,
  id: string,
  environment: PlannedEnvironment,
  { releases }: Settings,
): Violation[] {
  const { now, release } = environment.surroundings;
  if ((release?.[service]?.previousTraffic?.[id] ?? 0) > 0) {
    return [
      version.violation(
        undefined,
        "is deleted although a rollback would go back to it",
        "keep it until the next release is through",
      ),
    ];
  }
  const present = environment.objects
    .filter((one) => (versionTypes as readonly string[]).includes(one.type))
    .filter((one) => textAt(one.before, "service") === service)
    .map((one) => textAt(one.before, "version_id") ?? "")
    .filter((one) => contentVersion.test(one));
  const newest = present.sort((a, b) => b.localeCompare(a)).slice(0, releases.versionsKept);
  const age = now === undefined ? undefined : ageInDays(id, now);
  const isRecent = age === undefined ? failsClosed(environment.pack) : age < releases.daysKept;
  if (!newest.includes(id) && !isRecent) return [];
  const why = newest.includes(id)
    ? `one of the newest ${releases.versionsKept} of ${service}`
    : age === undefined
      ? "of an age that its name does not tell"
      : `${Math.floor(age)} days old`;
  return [
    version.violation(
      undefined,
      `is deleted although it is ${why}`,
      `keep the newest ${releases.versionsKept} versions, and every one for ${releases.daysKept} days`,
    ),
  ];
}

function ageInDays(id: string, now: string): number | undefined {
  const [, year, month, day] = contentVersion.exec(id) ?? [];
  const made = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(made) ? undefined : (Date.parse(now) - made) / dayMs;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
