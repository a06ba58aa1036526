/** Shorter texts (`true`, `8`) are everywhere; replacing them would make output unreadable and hide nothing. */
export const shortestSecret = 6;
const hidden = "(sensitive)";
const pairs = 1 << 16;

/** Replaces secrets in texts; thousands of secrets in megabytes of text cost one look at each character. */
export class SecretMask {
  /** By their first characters, longest first. */
  private readonly byStart = new Map<string, string[]>();
  /** Which two characters a secret can start with. */
  private readonly starts = new Uint8Array(pairs);

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) {
      if (secret.length < shortestSecret) continue;
      const start = secret.slice(0, shortestSecret);
      const same = this.byStart.get(start);
      if (same) same.push(secret);
      else this.byStart.set(start, [secret]);
      this.starts[pairAt(secret, 0)] = 1;
    }
    for (const same of this.byStart.values()) same.sort((a, b) => b.length - a.length);
  }

  /** The text with every secret replaced. */
  apply(text: string): string {
    if (this.byStart.size === 0) return text;
    let masked = "";
    let from = 0;
    for (let at = 0; at <= text.length - shortestSecret; at++) {
      if (this.starts[pairAt(text, at)] === 0) continue;
      const secret = this.byStart
        .get(text.slice(at, at + shortestSecret))
        ?.find((candidate) => text.startsWith(candidate, at));
      if (secret === undefined) continue;
      masked += text.slice(from, at) + hidden;
      from = at + secret.length;
      at = from - 1;
    }
    return from === 0 ? text : masked + text.slice(from);
  }
}

function pairAt(text: string, at: number): number {
  return ((text.charCodeAt(at) << 7) ^ text.charCodeAt(at + 1)) & (pairs - 1);
}
