import type { Problem } from "@groundwork/user-error";
import { check, checkName } from "../problems";
import { instanceLimits, kindOf } from "./scaling";
import type { StandardVersionSettings } from "./settings";

/** What a pull request wants to see running. */
export interface PreviewedVersion {
  /** First 7 digits of a hash of what runs: the commit's, or the content's. */
  readonly hash: string;
  /** `gs://bucket/name.zip`. */
  readonly artifact: string;
  /** @default - App Engine is not told */
  readonly filesCount?: number;
  /** At most F2, automatic, from none to at most 2 instances: nobody pays for a preview that nobody looks at. */
  readonly settings: StandardVersionSettings;
}

/** `pr-12-3f9a1c2`. */
export function previewVersionId(pullRequest: number, hash: string): string {
  return `pr-${pullRequest}-${hash}`;
}

/** What is wrong with a preview, beyond what is wrong with any version. */
export function previewProblems(
  pullRequest: number,
  { hash, settings }: PreviewedVersion,
  field = "",
): (Problem | undefined)[] {
  const { instanceClass, scaling } = settings;
  const { least, most } = instanceLimits(scaling);
  return [
    check(
      Number.isInteger(pullRequest) && pullRequest >= 1 && pullRequest <= 9_999_999,
      "pullRequest",
      pullRequest,
      "the number of a pull request",
    ),
    checkName(hash, /^[0-9a-f]{7}$/, `${field}hash`, "7 hexadecimal digits"),
    check(
      instanceClass === "F1" || instanceClass === "F2",
      `${field}settings.instanceClass`,
      instanceClass,
      "F1 or F2 in a preview",
    ),
    check(
      kindOf(scaling) === "automatic" && least === 0 && most <= 2,
      `${field}settings.scaling`,
      `${kindOf(scaling)}, ${least} to ${most} instances`,
      "automatic, 0 to at most 2 instances in a preview",
    ),
  ];
}
