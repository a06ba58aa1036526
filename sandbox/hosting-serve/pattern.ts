import { RE2JS } from "re2js";
import type { Pattern } from "../hosting-api/model";

/** What a pattern kept of a path: by name, for a regular expression by number too. */
export type Captures = { [name: string]: string };

/**
 * Holds a path against the pattern of a header, redirect or rewrite.
 *
 * @param path decoded, with its leading slash and without a query
 * @returns undefined where it doesn't fit
 * @see https://firebase.google.com/docs/hosting/full-config#glob_pattern_matching
 */
export function matchPattern({ glob, regex }: Pattern, path: string): Captures | undefined {
  if (glob !== undefined) {
    const match = globExpression(glob).exec(path);
    return match ? givenOf(match.groups ?? {}) : undefined;
  }
  return regex === undefined ? undefined : matchRegex(regex, path);
}

/** RE2, anywhere in the path. An expression that is none fits nothing: Hosting refuses it when it is deployed. */
function matchRegex(regex: string, path: string): Captures | undefined {
  const expression = compiled(regex);
  const matcher = expression?.matcher(path);
  if (expression === undefined || matcher === undefined || !matcher.find()) return undefined;
  const captures: { [name: string]: string | null | undefined } = {};
  for (let index = 1; index <= matcher.groupCount(); index++) captures[index] = matcher.group(index);
  for (const name of Object.keys(expression.namedGroups())) captures[name] = matcher.group(name);
  return givenOf(captures);
}

function compiled(regex: string): RE2JS | undefined {
  try {
    return RE2JS.compile(regex);
  } catch {
    return undefined;
  }
}

function givenOf(captures: { [name: string]: string | null | undefined }): Captures {
  return Object.fromEntries(
    Object.entries(captures).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

const expressions = new Map<string, RegExp>();

/**
 * Globs with `**`, `*`, `?`, classes, braces, extended groups `@(a|b)`, parts to keep (`:name`, `:name*`), and the whole
 * turned round by a leading `!`.
 */
export function globExpression(glob: string): RegExp {
  const known = expressions.get(glob);
  if (known) return known;
  const turned = /^!(?!\()/.test(glob);
  const plain = turned ? glob.slice(1) : glob;
  const inner = translate(plain.startsWith("/") || plain.startsWith("**") ? plain : `/${plain}`);
  const expression = new RegExp(turned ? `^(?!${inner}$)` : `^${inner}$`, "s");
  if (expressions.size > 10_000) expressions.clear();
  expressions.set(glob, expression);
  return expression;
}

/** Each takes what stands at a place of the glob, or leaves it to the next. */
type Reader = (glob: string, at: number) => { read: number; expression: string } | undefined;

const readers: readonly Reader[] = [
  (glob, at) => {
    const [whole, name] = /^\/:([A-Za-z_]\w*)\*/.exec(glob.slice(at)) ?? [];
    return whole === undefined ? undefined : { read: whole.length, expression: `(?:/(?<${name}>.*))?` };
  },
  (glob, at) => {
    const [whole, name] = /^:([A-Za-z_]\w*)/.exec(glob.slice(at)) ?? [];
    if (whole === undefined || glob[at - 1] !== "/") return undefined;
    return { read: whole.length, expression: `(?<${name}>[^/]+)` };
  },
  (glob, at) => {
    if (!isSegmentStart(glob, at)) return undefined;
    if (glob.startsWith("**/", at)) return { read: 3, expression: "(?:.*/)?" };
    return glob.slice(at) === "**" ? { read: 2, expression: ".*" } : undefined;
  },
  readGroup,
  (glob, at) => {
    const stars = /^\*+/.exec(glob.slice(at))?.[0].length ?? 0;
    if (stars === 0) return undefined;
    const alone = isSegmentStart(glob, at) && (glob[at + stars] ?? "/") === "/";
    return { read: stars, expression: alone ? "[^/]+" : "[^/]*" };
  },
  (glob, at) => (glob[at] === "?" ? { read: 1, expression: "[^/]" } : undefined),
  (glob, at) => {
    const [whole, inner] = /^\[(!?\]?[^\]]*)\]/.exec(glob.slice(at)) ?? [];
    if (whole === undefined || inner === undefined) return undefined;
    const escaped = inner.replace(/^!/, "^").replace(/[[\]\\]/g, "\\$&");
    return { read: whole.length, expression: `[${escaped}]` };
  },
  (glob, at) => {
    if (glob[at] !== "{") return undefined;
    const end = closing(glob, at, "{", "}");
    if (end === undefined) return undefined;
    const choices = split(glob.slice(at + 1, end), ",").map(translate);
    return { read: end + 1 - at, expression: `(?:${choices.join("|")})` };
  },
];

/** `@(a|b)` and its kin. */
function readGroup(glob: string, at: number): { read: number; expression: string } | undefined {
  const kind = glob[at] ?? "";
  if (!"@?*+!".includes(kind) || glob[at + 1] !== "(") return undefined;
  const end = closing(glob, at + 1, "(", ")");
  if (end === undefined) return undefined;
  const choices = split(glob.slice(at + 2, end), "|")
    .map(translate)
    .join("|");
  if (kind === "!") {
    // Nothing that one of the choices, with all that follows, would fit.
    const rest = translate(glob.slice(end + 1)).replace(/\?<\w+>/g, "?:");
    return { read: end + 1 - at, expression: `(?!(?:${choices})${rest}$)[^/]*` };
  }
  return { read: end + 1 - at, expression: `(?:${choices})${kind === "@" ? "" : kind}` };
}

function translate(glob: string): string {
  let expression = "";
  for (let at = 0; at < glob.length; ) {
    const taken = readers.map((read) => read(glob, at)).find((one) => one !== undefined);
    expression += taken?.expression ?? (glob[at] ?? "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    at += taken?.read ?? 1;
  }
  return expression;
}

const isSegmentStart = (glob: string, at: number): boolean => at === 0 || glob[at - 1] === "/";

/** Where the bracket that opens at a place is closed. */
function closing(text: string, from: number, open: string, close: string): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === open) depth++;
    if (text[at] === close && --depth === 0) return at;
  }
  return undefined;
}

/** Splits at separators that stand in no bracket. */
function split(text: string, separator: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if ("({".includes(character)) depth++;
    if (")}".includes(character)) depth--;
    if (character === separator && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}
