// Reads Terraform schemas out of the installed provider bindings: the generated TypeScript that every
// lib/*/index.js carries in its source map. Read as text; nothing is evaluated.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {import("./model").AttributeSchema} AttributeSchema */
/** @typedef {import("./model").BlockSchema} BlockSchema */
/** @typedef {import("./model").TypeExpression} TypeExpression */
/** @typedef {{ kind: "data" | "provider", name: string, block: BlockSchema }} BindingSchema */

/** @type {Record<string, TypeExpression>} */
const GETTERS = {
  getStringAttribute: "string",
  getNumberAttribute: "number",
  getBooleanAttribute: "bool",
  getListAttribute: ["list", "string"],
  getNumberListAttribute: ["list", "number"],
  getStringMapAttribute: ["map", "string"],
  getNumberMapAttribute: ["map", "number"],
  getBooleanMapAttribute: ["map", "bool"],
  getAnyMapAttribute: ["map", "string"],
};

/** @type {Record<string, (nesting: "list" | "set") => TypeExpression>} */
const STORED = {
  StringMap: () => ["map", "string"],
  NumberMap: () => ["map", "number"],
  BooleanMap: () => ["map", "bool"],
  AnyMap: () => ["map", "string"],
  StringMapList: (nesting) => [nesting, ["map", "string"]],
  StringListMap: () => ["map", ["list", "string"]],
  StringListList: (nesting) => [nesting, ["list", "string"]],
  BooleanList: (nesting) => [nesting, "bool"],
  NumberList: (nesting) => [nesting, "number"],
};

/** @param {string} file */
function typescriptOf(file) {
  const text = readFileSync(file, "utf8");
  const start = text.lastIndexOf("base64,") + "base64,".length;
  return JSON.parse(Buffer.from(text.slice(start), "base64").toString("utf8")).sourcesContent[0];
}

/** @param {string} folder one folder of a binding's lib/ */
function sourceOf(folder) {
  let source = typescriptOf(join(folder, "index.js"));
  const structs = join(folder, "index-structs");
  if (existsSync(structs)) {
    for (const file of readdirSync(structs)) {
      if (/^structs\d+\.js$/.test(file)) source += `\n${typescriptOf(join(structs, file))}`;
    }
  }
  return source;
}

/**
 * @param {string} folder one folder of a binding's lib/
 * @param {ReadonlySet<string>} nested data sources whose objects are nested attributes: bindings don't tell these
 * from attributes of an object type
 * @returns {BindingSchema | undefined} undefined when the folder holds no data source and no provider
 */
