/** An amount with its currency in sight: `"1500 EUR"`. */
export type Money = `${number} ${string}`;

/** Whole units, billionths and currency of an amount, as Google's APIs write money; undefined when it is none. */
export function moneyParts(money: Money): { units: string; nanos: number; currency: string } | undefined {
  const match = /^(\d{1,15})(?:\.(\d{1,9}))? ([A-Z]{3})$/.exec(money);
  if (!match) return undefined;
  const [, units = "", fraction = "", currency = ""] = match;
  return { units: String(Number(units)), nanos: Number(fraction.padEnd(9, "0")), currency };
}
