import { Token } from "cdktf";
import type { Construct } from "constructs";
import type { KeyLike } from "../encryption/key-name";
import { check, checkName, refuse } from "../problems";
import { inDays, inSeconds } from "../units";
import { asReplica, type SecretContainerProps } from "./secret-container";
import { secretIdPattern, secretIdText } from "./secret-version";

/** 100 years, in seconds. */
const longestRotation = 3_153_600_000;

/**
 * Stops a container from being made when its props don't fit.
 *
 * @throws UserError with everything that is wrong
 */
export function refuseSecret(scope: Construct, props: SecretContainerProps): void {
  const { secretId, rotation, expires, destroyDelay } = props;
  refuse(scope, `secret ${secretId}`, [
    checkName(secretId, secretIdPattern, "secretId", secretIdText),
    ...placeProblems(props),
    rotation &&
      check(
        inSeconds(rotation.every) >= 3600 && inSeconds(rotation.every) <= longestRotation,
        "rotation.every",
        rotation.every,
        "1 hour to 100 years",
      ),
    rotation && checkTime(rotation.from, "rotation.from"),
    expires && "at" in expires ? checkTime(expires.at, "expires.at") : undefined,
    expires && "after" in expires
      ? check(inSeconds(expires.after) >= 60, "expires.after", expires.after, "at least a minute")
      : undefined,
    destroyDelay === undefined
      ? undefined
      : check(
          inDays(destroyDelay) >= 1 && inDays(destroyDelay) <= 1000,
          "destroyDelay",
          destroyDelay,
          "1 to 1000 days",
        ),
  ]);
}

function placeProblems({ locations, key }: SecretContainerProps) {
  if (locations === "automatic") {
    return [key && keyProblem(key, "global", "key")];
  }
  const names = locations.map((location) => asReplica(location).location);
  return [
    check(locations.length > 0, "locations", locations, "at least one region"),
    check(key === undefined, "key", "a key", "a key with each location: only automatic locations share one"),
    ...locations
      .map(asReplica)
      .flatMap((replica, index) => [
        check(
          names.indexOf(replica.location) === index,
          `locations[${index}]`,
          replica.location,
          "each region once",
        ),
        replica.key && keyProblem(replica.key, replica.location, `locations[${index}].key`),
      ]),
  ];
}

function keyProblem(key: KeyLike, location: string, field: string) {
  return Token.isUnresolved(key.location)
    ? undefined
    : check(key.location === location, field, `a key in ${key.location}`, `a key in ${location}`);
}

function checkTime(time: string, field: string) {
  const whole = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(time) && !Number.isNaN(Date.parse(time));
  return check(whole, field, time, "a time in UTC such as 2027-01-04T09:00:00Z");
}
