import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { type Duration, inSeconds } from "../units";

/** A service behind the gateway: its address, whatever version serves it. */
export interface Backend {
  /** `https://orders-dot-shop-dev.ew.r.appspot.com`; a path may follow. */
  readonly address: string;
  /** How long the gateway waits, 1 to 600 seconds. (API Gateway's own default of 15 seconds is never used.) */
  readonly deadline: Duration;
  /**
   * Audience of the token that the gateway shows: the OAuth client of an identity-aware proxy in front of the service.
   *
   * @default - the gateway's `iapClient`, or else the address
   */
  readonly audience?: string;
  /**
   * `append`: the request's path follows the address. `constant`: every request goes to the address itself, path
   * parameters as query parameters.
   *
   * @default "append"
   */
  readonly pathTranslation?: "append" | "constant";
  /** What the gateway speaks with the service. @default "h2" */
  readonly protocol?: "h2" | "http/1.1";
}

/** Where a gateway may send requests. */
export interface BackendRules {
  /** The project whose services are the gateway's own. */
  readonly project: string;
  /** Hosts of other places that it may call as well: `payments.partner.example`. */
  readonly otherHosts: readonly string[];
  /** Whether one version may be addressed. */
  readonly versions: boolean;
}

/** Longest deadline. @see https://cloud.google.com/endpoints/docs/openapi/openapi-extensions#deadline */
const longest = 600;

/** What is wrong with a backend. */
export function backendProblems(
  { address, deadline }: Backend,
  field: string,
  rules: BackendRules,
): (Problem | undefined)[] {
  return [
    addressProblem(address, `${field}.address`, rules),
    check(
      inSeconds(deadline) >= 1 && inSeconds(deadline) <= longest,
      `${field}.deadline`,
      deadline,
      `1 to ${longest} seconds`,
    ),
  ];
}

/** What is wrong with the address of a backend: it is no secure one, not one of this project, or one of a version. */
export function addressProblem(address: string, field: string, rules: BackendRules): Problem | undefined {
  const host = /^https:\/\/([a-z0-9.-]+)(\/[\w\-.~/]*[\w\-.~])?$/.exec(address)?.[1];
  if (host === undefined) {
    return check(false, field, address, "https:// and a host, perhaps a path");
  }
  if (rules.otherHosts.includes(host)) {
    return undefined;
  }
  const label = serviceLabel(host, rules.project);
  if (label === undefined) {
    return check(
      false,
      field,
      address,
      `a service of ${rules.project} (…${rules.project}.<region code>.r.appspot.com), or a host among otherHosts`,
    );
  }
  return check(
    rules.versions || !label.includes("-dot-"),
    field,
    address,
    "a service's address, not a version's: which version answers is the release's concern",
  );
}

/** What stands before the project in the host of one of its services; undefined for any other host. */
function serviceLabel(host: string, project: string): string | undefined {
  const label = /^(.+?)(?:\.[a-z]{1,3}\d?\.r)?\.appspot\.com$/.exec(host)?.[1];
  if (label === project) {
    return "";
  }
  return label?.endsWith(`-dot-${project}`) ? label.slice(0, -`-dot-${project}`.length) : undefined;
}

/** A backend with nothing left open. */
export interface ResolvedBackend {
  readonly address: string;
  /** Seconds. */
  readonly deadline: number;
  readonly audience: string;
  readonly pathTranslation: "APPEND_PATH_TO_ADDRESS" | "CONSTANT_ADDRESS";
  readonly protocol: "h2" | "http/1.1";
}

/** The backend with its defaults. */
export function resolveBackend(
  { address, deadline, audience, pathTranslation, protocol = "h2" }: Backend,
  iapClient?: string,
): ResolvedBackend {
  return {
    address,
    deadline: inSeconds(deadline),
    audience: audience ?? iapClient ?? new URL(address).origin,
    pathTranslation: pathTranslation === "constant" ? "CONSTANT_ADDRESS" : "APPEND_PATH_TO_ADDRESS",
    protocol,
  };
}
