import { tableText } from "../console/table";
import { judge } from "../doctor/checks";
import { lookAtMachine } from "../doctor/look";
import type { CommandContext } from "./session";

/** `groundwork doctor`: what is missing on this machine, and how to get it. */
export async function doctorCommand({ root, console, env }: CommandContext): Promise<number> {
  const checks = judge(await lookAtMachine(root, env));
  const missing = checks.some(({ result }) => result === "missing");
  console.printJson({ ready: !missing, checks });
  const { colours } = console;
  const marks = { fine: colours.green("✓"), warning: colours.yellow("!"), missing: colours.red("✗") };
  const rows = checks.map(({ name, result, found }) => [marks[result], name, found]);
  console.print(tableText([{ title: "" }, { title: "checked" }, { title: "found" }], rows, colours));
  const fixes = checks.flatMap(({ name, fix }) => (fix === undefined ? [] : [`  ${name}: ${fix}`]));
  if (fixes.length > 0) console.print(`\nWhat to do:\n${fixes.join("\n")}`);
  console.print(missing ? "\nSomething required is missing." : "\nReady.");
  return missing ? 1 : 0;
}
