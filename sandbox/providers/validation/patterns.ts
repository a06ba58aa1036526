import { RE2JS } from "re2js";

const compiled = new Map<string, ReturnType<typeof RE2JS.compile>>();

/** Whether a pattern (RE2) is found in a text. */
export function matches(pattern: string, text: string): boolean {
  let expression = compiled.get(pattern);
  if (!expression) {
    expression = RE2JS.compile(pattern);
    compiled.set(pattern, expression);
  }
  return expression.matcher(text).find();
}
