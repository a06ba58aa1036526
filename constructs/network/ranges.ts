/** What every network meets: address ranges that the cloud or the Internet's rules fix. */

/** Every address. */
export const everywhere = "0.0.0.0/0";

/** Addresses of private networks. @see https://datatracker.ietf.org/doc/html/rfc1918 */
export const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] as const;

/** Where Google's load balancers ask from whether a machine is healthy. @see https://cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges */
export const healthCheckRanges = ["130.211.0.0/22", "35.191.0.0/16"] as const;

/** Where Identity-Aware Proxy's tunnels come from. @see https://cloud.google.com/iap/docs/using-tcp-forwarding */
export const identityProxyRange = "35.235.240.0/20";

/** `private.googleapis.com`: Google's APIs without leaving Google's network. @see https://cloud.google.com/vpc/docs/configure-private-google-access#domain-options */
export const privateGoogleApis = {
  range: "199.36.153.8/30",
  addresses: ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"],
} as const;

/** First address as a number, and prefix length, of `10.20.0.0/28`; undefined when it is no range or not its first address. */
export function parseRange(text: string): { first: number; prefix: number } | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const [a = 0, b = 0, c = 0, d = 0, prefix = 33] = match?.slice(1).map(Number) ?? [];
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const whole = match && [a, b, c, d].every((part) => part <= 255) && prefix <= 32;
  return whole && first % 2 ** (32 - prefix) === 0 ? { first, prefix } : undefined;
}

/** Whether it is a range of private addresses with a prefix length between the two. */
export function isPrivateRange(text: string, shortest: number, longest: number): boolean {
  const range = parseRange(text);
  return (
    range !== undefined &&
    range.prefix >= shortest &&
    range.prefix <= longest &&
    privateRanges.some((outer) => contains(outer, range))
  );
}

/** Whether two ranges share an address. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [parseRange(one), parseRange(other)];
  return a !== undefined && b !== undefined && (contains(one, b) || contains(other, a));
}

function contains(outer: string, inner: { first: number; prefix: number }): boolean {
  const range = parseRange(outer);
  return (
    range !== undefined &&
    inner.prefix >= range.prefix &&
    inner.first >= range.first &&
    inner.first < range.first + 2 ** (32 - range.prefix)
  );
}
