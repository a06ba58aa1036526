import { isTrue, textAt } from "../reading/json";
import type { SynthesizedEnvironment } from "../reading/synthesized";
import { versionTypes } from "../reading/terms";
import type { SynthRule, Violation } from "../rule";

export const servicesOutliveVersions: SynthRule = {
  id: "S12",
  title: "Removing a version leaves its service; the first version of default stays",
  why: "The flag delete_service_on_destroy takes the whole service with it, and App Engine can't be without default.",
  mapsTo: [],
  check: (environment) => {
    const versions = environment.all(...versionTypes);
    const application = environment.all("google_app_engine_application");
    if (versions.length === 0 && application.length === 0) return "not applicable";
    return [
      ...versions
        .filter(({ values }) => isTrue(values, "delete_service_on_destroy"))
        .filter(({ values }) => !(environment.pack === "preview" && isOwn(textAt(values, "service") ?? "")))
        .map((version) =>
          version.violation(
            "delete_service_on_destroy",
            "removing this version deletes the whole service, with every other version",
            "set it to false; only a preview's own service (pr-<n>-…) may go with its version",
          ),
        ),
      ...bootstrapProblems(environment),
    ];
  },
};

/** A preview's own service carries its number. */
function isOwn(service: string): boolean {
  return /^pr-\d+(-|$)/.test(service);
}

function bootstrapProblems(environment: SynthesizedEnvironment): Violation[] {
  return environment.all("google_app_engine_application").flatMap((application) => {
    const stays = environment
      .all(...versionTypes)
      .some(({ values }) => textAt(values, "service") === "default" && isTrue(values, "noop_on_destroy"));
    if (stays) return [];
    return [
      application.violation(
        undefined,
        "no version of the service default that stays",
        "make a first version of default with noop_on_destroy: true",
      ),
    ];
  });
}
