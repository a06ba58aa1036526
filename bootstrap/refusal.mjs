import { relative, resolve } from "node:path";
import { root } from "./bundle.mjs";

/**
 * A mistake in what people write: a value that was refused, or a file that is no TypeScript.
 *
 * @param {any} error
 * @returns {{ headline: string, problems: { field: string, found: string, expected: string }[] } | undefined}
 */
export function refusalOf(error) {
  if (error?.name === "UserError") {
    const headline = error.message.split("\n  ")[0];
    return { headline, problems: error.problems };
  }
  if (Array.isArray(error?.errors) && error.errors[0]?.location) {
    const problems = error.errors.map((/** @type {import("esbuild").Message} */ { text, location }) => ({
      field: location ? `${relative(root, resolve(root, location.file))}:${location.line}` : "main.ts",
      found: text,
      expected: "TypeScript that can be read",
    }));
    return { headline: "The platform's files can't be read.", problems };
  }
  return undefined;
}
