import { isIPv4, isIPv6 } from "node:net";
import { Token } from "cdktf";
import { check } from "../problems";
import { type Duration, inSeconds } from "../units";

/** A name and what it leads to. */
export interface DnsRecord {
  /** The full name without a dot at the end, in the zone: `api.shop.example`, or the zone's own. */
  readonly name: string;
  /** What the values are. */
  readonly type: "A" | "AAAA" | "CAA" | "CNAME" | "MX" | "NS" | "TXT";
  /**
   * Addresses (A, AAAA), names without a dot at the end (CNAME, NS), `10 mail.example` (MX), `0 issue "pki.goog"` (CAA),
   * or text without quotes (TXT). At least one.
   */
  readonly values: readonly string[];
  /** How long others may remember it, 1 second to a week. @default "5 minutes" */
  readonly ttl?: Duration;
}

const hostName = /^([a-z0-9_*]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i;

/** What a value of each kind looks like. */
const kinds: Record<DnsRecord["type"], { is: (value: string) => boolean; expected: string }> = {
  A: { is: isIPv4, expected: "an IPv4 address" },
  AAAA: { is: isIPv6, expected: "an IPv6 address" },
  CAA: {
    is: (value) => /^\d{1,3} (issue|issuewild|iodef) "[^"]*"$/.test(value),
    expected: '0 issue "pki.goog"',
  },
  CNAME: { is: (value) => hostName.test(value), expected: "a name without a dot at the end" },
  MX: {
    is: (value) => /^\d{1,5} \S+$/.test(value) && hostName.test(value.split(" ")[1] ?? ""),
    expected: "a priority and a name: 10 mail.example",
  },
  NS: { is: (value) => hostName.test(value), expected: "a name without a dot at the end" },
  TXT: { is: (value) => !/["\\\n\r]/.test(value) && value.length > 0, expected: "text without quotes" },
};

/** What is wrong with a record of a zone. */
export function recordProblems({ name, type, values, ttl = "5 minutes" }: DnsRecord, domain: string) {
  const inZone = name === domain || name.endsWith(`.${domain}`);
  const kind = kinds[type];
  return [
    check(inZone && !name.endsWith("."), "name", name, `${domain}, or a name below it`),
    check(values.length > 0, "values", values, "at least one"),
    check(
      type !== "CNAME" || (values.length <= 1 && name !== domain),
      "values",
      values,
      "one, and not for the zone's own name: a CNAME stands alone",
    ),
    check(inSeconds(ttl) >= 1 && inSeconds(ttl) <= 604_800, "ttl", ttl, "1 second to 7 days"),
    ...values.map((value, index) =>
      // An address that Google has yet to choose can't be looked at.
      Token.isUnresolved(value) ? undefined : check(kind.is(value), `values[${index}]`, value, kind.expected),
    ),
  ];
}

/** Values as Cloud DNS has them: names end with a dot, text is in quotes, in pieces of at most 255 characters. */
export function recordValues({ type, values }: DnsRecord): string[] {
  return values.map((value) => {
    if (Token.isUnresolved(value)) return value;
    if (type === "CNAME" || type === "NS" || type === "MX") return `${value}.`;
    if (type === "TXT") return (value.match(/.{1,255}/gs) ?? []).map((piece) => `"${piece}"`).join(" ");
    return value;
  });
}
