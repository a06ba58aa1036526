import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transformSync } from "@swc/core";
import type { TerraformStack } from "cdktf";
import { synthesized } from "./testing";

const repository = dirname(__dirname);

/** A block of TypeScript in a README: the whole body of a module that is given `stack`. */
interface Example {
  /** `constructs/api-gateway/README.md`. */
  readonly readme: string;
  /** Line of the README that the block's first line is on, from 1. */
  readonly line: number;
  readonly code: string;
}

/** The ```ts blocks of a document. */
function examplesIn(readme: string, text: string): Example[] {
  return [...text.matchAll(/^```ts[^\n]*\n([\s\S]*?)^```$/gm)].map((match) => ({
    readme,
    line: text.slice(0, match.index).split("\n").length + 1,
    code: match[1] ?? "",
  }));
}

const examples = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => {
    const files = readdirSync(join(__dirname, name));
    const readme = `constructs/${name}/README.md`;
    return files.includes("README.md")
      ? examplesIn(readme, readFileSync(join(repository, readme), "utf8"))
      : [];
  });

/**
 * What the compiler says of the blocks, each a module of its own, all in one run. A module starts on the line that its
 * block starts on, so that the compiler's lines are the README's.
 */
function typeProblems(blocks: readonly Example[]): string[] {
  const parent = join(repository, ".groundwork", "readme-examples");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "run-"));
  try {
    const names = new Map<string, string>();
    blocks.forEach(({ readme, line, code }, index) => {
      names.set(`${index}.ts`, readme);
      writeFileSync(join(folder, `${index}.ts`), `${"\n".repeat(line - 1)}${code}\nexport {};\n`);
    });
    writeFileSync(join(folder, "given.d.ts"), 'declare const stack: import("cdktf").TerraformStack;\n');
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: "../../../tsconfig.json", include: ["*.ts"], exclude: [] }),
    );
    const compiler = join(repository, "node_modules", "typescript", "bin", "tsc");
    const run = spawnSync(process.execPath, [compiler, "-p", folder, "--pretty", "false"], {
      cwd: folder,
      encoding: "utf8",
    });
    const output = `${run.stdout}${run.stderr}`.trim();
    return run.status === 0 && output === ""
      ? []
      : output
          .split("\n")
          .map((text) =>
            text.replace(/^(\d+\.ts)\((\d+),\d+\)/, (_, file: string, line) => `${names.get(file)}:${line}`),
          );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a block in a stack. @throws with the README and the line before the block's own message */
function run({ readme, line, code }: Example, stack: TerraformStack): void {
  const { code: script } = transformSync(code, {
    filename: `${readme}.ts`,
    swcrc: false,
    configFile: false,
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  try {
    new Function("require", "exports", "stack", script)(require, {}, stack);
  } catch (error) {
    throw new Error(`${readme}:${line}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** Blocks that are wrong, to see that it is told. */
const nothing = "constructs/nothing/README.md";
const [badType, refused] = examplesIn(
  nothing,
  [
    "# Nothing",
    "```ts",
    "const two = 1 + 1;",
    'const one: number = "one";',
    "```",
    "```sh",
    "exit 1",
    "```",
    "```ts",
    'throw new Error("Out of stock");',
    "```",
  ].join("\n"),
);

describe("README examples", () => {
  // One run of the compiler for all of them: starting it takes longest.
  let problems: string[];
  beforeAll(() => {
    problems = typeProblems(badType ? [...examples, badType] : examples);
  });

  test("WHEN they are compiled, each on its own, THEN their types are right", () => {
    expect(problems.filter((problem) => !problem.startsWith(nothing))).toEqual([]);
  });

  test.each(examples.map((example) => [`${example.readme}:${example.line}`, example] as const))(
    "WHEN %s is run alone THEN its stack can be synthesized",
    (_, example) => {
      synthesized((stack) => run(example, stack));
    },
  );

  test("GIVEN blocks that are wrong THEN README, line and message are told", () => {
    expect(problems.filter((problem) => problem.startsWith(nothing))).toEqual([
      `${nothing}:4: error TS2322: Type 'string' is not assignable to type 'number'.`,
    ]);
    expect(() => synthesized((stack) => refused && run(refused, stack))).toThrow(
      `${nothing}:10: Out of stock`,
    );
  });
});
