/** What an expression can be made of. */
export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };

/** What an expression may ask for: `github`, `needs`, … */
export interface Context {
  values: { [name: string]: Value };
  /** How the steps or jobs before ended; `success()` and the like tell. */
  status: "success" | "failure" | "skipped" | "cancelled";
}

const tokenPattern =
  /\s*(?:('(?:[^']|'')*')|(\d+(?:\.\d+)?)|(==|!=|&&|\|\||[!()[\].,*])|([A-Za-z_][A-Za-z0-9_-]*))/y;

/**
 * GitHub's expressions, as far as our workflows use them: its words for status and strings, its comparison (texts
 * without regard to case, different types as numbers), `.*` over lists and objects.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 *
 * @throws Error for what it doesn't know: an unknown word must not pass as null
 */
export function evaluate(text: string, context: Context): Value {
  const parser = new Parser(tokensOf(text), context);
  const value = parser.or();
  parser.end(text);
  return value;
}

/** Replaces each `${{ … }}`; a text that is nothing else keeps the type of its value. */
export function interpolate(text: string, context: Context): Value {
  const whole = /^\$\{\{((?:(?!\}\}).)*)\}\}$/s.exec(text.trim());
  if (whole) return evaluate(whole[1] ?? "", context);
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, inner: string) => textOf(evaluate(inner, context)));
}

/** An `if:`: what says nothing about the status means `success()` too. */
export function holds(condition: string | undefined, context: Context): boolean {
  if (condition === undefined) return context.status === "success";
  const text = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(condition)?.[1] ?? condition;
  const asksStatus = /\b(success|failure|cancelled|always)\s*\(/.test(text);
  return (asksStatus || context.status === "success") && isTrue(evaluate(text, context));
}

/** As it stands in a variable. */
export function textOf(value: Value): string {
  return value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
}

function isTrue(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== "";
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  let end = 0;
  for (let match = tokenPattern.exec(text); match; match = tokenPattern.exec(text)) {
    tokens.push(match[0].trim());
    end = tokenPattern.lastIndex;
  }
  if (text.slice(end).trim() !== "") throw new Error(`not understood in an expression: ${text.slice(end)}`);
  return tokens;
}

class Parser {
  private next = 0;
  /** More than 0 where the left side has decided already: there nothing is called, as GitHub calls nothing. */
  private idle = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly context: Context,
  ) {}

  end(text: string): void {
    if (this.next < this.tokens.length) throw new Error(`not understood from ${this.peek()} on: ${text}`);
  }

  or(): Value {
    let value = this.and();
    while (this.take("||")) {
      const decided = isTrue(value);
      const other = this.unless(decided, () => this.and());
      if (!decided) value = other;
    }
    return value;
  }

  private and(): Value {
    let value = this.comparison();
    while (this.take("&&")) {
      const decided = !isTrue(value);
      const other = this.unless(decided, () => this.comparison());
      if (!decided) value = other;
    }
    return value;
  }

  private unless(decided: boolean, read: () => Value): Value {
    if (decided) this.idle++;
    const value = read();
    if (decided) this.idle--;
    return value;
  }

  private comparison(): Value {
    const value = this.not();
    if (this.take("==")) return equal(value, this.not());
    if (this.take("!=")) return !equal(value, this.not());
    return value;
  }

  private not(): Value {
    return this.take("!") ? !isTrue(this.not()) : this.member();
  }

  private member(): Value {
    let value = this.primary();
    for (;;) {
      if (this.take("[")) {
        value = at(value, textOf(this.or()));
        this.expect("]");
      } else if (this.take(".")) {
        value = this.take("*") ? this.each(value) : at(value, this.word());
      } else {
        return value;
      }
    }
  }

  /** `.*.name`: that of every element which has it. */
  private each(value: Value): Value {
    const elements = Array.isArray(value) ? value : Object.values(isObject(value) ? value : {});
    if (!this.take(".")) return elements;
    const name = this.word();
    return elements.flatMap((one) => (isObject(one) && name in one ? [one[name] ?? null] : []));
  }

  private primary(): Value {
    if (this.take("(")) {
      const value = this.or();
      this.expect(")");
      return value;
    }
    const token = this.word();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^\d/.test(token)) return Number(token);
    if (token === "true" || token === "false") return token === "true";
    if (token === "null") return null;
    if (this.take("(")) return this.call(token);
    const value = this.context.values[token];
    if (value === undefined) throw new Error(`an expression names ${token}, which is not there`);
    return value;
  }

  private call(name: string): Value {
    const given: Value[] = [];
    while (!this.take(")")) {
      given.push(this.or());
      this.take(",");
    }
    if (this.idle > 0) return null;
    const { status } = this.context;
    const [first = null, second = null] = given;
    switch (name) {
      case "always":
        return true;
      case "success":
      case "failure":
      case "cancelled":
        return status === name;
      case "contains":
        return Array.isArray(first)
          ? first.some((one) => equal(one, second))
          : textOf(first).toLowerCase().includes(textOf(second).toLowerCase());
      case "startsWith":
        return textOf(first).toLowerCase().startsWith(textOf(second).toLowerCase());
      case "fromJSON":
        return JSON.parse(textOf(first)) as Value;
      default:
        throw new Error(`an expression calls ${name}(), which is not known here`);
    }
  }

  private peek(): string {
    return this.tokens[this.next] ?? "its end";
  }

  private word(): string {
    const token = this.tokens[this.next++];
    if (token === undefined) throw new Error("an expression ends too early");
    return token;
  }

  private take(token: string): boolean {
    if (this.tokens[this.next] !== token) return false;
    this.next++;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw new Error(`an expression has ${this.peek()} in the place of ${token}`);
  }
}

function isObject(value: Value): value is { [name: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function at(value: Value, name: string): Value {
  if (Array.isArray(value)) return value[Number(name)] ?? null;
  return isObject(value) ? (value[name] ?? null) : null;
}

function equal(left: Value, right: Value): boolean {
  if (typeof left === "string" && typeof right === "string")
    return left.toLowerCase() === right.toLowerCase();
  if (left === null || right === null || typeof left === typeof right) {
    if (left === right) return true;
    if (left !== null && right !== null) return false;
  }
  return numberOf(left) === numberOf(right);
}

function numberOf(value: Value): number {
  if (value === null || value === "") return 0;
  return typeof value === "object" ? Number.NaN : Number(value);
}
