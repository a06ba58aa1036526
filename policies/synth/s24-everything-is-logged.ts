import { blocksOf, textAt, textsOf } from "../reading/json";
import type { SynthesizedEnvironment } from "../reading/synthesized";
import type { SynthRule, Violation } from "../rule";

const audits = [
  "google_project_iam_audit_config",
  "google_folder_iam_audit_config",
  "google_organization_iam_audit_config",
];
const sinks = [
  "google_logging_project_sink",
  "google_logging_folder_sink",
  "google_logging_organization_sink",
];
const kinds = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"];

export const everythingIsLogged: SynthRule = {
  id: "S24",
  title: "Who read and wrote what is logged for all services, and a sink keeps every log",
  why: "After an incident, what was not logged can't be found out any more.",
  mapsTo: ["CIS 2.1", "CIS 2.2"],
  check: (environment) => [...auditing(environment), ...keeping(environment)],
};

function auditing(environment: SynthesizedEnvironment): Violation[] {
  const forAll = environment
    .all(...audits)
    .filter(({ values }) => textAt(values, "service") === "allServices");
  const configs = forAll.flatMap(({ values }) => blocksOf(values.audit_log_config));
  const absent = kinds.filter((kind) => !configs.some((one) => textAt(one, "log_type") === kind));
  return [
    ...(absent.length === 0
      ? []
      : [
          environment.missing(
            "foundation",
            `no audit log of ${absent.join(", ")} for all services`,
            "add google_project_iam_audit_config for allServices with ADMIN_READ, DATA_READ and DATA_WRITE",
          ),
        ]),
    ...environment
      .all(...audits)
      .filter(({ values }) =>
        blocksOf(values.audit_log_config).some((one) => textsOf(one.exempted_members).length > 0),
      )
      .map((one) =>
        one.violation("audit_log_config.exempted_members", "somebody is not logged", "exempt nobody"),
      ),
  ];
}

function keeping(environment: SynthesizedEnvironment): Violation[] {
  const all = environment
    .all(...sinks)
    .filter(({ values }) => (textAt(values, "filter") ?? "").trim() === "");
  if (all.length > 0) return [];
  return [
    environment.missing(
      "observability",
      "no sink that takes every log",
      "add a google_logging_project_sink without a filter; exclusions name what is not worth keeping",
    ),
  ];
}
