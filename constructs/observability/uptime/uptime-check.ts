import {
  MonitoringUptimeCheckConfig,
  type MonitoringUptimeCheckConfigConfig,
} from "@cdktf/provider-google/lib/monitoring-uptime-check-config";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../../problems";
import { cloudOf, google } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";
import { type Duration, googleDuration, inSeconds } from "../../units";

/** Where Google checks from. */
export type UptimeRegion =
  | "EUROPE"
  | "USA_IOWA"
  | "USA_OREGON"
  | "USA_VIRGINIA"
  | "SOUTH_AMERICA"
  | "ASIA_PACIFIC";

/** A check of a public endpoint, made here or elsewhere. */
export interface UptimeCheckLike {
  /** The id that Monitoring gave it, the label `check_id` of its metrics. */
  readonly checkId: string;
}

/** Props of `UptimeCheck`. */
export interface UptimeCheckProps extends Transformable<{ check: MonitoringUptimeCheckConfigConfig }> {
  /** Name that people read. */
  readonly title: string;
  /** Host that is called over HTTPS, without scheme and port. Can't change. */
  readonly host: string;
  /** Path that is called. @default "/healthz" */
  readonly path?: string;
  /** How often, from each place. @default "1 minute" */
  readonly every?: "1 minute" | "5 minutes" | "10 minutes" | "15 minutes";
  /** How long an answer may take, at most 60 seconds. @default "10 seconds" */
  readonly timeout?: Duration;
  /** At least three, so that one broken route isn't an outage. @default Europe, Iowa, Asia */
  readonly regions?: readonly UptimeRegion[];
  /** Text that the answer must contain. @default - the status alone counts */
  readonly expectedText?: string;
}

const hostName = /^(?=.{1,253}$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const standardRegions: readonly UptimeRegion[] = ["EUROPE", "USA_IOWA", "ASIA_PACIFIC"];

/**
 * Calls a public endpoint from several places in the world, and checks its certificate. Only a 2xx counts.
 *
 * The method is GET and stays it: changing it would replace the check, and with it its history.
 *
 * @throws UserError when the host, the path, the time-out or the places don't fit
 * @see https://cloud.google.com/monitoring/uptime-checks
 */
export class UptimeCheck extends Construct implements UptimeCheckLike {
  readonly checkId: string;

  constructor(scope: Construct, id: string, props: UptimeCheckProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.checkId = this.createCheck(props).uptimeCheckId;
  }

  private validate({ title, host, path = "/healthz", timeout = "10 seconds", regions }: UptimeCheckProps) {
    const places = regions ?? standardRegions;
    const seconds = inSeconds(timeout);
    refuse(this, `uptime check ${title}`, [
      check(
        Token.isUnresolved(host) || hostName.test(host),
        "host",
        host,
        "a host name without scheme, port and path",
      ),
      checkName(path, /^\/\S{0,2000}$/, "path", "a path that starts with /"),
      check(
        Number.isInteger(seconds) && seconds >= 1 && seconds <= 60,
        "timeout",
        timeout,
        "1 to 60 seconds",
      ),
      check(new Set(places).size >= 3, "regions", places, "at least three different places"),
    ]);
  }

  private createCheck(props: UptimeCheckProps): MonitoringUptimeCheckConfig {
    const { title, host, path = "/healthz", every = "1 minute", timeout = "10 seconds" } = props;
    const { regions = standardRegions, expectedText, transform } = props;
    return new MonitoringUptimeCheckConfig(
      this,
      "check",
      transformed<MonitoringUptimeCheckConfigConfig>(
        {
          displayName: title,
          period: googleDuration(every),
          timeout: googleDuration(timeout),
          selectedRegions: [...regions],
          checkerType: "STATIC_IP_CHECKERS",
          monitoredResource: {
            type: "uptime_url",
            labels: { project_id: cloudOf(this).project, host },
          },
          httpCheck: {
            path,
            port: 443,
            useSsl: true,
            validateSsl: true,
            requestMethod: "GET",
            acceptedResponseStatusCodes: [{ statusClass: "STATUS_CLASS_2XX" }],
          },
          ...(expectedText === undefined
            ? {}
            : { contentMatchers: [{ content: expectedText, matcher: "CONTAINS_STRING" }] }),
          lifecycle: { createBeforeDestroy: true },
        },
        transform?.check,
      ),
    );
  }
}
