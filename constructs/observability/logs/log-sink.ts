import {
  LoggingProjectSink,
  type LoggingProjectSinkConfig,
} from "@cdktf/provider-google/lib/logging-project-sink";
import { Construct } from "constructs";
import type { Principal } from "../../identity/principal";
import { check, checkName, refuse } from "../../problems";
import { google } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";
import type { LogDestination } from "./log-bucket";

/** Entries that a sink or a project leaves out. */
export interface LogExclusionRule {
  /** At most 100 letters, digits, hyphens, underscores and dots. */
  readonly name: string;
  /** Which entries, in Logging's query language. */
  readonly filter: string;
  /** Why nobody needs them. */
  readonly reason: string;
}

/** Props of `LogSink`. */
export interface LogSinkProps extends Transformable<{ sink: LoggingProjectSinkConfig }> {
  /** Name, at most 100 letters, digits, hyphens, underscores and dots. Can't change. */
  readonly name: string;
  /** Where entries go. */
  readonly to: LogDestination;
  /** Which entries, in Logging's query language; `"all"` for every one. */
  readonly filter: string;
  /** What it is for, one line. */
  readonly purpose: string;
  /** @default - nothing is left out */
  readonly without?: readonly LogExclusionRule[];
}

/**
 * Sends log entries somewhere, as an identity of its own. That identity needs the right to write there; `AuditArchive`
 * grants it. A log bucket of the same project needs no right.
 *
 * @throws UserError when the name or a filter is none, or an exclusion stands twice
 * @see https://cloud.google.com/logging/docs/export/configure_export_v2
 */
export class LogSink extends Construct {
  /** Who writes to the destination. */
  readonly writer: Principal;

  constructor(scope: Construct, id: string, props: LogSinkProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.writer = { member: this.createSink(props).writerIdentity };
  }

  private validate({ name, filter, without = [] }: LogSinkProps): void {
    refuse(this, `log sink ${name}`, [
      checkLogName(name, "name"),
      check(filter.trim() !== "", "filter", filter, 'a filter, or "all"'),
      ...without.flatMap((rule, index) => [
        checkLogName(rule.name, `without[${index}].name`),
        check(rule.filter.trim() !== "", `without[${index}].filter`, rule.filter, "a filter"),
        check(
          without.findIndex((other) => other.name === rule.name) === index,
          `without[${index}].name`,
          rule.name,
          "each exclusion once",
        ),
      ]),
    ]);
  }

  private createSink({
    name,
    to,
    filter,
    purpose,
    without = [],
    transform,
  }: LogSinkProps): LoggingProjectSink {
    return new LoggingProjectSink(
      this,
      "sink",
      transformed<LoggingProjectSinkConfig>(
        {
          name,
          destination: to.destination,
          description: purpose,
          uniqueWriterIdentity: true,
          ...(filter === "all" ? {} : { filter }),
          ...(without.length > 0
            ? {
                exclusions: without.map((rule) => ({
                  name: rule.name,
                  filter: rule.filter,
                  description: rule.reason,
                })),
              }
            : {}),
        },
        transform?.sink,
      ),
    );
  }
}

/** A problem unless the name can be a sink's or an exclusion's. */
export function checkLogName(name: string, field: string) {
  return checkName(
    name,
    /^[a-zA-Z0-9][\w.-]{0,99}$/,
    field,
    "1 to 100 letters, digits, hyphens, underscores and dots",
  );
}
