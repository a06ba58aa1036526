import { readFileSync } from "node:fs";
import { parseFaultRule } from "@groundwork/sandbox/faults/fault-rule";
import { addFault, listFaults, removeFault } from "@groundwork/sandbox/process/client";
import { UserError } from "@groundwork/user-error";
import { tableText } from "../console/table";
import { countText } from "../console/words";
import type { CommandContext } from "./session";

/** Options of `groundwork sandbox fault add`, as typed. */
export interface FaultOptions {
  type?: string;
  on?: string;
  rate?: string;
  times?: string;
  seed?: string;
  status?: string;
  milliseconds?: string;
  reads?: string;
  file?: string;
}

/** `groundwork sandbox fault add KIND`, or the rules of a file. */
export async function sandboxFaultAddCommand(
  { root, console }: CommandContext,
  kind: string | undefined,
  options: FaultOptions,
): Promise<number> {
  // All are read before the first is installed: a mistake in the last leaves nothing half done.
  const rules = faultsFrom(kind, options).map(parseFaultRule);
  const installed = [];
  for (const rule of rules) installed.push(await addFault({ root, rule }));
  console.printJson(installed);
  for (const { id, effect } of installed) console.print(`Fault ${id}: ${effectText(effect)}.`);
  return 0;
}

/** `groundwork sandbox fault list`: with how often each has struck. */
export async function sandboxFaultListCommand({ root, console }: CommandContext): Promise<number> {
  const faults = await listFaults({ root });
  console.printJson(faults);
  console.print(
    faults.length === 0
      ? "No faults."
      : tableText(
          [
            { title: "id", align: "right" },
            { title: "effect" },
            { title: "type" },
            { title: "operations" },
            { title: "rate", align: "right" },
            { title: "calls", align: "right" },
            { title: "struck", align: "right" },
          ],
          faults.map(({ id, effect, type = "*", operations, rate = 1, times, calls, strikes }) => [
            String(id),
            effectText(effect),
            type,
            operations?.join(", ") ?? "all",
            String(rate),
            String(calls),
            times === undefined ? String(strikes) : `${strikes} of ${times}`,
          ]),
          console.colours,
        ),
  );
  return 0;
}

/** `groundwork sandbox fault clear [ID]`: one fault, or all. */
export async function sandboxFaultClearCommand(
  { root, console }: CommandContext,
  id: string | undefined,
): Promise<number> {
  const number = id === undefined ? undefined : Number(id);
  const removed = await removeFault({ root, ...(number === undefined ? {} : { id: number }) });
  if (!removed && id !== undefined) {
    throw new UserError("There is no such fault.", [
      { field: "ID", found: id, expected: "a number that `groundwork sandbox fault list` prints" },
    ]);
  }
  console.printJson({ removed });
  console.print(removed ? "Cleared." : "There were no faults.");
  return 0;
}

/** What the command line, or the file it names, asks for; `parseFaultRule` judges it. */
export function faultsFrom(kind: string | undefined, options: FaultOptions): unknown[] {
  if ((kind === undefined) === (options.file === undefined)) {
    throw new UserError("A kind of fault or a file is needed, one of them.", [
      {
        field: "KIND",
        found: kind === undefined ? "nothing" : `${kind} and --file`,
        expected: "error, latency, slow-answer, timeout, answer-lost or late; or --file FILE",
      },
    ]);
  }
  if (options.file !== undefined) return readRules(options.file);
  const { type, on, rate, times, seed, status, milliseconds, reads } = options;
  return [
    defined({
      type,
      operations: on?.split(",").map((operation) => operation.trim()),
      effect: defined({
        kind,
        // A fault of a kind needs its number; the kinds that take one get what people mean by them.
        status: numberOf(status) ?? (kind === "error" ? 503 : undefined),
        milliseconds: numberOf(milliseconds),
        reads: numberOf(reads),
      }),
      rate: numberOf(rate),
      times: numberOf(times),
      seed: numberOf(seed),
    }),
  ];
}

function readRules(file: string): unknown[] {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return Array.isArray(value) ? value : [value];
  } catch (error) {
    throw new UserError("The faults can't be read.", [
      {
        field: "--file",
        found: `${file} (${error instanceof Error ? error.message : String(error)})`,
        expected: "a JSON file with a list of fault rules",
      },
    ]);
  }
}

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

function defined(values: { [name: string]: unknown }): { [name: string]: unknown } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function effectText(effect: Awaited<ReturnType<typeof listFaults>>[number]["effect"]): string {
  switch (effect.kind) {
    case "error":
      return `HTTP ${effect.status}`;
    case "latency":
      return `${effect.milliseconds} ms late`;
    case "slow-answer":
      return `answer ${effect.milliseconds} ms late`;
    case "timeout":
      return `gives up after ${effect.milliseconds} ms`;
    case "answer-lost":
      return "answer lost";
    case "late":
      return `not found by ${countText(effect.reads, "read")}`;
  }
}
