import { BlockList, isIP } from "node:net";

/** What is wrong with an IP address or a range of them, or undefined. */
export function ipProblem(format: "cidr" | "ip", value: string, key: string): string | undefined {
  if (format === "ip") {
    return isIP(value) ? undefined : `expected ${key} to contain a valid IP, got: ${value}`;
  }
  return isCidr(value) ? undefined : `expected ${key} to be a valid CIDR Value, got ${value}`;
}

/** Whether a text is an address with a prefix length, `10.0.0.0/8`. */
export function isCidr(text: string): boolean {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const family = match ? isIP(match[1] as string) : 0;
  return family !== 0 && Number(match?.[2]) <= (family === 4 ? 32 : 128);
}

/** Whether two valid addresses are one, however they are written. */
export function sameAddress(a: string, b: string): boolean {
  return canonical(a) === canonical(b);
}

function canonical(address: string): string {
  return isIP(address) === 6 ? new URL(`http://[${address}]`).hostname : address;
}

/** Whether a range of addresses holds another one; both must be valid. */
export function contains(range: string, other: string): boolean {
  const [network = "", prefix = ""] = range.split("/");
  const [start = "", otherPrefix = ""] = other.split("/");
  if (isIP(network) !== isIP(start) || Number(otherPrefix) < Number(prefix)) return false;
  const list = new BlockList();
  const family = isIP(network) === 6 ? "ipv6" : "ipv4";
  list.addSubnet(network, Number(prefix), family);
  return list.check(start, family);
}
