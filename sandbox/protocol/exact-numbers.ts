/**
 * Terraform's numbers have 512 bits, JavaScript's 53. A number that JavaScript would change is held as its decimal
 * text, which Terraform takes back as that number; all others are JavaScript numbers.
 */

/** The number that a decimal text stands for, or the text itself where the number would not be exact. */
export function fromDecimal(text: string): number | string {
  const number = Number(text);
  return String(number) === text ? number : text;
}

export function fromBigInt(number: bigint): number | string {
  const narrow = Number(number);
  return Number.isSafeInteger(narrow) ? narrow : number.toString();
}

/** What msgpack carries for a number: Terraform reads a text as decimal, so `0.1` stays `0.1`. */
export function toWire(number: number): number | string {
  return Number.isSafeInteger(number) ? number : String(number);
}

const DECIMAL = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

const LONG_DIGITS = /\d{16}/;
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * `JSON.parse` that keeps numbers exact (see above).
 * @throws SyntaxError
 */
export function parseExactJson(text: string): unknown {
  if (!LONG_DIGITS.test(text)) return JSON.parse(text);
  return JSON.parse(
    text.replace(STRING_OR_NUMBER, (token) =>
      token.startsWith('"') || token.length < 16 || typeof fromDecimal(token) === "number"
        ? token
        : JSON.stringify(token),
    ),
  );
}
