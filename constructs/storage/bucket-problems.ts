import { Token } from "cdktf";
import type { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { type Duration, inDays, inSeconds } from "../units";
import type { BucketProps } from "./bucket";
import { storageClasses } from "./lifecycle";
import { keyLocationFor, locationProblem } from "./location";

/** 100 years, the longest that Google keeps anything. */
const longestRetention = 3_155_760_000;

/**
 * Stops a bucket from being made when its props don't fit.
 *
 * @throws UserError with everything that is wrong
 */
export function refuseBucket(scope: Construct, props: BucketProps): void {
  const { name, location, keepReplaced, keepVersions, retention, deleteAfter, softDelete } = props;
  refuse(scope, `bucket ${name}`, [
    checkName(
      name,
      /^(?!goog)[a-z0-9][a-z0-9-_]{1,61}[a-z0-9]$/,
      "name",
      "3 to 63 lowercase letters, digits, - and _",
    ),
    locationProblem(location, "location"),
    check(atLeastADay(keepReplaced), "keepReplaced", keepReplaced, "at least 1 day"),
    check(
      keepReplaced === undefined || retention === undefined,
      "keepReplaced",
      keepReplaced,
      "left out where retention is given: Google keeps no versions under a retention policy",
    ),
    check(
      keepVersions === undefined || (Number.isInteger(keepVersions) && keepVersions >= 1 && !retention),
      "keepVersions",
      keepVersions,
      "a whole number from 1, and no retention",
    ),
    retention &&
      check(
        inSeconds(retention.period) >= 1 && inSeconds(retention.period) <= longestRetention,
        "retention.period",
        retention.period,
        "1 second to 100 years",
      ),
    check(atLeastADay(deleteAfter), "deleteAfter", deleteAfter, "at least 1 day"),
    retention && deleteAfter
      ? check(
          inSeconds(deleteAfter) >= inSeconds(retention.period),
          "deleteAfter",
          deleteAfter,
          `no shorter than the retention (${retention.period})`,
        )
      : undefined,
    check(softDeletable(softDelete), "softDelete", softDelete, '7 to 90 days, or "none"'),
    keyProblem(props),
    ...coolingProblems(props),
  ]);
}

function atLeastADay(duration: Duration | undefined): boolean {
  return duration === undefined || inDays(duration) >= 1;
}

function softDeletable(softDelete: BucketProps["softDelete"]): boolean {
  return (
    softDelete === undefined || softDelete === "none" || (inDays(softDelete) >= 7 && inDays(softDelete) <= 90)
  );
}

function keyProblem({ key, location }: BucketProps) {
  if (key === undefined || Token.isUnresolved(key.location)) {
    return undefined;
  }
  const expected = keyLocationFor(location);
  return check(
    key.location === expected,
    "key",
    `a key in ${key.location}`,
    expected === undefined ? "none: no key can encrypt there" : `a key in ${expected}, where the bucket is`,
  );
}

function coolingProblems({ cool = [], deleteAfter }: BucketProps) {
  return cool.flatMap(({ after, to }, index) => {
    const before = cool[index - 1];
    const older = before === undefined || inDays(after) > inDays(before.after);
    const colder = before === undefined || storageClasses.indexOf(to) > storageClasses.indexOf(before.to);
    return [
      check(older, `cool[${index}].after`, after, `later than the one before (${before?.after})`),
      check(colder, `cool[${index}].to`, to, `colder than the one before (${before?.to})`),
      check(
        deleteAfter === undefined || inDays(after) < inDays(deleteAfter),
        `cool[${index}].after`,
        after,
        `before objects are deleted (${deleteAfter})`,
      ),
    ];
  });
}
