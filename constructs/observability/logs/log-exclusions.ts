import {
  LoggingProjectExclusion,
  type LoggingProjectExclusionConfig,
} from "@cdktf/provider-google/lib/logging-project-exclusion";
import { Construct } from "constructs";
import { check, refuse } from "../../problems";
import { google } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";
import { type ExclusionName, exclusionRules } from "./exclusions";
import { checkLogName, type LogExclusionRule } from "./log-sink";

/** Props of `LogExclusions`. */
export interface LogExclusionsProps
  extends Transformable<{
    /** Each of the exclusions. */
    exclusion: LoggingProjectExclusionConfig;
  }> {
  /** What the project's `_Default` bucket leaves out: by name, or a rule of one's own. */
  readonly exclude: readonly (ExclusionName | LogExclusionRule)[];
}

/**
 * What a project doesn't keep in its `_Default` bucket. Other sinks get the entries all the same, and metrics count
 * them.
 *
 * @throws UserError when a rule's name or filter is none, or stands twice
 */
export class LogExclusions extends Construct {
  constructor(scope: Construct, id: string, { exclude, transform }: LogExclusionsProps) {
    super(scope, id);
    const rules = exclude.map(
      (rule): LogExclusionRule => (typeof rule === "string" ? exclusionRules[rule] : rule),
    );
    const names = rules.map(({ name }) => name);
    refuse(
      this,
      "the exclusions",
      rules.flatMap(({ name, filter }, index) => [
        checkLogName(name, `exclude[${index}].name`),
        check(filter.trim() !== "", `exclude[${index}].filter`, filter, "a filter"),
        check(names.indexOf(name) === index, `exclude[${index}].name`, name, "each exclusion once"),
      ]),
    );
    google(this);
    for (const { name, filter, reason } of rules) {
      new LoggingProjectExclusion(
        this,
        name,
        transformed<LoggingProjectExclusionConfig>(
          { name, filter, description: reason },
          transform?.exclusion,
        ),
      );
    }
  }
}
