import { isFalse, isTrue } from "../reading/json";
import { judgeEach } from "../reading/synthesized";
import type { SynthRule } from "../rule";

const protectedTypes: Readonly<Record<string, string>> = {
  google_app_engine_application: "it can't be made a second time",
  google_firebase_project: "Firebase can't be taken out of a project",
  google_iam_workload_identity_pool: "its id can't be used again for 30 days",
  google_iam_workload_identity_pool_provider: "its id can't be used again for 30 days",
  google_kms_key_ring: "it can't be deleted, only forgotten",
  google_project: "everything in it goes",
  google_spanner_instance: "every database in it goes",
  google_spanner_database: "all data in it goes",
  google_sql_database_instance: "all data in it goes",
  google_firestore_database: "all data in it goes",
};

export const nothingGoesByAccident: SynthRule = {
  id: "S30",
  title: "APIs stay on when code goes, and what can't be made again is protected",
  why: "Switching an API off deletes what it made, in the whole project.",
  mapsTo: [],
  check: (environment) =>
    judgeEach(environment.all("google_project_service", ...Object.keys(protectedTypes)), (one) => {
      if (one.type === "google_project_service") {
        return [
          ...(isFalse(one.values, "disable_on_destroy")
            ? []
            : [
                one.violation(
                  "disable_on_destroy",
                  "removing this line switches the API off for the whole project",
                  "set it to false",
                ),
              ]),
          ...(isTrue(one.values, "disable_dependent_services")
            ? [one.violation("disable_dependent_services", "takes other APIs with it", "set it to false")]
            : []),
        ];
      }
      if (one.isProtected) return [];
      const reason = protectedTypes[one.type] ?? "it can't be made again";
      return [
        one.violation("lifecycle.prevent_destroy", `a plan may destroy it: ${reason}`, "set it to true"),
      ];
    }),
};
