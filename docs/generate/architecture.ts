import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments } from "../../environments/load";
import { environmentStacks } from "../../stacks/environment-stacks";
import type { Overview } from "../../stacks/overview";
import { Synthesis } from "../../stacks/synthesis";
import { flows, type Part, parts } from "./architecture-parts";
import { withMadePart } from "./made-part";

/** One state, as far as the diagram tells it. */
export interface DrawnState {
  /** `data`. */
  readonly stack: string;
  readonly after: readonly string[];
  /** In the order of `parts`. */
  readonly parts: readonly Part[];
}

/**
 * `docs/infra/overview.md`, with its list of states and its diagram made from what is synthesized.
 *
 * @param root the repository
 */
export function overviewDocument(root: string): string {
  const states = readStates(root);
  const document = readFileSync(join(root, "docs", "infra", "overview.md"), "utf8");
  const withList = withMadePart(document, "states", stateList(states));
  return withMadePart(withList, "diagram", diagram(states));
}

/** What the states of the environment hold that is written out in full. */
function readStates(root: string): DrawnState[] {
  const environment = loadEnvironments(root).find(({ differences }) => differences.length === 0);
  if (!environment) throw new Error("no environment is written out in full");
  const folder = mkdtempSync(join(tmpdir(), "groundwork-docs-"));
  try {
    const synthesis = new Synthesis(folder);
    for (const Stack of environmentStacks) synthesis.add(Stack, environment);
    synthesis.write();
    const read = (file: string) => JSON.parse(readFileSync(join(folder, file), "utf8")) as unknown;
    const { stacks } = read("groundwork.json") as Overview;
    return stacks.map(({ stack, environment: name, dependsOn, workingDirectory }) => {
      const configuration = read(join(workingDirectory, "cdk.tf.json")) as { resource?: object };
      return {
        stack,
        after: dependsOn.map((one) => one.slice(name.length + 1)),
        parts: partsOf(Object.keys(configuration.resource ?? {})),
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ordering helpers of Terraform's own are no part of a platform. */
function partsOf(types: readonly string[]): Part[] {
  const own = types.filter((type) => !type.startsWith("terraform_"));
  const found = own.map((type) => {
    const part = parts.find((one) => one.types.test(type));
    if (!part) throw new Error(`docs/generate/architecture-parts.ts has no part for ${type}`);
    return part;
  });
  return parts.filter((part) => found.includes(part));
}

function stateList(states: readonly DrawnState[]): string {
  const lines = states.map(({ stack, after, parts: own }) => {
    const waits = after.length === 0 ? "" : `, after ${after.map((one) => `\`${one}\``).join(" and ")}`;
    return `- **${stack}**${waits}: ${own.map(({ label }) => label).join("; ")}`;
  });
  return lines.join("\n");
}

/** Mermaid: a box per state, what it holds inside, requests as arrows, and the order of applies as dotted ones. */
export function diagram(states: readonly DrawnState[]): string {
  const boxes = states.map(({ stack, parts: own }) => [
    `  subgraph ${stack}`,
    ...own.map(({ id, label }) => `    ${node(stack, id)}["${label}"]`),
    "  end",
  ]);
  const nodeOf = (ids: readonly string[]) => {
    for (const id of ids) {
      if (id === "browser") return "browser";
      const state = states.find(({ parts: own }) => own.some((part) => part.id === id));
      if (state) return node(state.stack, id);
    }
    return undefined;
  };
  const calls = flows.flatMap(({ from, to, label }) => {
    const [caller, called] = [nodeOf(from), nodeOf(to)];
    if (!caller || !called) return [];
    return [`  ${caller} -->${label === undefined ? "" : `|"${label}"|`} ${called}`];
  });
  const order = states.flatMap(({ stack, after }) => after.map((one) => `  ${one} -.-> ${stack}`));
  const lines = ["flowchart TB", '  browser(["browser"])', ...boxes.flat(), ...calls, ...order];
  return ["```mermaid", ...lines, "```"].join("\n");
}

function node(stack: string, part: string): string {
  return `${stack}_${part}`;
}
