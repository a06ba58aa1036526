import { isTrue, numberAt, textAt } from "../reading/json";
import { judgeEach, type Resource } from "../reading/synthesized";
import { contentVersion, previewVersion, versionTypes } from "../reading/terms";
import type { SynthRule, Violation } from "../rule";

const limits = [
  "automatic_scaling.standard_scheduler_settings.max_instances",
  "automatic_scaling.max_total_instances",
  "basic_scaling.max_instances",
  "manual_scaling.instances",
];
const commonAccount = /@appspot\.gserviceaccount\.com$|-compute@developer\.gserviceaccount\.com$/;

export const versionsAreImmutable: SynthRule = {
  id: "S10",
  title: "A version of a service is made once, from its content, with a limit and an account of its own",
  why: "App Engine redeploys a changed version in place: traffic is cut over at once, and there is no way back.",
  mapsTo: [],
  check: (environment, { runtimes }) =>
    judgeEach(environment.all(...versionTypes), (version) => [
      ...order(version),
      ...identity(version),
      ...scaling(version),
      ...account(version),
      ...runtime(version, runtimes),
    ]),
};

function order(version: Resource): Violation[] {
  // A preview's own service goes as a whole, and comes as a whole: its old version may not outlive it.
  const goesWithService = isTrue(version.values, "delete_service_on_destroy");
  if (version.createsBeforeDestroying || goesWithService) return [];
  return [
    version.violation(
      "lifecycle.create_before_destroy",
      "the old version goes before the new one is there: an outage",
      "set it to true",
    ),
  ];
}

function identity(version: Resource): Violation[] {
  const id = textAt(version.values, "version_id") ?? "";
  const isBootstrap = isTrue(version.values, "noop_on_destroy");
  if (contentVersion.test(id) || previewVersion.test(id) || isBootstrap) return [];
  return [
    version.violation(
      "version_id",
      id === "" ? "no id" : `${id}, which does not follow from the content`,
      "derive it from the artifact and the settings: v<date>-<hash>",
    ),
  ];
}

function scaling(version: Resource): Violation[] {
  if (limits.some((path) => (numberAt(version.values, path) ?? 0) > 0)) return [];
  return [
    version.violation(
      "automatic_scaling",
      "no upper limit of instances",
      "say how many instances there may be at most: it caps the bill and the database's connections",
    ),
  ];
}

function account(version: Resource): Violation[] {
  const text = textAt(version.values, "service_account") ?? "";
  if (text !== "" && !commonAccount.test(text)) return [];
  return [
    version.violation(
      "service_account",
      text === "" ? "the application's common account" : `${text}, which others use too`,
      "give the service an account of its own",
    ),
  ];
}

function runtime(version: Resource, runtimes: readonly string[]): Violation[] {
  const text = textAt(version.values, "runtime") ?? "";
  if (runtimes.includes(text)) return [];
  return [version.violation("runtime", `${text || "no runtime"}`, `use one of ${runtimes.join(", ")}`)];
}
