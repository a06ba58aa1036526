import type { ProviderName } from "../../schemas/model";
import { decodeTyped, encodeTyped } from "../codec";
import type { FunctionDefinition } from "../messages";
import type { HandlerContext, Handlers } from "./context";

/** A function of one text: its parameter's name, and what it answers or why it can't. */
interface TextFunction {
  parameter: string;
  summary: string;
  run(text: string): { result: string } | { error: string };
}

/** Takes the first match of a pattern; `shape` is how the real provider words the pattern in its error. */
function elementOf(pattern: RegExp, shape: string): TextFunction["run"] {
  return (text) => {
    const element = pattern.exec(text)?.[1];
    return element === undefined
      ? { error: `The input string "${text}" doesn't contain the expected pattern "${shape}".` }
      : { result: element };
  };
}

function regionOfZone(zone: string): ReturnType<TextFunction["run"]> {
  if (zone === "") return { error: "The input string cannot be empty." };
  const parts = zone.split("-");
  if (parts.length < 3) return { error: `The input string "${zone}" is not a valid zone name.` };
  return { result: parts.slice(0, -1).join("-") };
}

const fromId = (what: string, run: TextFunction["run"]): TextFunction => ({
  parameter: "id",
  summary: `The ${what} in a resource's id, self link or full name.`,
  run,
});

/** Patterns: google/functions/*.go of terraform-provider-google 6.50.0; google-beta has the same. */
const GOOGLE: { [name: string]: TextFunction } = {
  location_from_id: fromId("location", elementOf(/locations\/([^/]+)\//, "locations/{location}/")),
  name_from_id: fromId("short name", elementOf(/\/([^/]+)$/, "resourceType/{name}$")),
  project_from_id: fromId("project", elementOf(/projects\/([^/]+)\//, "projects/{project}/")),
  region_from_id: fromId("region", elementOf(/regions\/([^/]+)\//, "regions/{region}/")),
  region_from_zone: { parameter: "zone", summary: "The region of a zone.", run: regionOfZone },
  zone_from_id: fromId("zone", elementOf(/zones\/([^/]+)\//, "zones/{zone}/")),
};

const STRING = Buffer.from('"string"');

function implementations(provider: ProviderName): { [name: string]: TextFunction } {
  return provider === "mongodbatlas" ? {} : GOOGLE;
}

/** What Terraform is told of a provider's functions. */
export function functionsOf(provider: ProviderName): { [name: string]: FunctionDefinition } {
  return Object.fromEntries(
    Object.entries(implementations(provider)).map(([name, { parameter, summary }]) => [
      name,
      { parameters: [{ name: parameter, type: STRING }], return: { type: STRING }, summary },
    ]),
  );
}

/** Provider-defined functions. */
export function functionHandlers(context: HandlerContext): Pick<Handlers, "functions" | "callFunction"> {
  return {
    functions: () => ({ functions: functionsOf(context.provider) }),

    callFunction(request) {
      const known = implementations(context.provider);
      const found = Object.hasOwn(known, request.name) ? known[request.name] : undefined;
      if (!found) return { error: { text: `The provider ${context.provider} has no such function.` } };
      const text = decodeTyped(request.arguments[0] ?? null, "string");
      if (typeof text !== "string")
        return { error: { text: "A string must be given.", function_argument: 0 } };
      const outcome = found.run(text);
      if ("error" in outcome) return { error: { text: outcome.error, function_argument: 0 } };
      return { result: encodeTyped(outcome.result, "string") };
    },
  };
}
