import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";

/** What is wrong with a zip and the number of its files. */
export function artifactProblems(artifact: string, filesCount = 1): (Problem | undefined)[] {
  return [
    check(isZip(artifact), "artifact", artifact, "the address of a zip: gs://bucket/name.zip"),
    check(filesCount >= 1 && filesCount <= 10_000, "filesCount", filesCount, "1 to 10000"),
  ];
}

/** Whether it is the address of a zip. */
export function isZip(artifact: string): boolean {
  return /^gs:\/\/[^/]+\/.+\.zip$/.test(artifact);
}

/** The zip as a version's deployment names it. */
export function zipBlock(artifact: string, filesCount: number | undefined) {
  return {
    sourceUrl: artifact.replace(/^gs:\/\//, "https://storage.googleapis.com/"),
    ...(filesCount === undefined ? {} : { filesCount }),
  };
}