export function readBinding(folder, nested) {
  const source = sourceOf(folder);
  const main = /^export class (\w+) extends cdktf\.Terraform(DataSource|Provider) \{$/m.exec(source);
  if (!main) return undefined;
  const name = /public static readonly tfResourceType = "([\w-]+)"/.exec(source)?.[1] ?? "";
  const block = new BindingReader(source, nested.has(name)).blockOf(main[1] ?? "");
  if (main[2] === "Provider") delete block.attributes.alias; // Terraform's own
  return { kind: main[2] === "Provider" ? "provider" : "data", name, block };
}

class BindingReader {
  /**
   * @param {string} source
   * @param {boolean} nestedAttributes whether objects are nested attributes
   */
  constructor(source, nestedAttributes) {
    this.source = source;
    this.nestedAttributes = nestedAttributes;
  }

  /** @param {string} className */
  #body(className) {
    const start = this.source.indexOf(`export class ${className} extends `);
    return start < 0 ? "" : this.source.slice(start, this.source.indexOf("\n}\n", start));
  }

  /**
   * @param {string} name a struct that has an interface and no class
   * @returns {BlockSchema}
   */
  #structOf(name) {
    const start = this.source.indexOf(`export interface ${name} {`);
    const text = this.source.slice(start, this.source.indexOf("\n}\n", start));
    const mapper = name.charAt(0).toLowerCase() + name.slice(1);
    const hclStart = this.source.indexOf(`export function ${mapper}ToHclTerraform(`);
    const hcl = this.source.slice(hclStart, this.source.indexOf("\n}\n", hclStart));
    /** @type {BlockSchema} */
    const block = { attributes: {}, blocks: {} };
    for (const [, attribute = "", optional, field = ""] of text.matchAll(
      /#(\w+) \w+#\w+\}\n {2}\*\/\n {2}readonly \w+(\?)?: (.*?)(?: \| cdktf\.IResolvable)?;/g,
    )) {
      const isSet = new RegExp(`\\n    ${attribute}: \\{\\n[^}]*type: "set"`).test(hcl);
      const type = isSet ? /** @type {TypeExpression} */ (["set", "string"]) : typeOfField(field);
      block.attributes[attribute] = { ...(optional ? { optional: true } : { required: true }), type };
    }
    return block;
  }

  /**
   * @param {string} className class that carries the attributes
   * @returns {BlockSchema}
   */
  blockOf(className) {
    const body = this.#body(className);
    const struct = className.replace(/OutputReference$/, "");
    const mapper = struct.charAt(0).toLowerCase() + struct.slice(1);
    const hcl =
      struct === className
        ? body.slice(body.indexOf("synthesizeHclAttributes()"))
        : this.source.slice(this.source.indexOf(`export function ${mapper}ToHclTerraform(`));
    /** @type {BlockSchema} */
    const block = { attributes: {}, blocks: {} };
    const attribute =
      /\n {2}\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)\n([\s\S]*?)(?=\n {2}\/\/ \w+ - computed: |\n {2}\/\/ =+\n|$)/g;
    for (const [, name = "", computed, optional, required, code = ""] of body.matchAll(attribute)) {
      /** @type {AttributeSchema} */
      const flags = {};
      if (required === "true") flags.required = true;
      else if (optional === "true") flags.optional = true;
      if (computed === "true" && required !== "true") flags.computed = true;
      const settable = Boolean(flags.required || flags.optional);

      const stored = /= new (?:\w+\.)?(\w+)\(this, "\w+"(?:, (true|false))?\)/.exec(code);
      const field = /^ {2}private _\w+\?: (.*?)(?: \| cdktf\.IResolvable)?; $/m.exec(code)?.[1] ?? "";
      const struct = /^(\w+)\[\]$/.exec(field)?.[1];
      if (!stored && struct && struct !== "string" && struct !== "number") {
        // Only provider blocks keep plain structs; the framework tells Terraform no limits for them.
        block.blocks[name] = { nesting: "list", minItems: 0, maxItems: 0, block: this.#structOf(struct) };
        continue;
      }
      if (!stored && !code.includes("Attribute(")) {
        block.attributes[name] = { ...flags, type: typeOfField(field) };
        continue;
      }
      if (!stored) {
        const getter = /this\.(get\w+Attribute)\(/.exec(code)?.[1] ?? "getStringAttribute";
        let type = GETTERS[getter] ?? "string";
        if (code.includes("cdktf.Fn.tolist(") && Array.isArray(type) && typeof type[1] === "string") {
          type = ["set", type[1]];
        }
        block.attributes[name] = { ...flags, type };
        continue;
      }
      const [, stem = "", isSet] = stored;
      const nesting = isSet === "true" ? "set" : "list";
      const simple = STORED[stem];
      if (simple) {
        block.attributes[name] = { ...flags, type: simple(nesting) };
        continue;
      }
      const [, inner = "", shape] = /^(\w+?)(List|Map|OutputReference)$/.exec(stem) ?? [];
      const nested = this.blockOf(`${inner}OutputReference`);
      const entry = new RegExp(
        `\\n\\s+${name}: \\{\\n\\s+value: (.*),\\n\\s+isBlock: \\w+,\\n\\s+type: "(\\w+)"`,
      ).exec(hcl);
      const isBlock = settable && (/, true\)/.test(entry?.[1] ?? "") || shape === "OutputReference");
      if (isBlock) {
        const single = shape === "OutputReference";
        const kind = entry?.[2] === "set" ? "set" : entry?.[2] === "struct" ? "single" : nesting;
        block.blocks[name] = {
          nesting: single ? kind : nesting,
          minItems: flags.required ? 1 : 0,
          maxItems: single && kind !== "single" ? 1 : 0,
          block: nested,
        };
      } else if (this.nestedAttributes) {
        block.attributes[name] = {
          ...flags,
          nested: {
            nesting: shape === "List" ? nesting : shape === "Map" ? "map" : "single",
            attributes: nested.attributes,
          },
        };
      } else {
        const object = objectType(nested);
        block.attributes[name] = {
          ...flags,
          type: shape === "List" ? [nesting, object] : shape === "Map" ? ["map", object] : object,
        };
      }
    }
    return block;
  }
}

/**
 * @param {string} field TypeScript type of a property
 * @returns {TypeExpression}
 */
function typeOfField(field) {
  if (field.startsWith("{ [key: string]")) return ["map", "string"];
  if (field.endsWith("[]")) return ["list", field === "number[]" ? "number" : "string"];
  return field === "boolean" ? "bool" : field === "number" ? "number" : "string";
}

/**
 * @param {BlockSchema} block
 * @returns {TypeExpression}
 */
function objectType(block) {
  /** @type {Record<string, TypeExpression>} */
  const members = {};
  for (const [name, { type = "string" }] of Object.entries(block.attributes)) members[name] = type;
  for (const [name, { nesting, block: inner }] of Object.entries(block.blocks)) {
    members[name] = nesting === "single" ? objectType(inner) : [nesting, objectType(inner)];
  }
  return ["object", members];
}
