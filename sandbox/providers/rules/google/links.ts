import { parseDuration } from "../../go-values/duration";
import type { RuleSet } from "../../hooks/rule-set";
import { codeOfText, isLegacyObject, isZero, type LegacyValue, textOf } from "../../sdk/legacy-values";

/** Last part of a link or path; the whole text when it has no slash. */
export function lastPart(link: string): string {
  return link.slice(link.lastIndexOf("/") + 1);
}

/** A link from `projects/` on; undefined when it has no such part. */
export function relativePath(link: string): string | undefined {
  const at = link.indexOf("projects/");
  return at < 0 ? undefined : link.slice(at);
}

export function sameRelativePath(before: string, after: string): boolean {
  const path = relativePath(before);
  return path !== undefined && path === relativePath(after);
}

/** A configured name, or another form of the same link, names the object whose link is stored. */
export function sameLinkOrName(before: string, after: string): boolean {
  return (!after.includes("/") && lastPart(before) === after) || sameRelativePath(before, after);
}

export function sameLetters(before: string, after: string): boolean {
  return before.toUpperCase() === after.toUpperCase();
}

/** Nothing and a default value are the same. */
export function nothingIs(value: string, before: string, after: string): boolean {
  return (before === "" && after === value) || (after === "" && before === value);
}

/** google/tpgresource/self_link_helpers.go, google/tpgresource/common_diff_suppress.go */
export const links: RuleSet = {
  suppress: {
    "tpgresource.CompareSelfLinkOrResourceName": (_, before, after) => sameLinkOrName(before, after),
    "tpgresource.CompareSelfLinkRelativePaths": (_, before, after) => sameRelativePath(before, after),
    "tpgresource.CompareSelfLinkRelativePathsIgnoreProjectId": (_, before, after) => {
      const [a, b] = [relativePath(before), relativePath(after)];
      if (a === undefined || b === undefined) return false;
      return (
        a === b ||
        a.replace(/projects\/[^/]+/g, "projects/equal") === b.replace(/projects\/\d+/g, "projects/equal")
      );
    },
    "tpgresource.CompareResourceNames": (_, before, after) => lastPart(before) === lastPart(after),
    "tpgresource.CaseDiffSuppress": (_, before, after) => sameLetters(before, after),
    "tpgresource.ProjectNumberDiffSuppress": (_, before, after) =>
      before.replace(/projects\/\d+/g, "projects/equal") ===
      after.replace(/projects\/[^/]+/g, "projects/equal"),
    "tpgresource.CompareCryptoKeyVersions": (_, before, after) =>
      before.split("/cryptoKeyVersions")[0] === after,
    "tpgresource.CidrOrSizeDiffSuppress": (_, before, after) =>
      after.startsWith("/") && before.endsWith(after),
    "tpgresource.Base64DiffSuppress": (_, before, after) => plainBase64(before) === plainBase64(after),
    "tpgresource.DurationDiffSuppress": (_, before, after) => {
      const nanoseconds = parseDuration(before);
      return nanoseconds !== undefined && nanoseconds === parseDuration(after);
    },
    "tpgresource.EmptyOrUnsetBlockDiffSuppress": (key, before, after, data) => {
      if (!key.endsWith(".#")) return false;
      const change = data.getChange(key.slice(0, -2));
      if (before === "0" && after === "1") return isEmptyBlock(change.after);
      return after === "0" && before === "1" && isEmptyBlock(change.before);
    },
    TimestampDiffSuppress: (_, before, after) => {
      const moment = Date.parse(before);
      return !Number.isNaN(moment) && moment === Date.parse(after);
    },
  },
  suppressMakers: {
    EmptyOrDefaultStringSuppress: (value) => (_, before, after) => nothingIs(String(value), before, after),
    OptionalPrefixSuppress: (prefix) => (_, before, after) =>
      `${prefix}${before}` === after || `${prefix}${after}` === before,
    IgnoreMissingKeyInMap: (missing) => (key, before, after) => {
      if (key.endsWith(".%")) return /^\d+$/.test(before) && Number(before) + 1 === Number(after);
      return key.endsWith(`.${missing}`) && before === "";
    },
  },
  codes: {
    "tpgresource.SelfLinkRelativePathHash": (element) => codeOfText(relativePath(textOf(element)) ?? ""),
    "tpgresource.SelfLinkNameHash": (element) => codeOfText(lastPart(textOf(element))),
  },
};

function plainBase64(text: string): string {
  return text
    .replace(/[\r\n=]/g, "")
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

function isEmptyBlock(value: LegacyValue | undefined): boolean {
  const block = Array.isArray(value) ? value[0] : undefined;
  return isLegacyObject(block) && Object.values(block).every(isZero);
}
