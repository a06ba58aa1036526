import { isIP } from "node:net";
import { parseDuration } from "../../go-values/duration";
import { isRfc3339 } from "../../go-values/time";
import type { RuleSet } from "../../hooks/rule-set";
import type { Validator } from "../../sdk/hook-types";
import { isLegacyObject, textOf } from "../../sdk/legacy-values";
import { isCidr } from "../../validation/addresses";
import { matches } from "../../validation/patterns";

/** Pattern of a project id or number, with an optional domain in front (google/verify/validation.go). */
export const PROJECT =
  "(?:(?:[-a-z0-9]{1,63}\\.)*(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?):)?(?:[0-9]{1,19}|(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?))";

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export function isBase64(text: string): boolean {
  return BASE64.test(text.replace(/[\r\n]/g, ""));
}

/** A rule from a test on the text of a value. */
function must(holds: (text: string) => boolean, say: (key: string, text: string) => string): Validator {
  return (value, key) => (holds(textOf(value)) ? undefined : say(key, textOf(value)));
}

const date: Validator = must(
  isRfc3339,
  (key, text) => `"${key}": parsing time "${text}": expected RFC 3339, such as 2030-01-01T00:00:00Z`,
);
const cidr: Validator = must(
  isCidr,
  (key, text) => `"${key}" is not a valid IP CIDR range: invalid CIDR address: ${text}`,
);
const address: Validator = must(
  (text) => isIP(text) !== 0,
  (key, text) => `could not parse "${key}" ("${text}") to IP address`,
);
const duration: Validator = must(
  (text) => parseDuration(text) !== undefined,
  (key, text) =>
    `expected ${key} to be a duration, but parsing gave an error: time: invalid duration "${text}"`,
);

/** google/verify/validation.go and helper/validation of the plugin SDK v2 */
export const values: RuleSet = {
  validate: {
    "verify.ValidateBase64String": must(
      isBase64,
      (key) =>
        `could not decode "${key}" as a valid base64 value. Please use the terraform base64 functions such as base64encode() or filebase64() to supply a valid base64 string`,
    ),
    "verify.ValidateIpAddress": address,
    "validation.IsIPAddress": address,
    "verify.ValidateIpCidrRange": cidr,
    "validation.IsCIDR": cidr,
    "verify.ValidateRFC3339Date": date,
    "validation.IsRFC3339Time": date,
    "verify.ValidateRFC3339Time": must(
      (text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text),
      (key, text) => `"${key}" ("${text}") must be in the format HH:mm (RFC3339)`,
    ),
    "verify.ValidateHourlyOnly": must(
      (text) => /^\+?0*([0-9]|1\d|2[0-3]):00$/.test(text),
      (key, text) => `"${key}" must be in the format HH:00 where HH : [00-23], got: ${text}`,
    ),
    "verify.ValidateRFC6996Asn": (value, key) => {
      const number = Number(value);
      const isPrivate =
        (number >= 64512 && number <= 65534) || (number >= 4200000000 && number <= 4294967294);
      if (isPrivate || number === 16550) return undefined;
      return `expected "${key}" to be a RFC6996-compliant Local ASN: must be either in the private ASN ranges: [64512..65534], [4200000000..4294967294]; or be the value of [16550], got ${number}`;
    },
    "validation.StringIsNotEmpty": must(
      (text) => text !== "",
      (key) => `expected "${key}" to not be an empty string`,
    ),
    ValidateDuration: duration,
    ValidateNonNegativeDuration: (value, key) =>
      duration(value, key) ??
      (textOf(value).startsWith("-")
        ? `duration ${textOf(value)} must be a non-negative duration`
        : undefined),
    ValidateProjectID: must(
      (text) => matches(`^${PROJECT}$`, text),
      (_, text) =>
        `"${text}" project_id must be 6 to 30 with lowercase letters, digits, hyphens and start with a letter. Trailing hyphens are prohibited.`,
    ),
    ValidateProjectName: must(
      (text) => matches("^[A-Za-z0-9-'\"\\s!]{4,30}$", text),
      (_, text) =>
        `"${text}" name must be 4 to 30 characters with lowercase and uppercase letters, numbers, hyphen, single-quote, double-quote, space, and exclamation point.`,
    ),
    validateHttpHeaders: (value, key) => {
      if (!isLegacyObject(value)) return undefined;
      const forbidden = Object.keys(value).find(
        (name) => name === "Content-Length" || /(X-Google-|X-AppEngine-).*/.test(name),
      );
      return forbidden === undefined ? undefined : `Cannot set the ${forbidden} header on ${key}`;
    },
  },
  validateMakers: {
    ValidateRFC1035Name: (least, most) => (value, key) => {
      const text = textOf(value);
      const size = Buffer.byteLength(text);
      if (size < Number(least) || size > Number(most))
        return `"${key}" ("${text}") must be between ${least} and ${most} characters long`;
      return matches("^[a-z]([-a-z0-9]*[a-z0-9])$", text)
        ? undefined
        : `"${key}" ("${text}") must match regex "^[a-z]([-a-z0-9]*[a-z0-9])$"`;
    },
    IsCIDRNetwork: (least, most) => (value, key) => {
      const text = textOf(value);
      const bits = isCidr(text) ? Number(text.split("/")[1]) : -1;
      return bits >= Number(least) && bits <= Number(most)
        ? undefined
        : `expected "${key}" to contain a network Value with between ${least} and ${most} significant bits, got: ${text}`;
    },
  },
};
