import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command, CommanderError } from "commander";
import { addCommands } from "../pipeline/commands/command-line";

const repository = dirname(__dirname);

/** The command as it parses its arguments, doing nothing. */
function parser(): Command {
  const program = new Command("groundwork")
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: () => {} });
  addCommands(program, async () => {});
  return program;
}

/** Every subcommand, the command itself first. */
function all(command: Command): Command[] {
  return [command, ...command.commands.flatMap(all)];
}

/** Lines that call the command: in documents `$ npx groundwork up`, in help texts `  groundwork up  what it does`. */
function calls(text: string): string[] {
  const found = text.matchAll(
    /^\s*(?:\$ )?(?:npx |npm run |pnpm )?groundwork (?:-- )?([^\n`]*?)(?: {2,}.*| *#.*)?$/gm,
  );
  return [...found].map(([, args = ""]) => args.trim());
}

/** Calls inside a sentence: `groundwork up`. */
function quotedCalls(text: string): string[] {
  return [...text.matchAll(/`(?:npx )?groundwork ([^`\n]+)`/g)].map(([, args = ""]) => args.trim());
}

function words(call: string): string[] {
  return [...call.matchAll(/"[^"]*"|\S+/g)].map(([word]) => word);
}

async function refusal(call: string): Promise<string | undefined> {
  try {
    await parser().parseAsync(words(call), { from: "user" });
    return undefined;
  } catch (error) {
    return error instanceof CommanderError && error.exitCode === 0 ? undefined : String(error);
  }
}

const documents = [
  "README.md",
  ...readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

describe("documented commands", () => {
  test.each(documents)("GIVEN %s THEN every call of groundwork in it can be parsed", async (document) => {
    const text = readFileSync(join(repository, document), "utf8");
    for (const call of [...calls(text), ...quotedCalls(text)]) {
      expect([call, await refusal(call)]).toEqual([call, undefined]);
    }
  });

  test("GIVEN the help of every command THEN it has examples, and they can be parsed", async () => {
    for (const command of all(parser()).filter(({ commands }) => commands.length === 0)) {
      let help = "";
      command.configureOutput({ writeOut: (text) => (help += text) });
      command.outputHelp();
      const examples = calls(help.slice(help.indexOf("Examples:")));
      expect([command.name(), examples.length]).not.toEqual([command.name(), 0]);
      for (const call of examples) expect([call, await refusal(call)]).toEqual([call, undefined]);
    }
  });
});
