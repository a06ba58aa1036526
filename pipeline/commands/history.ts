import { UserError } from "@groundwork/user-error";
import { loadDelivery } from "../../environments/load-delivery";
import type { Console } from "../console/console";
import { secondsText } from "../console/seconds";
import { tableText } from "../console/table";
import { type Flaw, History } from "../history/history";
import type { HistoryEvent, HistoryRecord } from "../history/record";
import { stateAddress } from "../state/state-object";
import { namesIn } from "../synthesis/selection";
import type { Stack } from "../synthesis/stack-list";
import type { CommandContext } from "./session";
import { type FormerOptions, withFormerStacks } from "./with-former-stacks";

export interface HistoryOptions extends FormerOptions {
  /** How many records of each environment to look at, the newest. @default 200 */
  last?: string;
  /** All of them, from the first on. */
  all?: boolean;
}

/** `groundwork history [ENV]`: who applied what, when, with whose approval, and how it ended. */
export async function historyCommand(
  context: CommandContext,
  given: readonly string[],
  { last = "200", all = false, ...options }: HistoryOptions,
): Promise<number> {
  if (!/^[1-9]\d{0,6}$/.test(last)) {
    throw new UserError("That many records can't be shown.", [
      { field: "--last", found: last, expected: "a whole number from 1" },
    ]);
  }
  const { console } = context;
  const names = namesIn(given);
  const known = Object.keys(loadDelivery().environments);
  // Of a stack that the code no longer has, its records tell all the same.
  const places = names.map((name) => known.find((one) => name.startsWith(`${one}-`)) ?? name);
  return withFormerStacks(context, options, places, async ({ stacks, bucket }) => {
    const environments = [...new Set(stacks.map(({ environment }) => environment))];
    const found = await Promise.all(
      environments.map(async (environment) => {
        const own = stacks.filter((stack) => stack.environment === environment);
        const history = new History(environment, bucket(stateAddress(own[0]?.state ?? "").bucket));
        const { records, flaws } = await history.read(all ? undefined : Number(last));
        return { environment, records: about(records, environment, names), flaws };
      }),
    );
    refuseUnknown(names, stacks, found);
    console.printJson({ environments: found });
    for (const one of found) console.print(`\n${historyText(one, console)}`);
    return found.some(({ flaws }) => flaws.length > 0) ? 1 : 0;
  });
}

/** The records that the command's arguments name: of a whole environment every one, whatever stack it is about. */
function about(
  records: readonly HistoryRecord[],
  environment: string,
  names: readonly string[],
): HistoryRecord[] {
  if (names.length === 0 || names.includes(environment)) return [...records];
  return records.filter(({ event }) => names.includes(event.stack));
}

/** @throws UserError when a name is none of an environment or a stack, nor was ever one of a stack */
function refuseUnknown(
  names: readonly string[],
  stacks: readonly Stack[],
  found: readonly { records: readonly HistoryRecord[] }[],
): void {
  const recorded = found.flatMap(({ records }) => records.map(({ event }) => event.stack));
  const known = new Set([...stacks.flatMap(({ name, environment }) => [name, environment]), ...recorded]);
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  const expected =
    "an environment, one of its stacks, or a stack that these records tell of (--all: all of them)";
  throw new UserError(
    "Nothing of that name was ever applied.",
    unknown.map((name) => ({ field: "ENV|STACK", found: name, expected })),
  );
}

function historyText(
  {
    environment,
    records,
    flaws,
  }: { environment: string; records: readonly HistoryRecord[]; flaws: readonly Flaw[] },
  { colours }: Console,
): string {
  const open = new Set(records.flatMap(({ number, event }) => (event.kind === "began" ? [number] : [])));
  for (const { event } of records) if (event.kind === "ended") open.delete(event.began);
  const rows = records.map(({ number, at, event }) => [
    String(number),
    at.replace(/\.\d+Z$/, "Z"),
    event.stack,
    open.has(number) ? colours.yellow("began, no end yet") : happened(event),
    details(event),
  ]);
  const columns = [
    { title: "", align: "right" as const },
    ...["when", "stack", "what", ""].map((title) => ({ title })),
  ];
  return [
    colours.bold(environment),
    records.length === 0 ? "Nothing was applied from a commit yet." : tableText(columns, rows, colours),
    ...flaws.map(({ number, what }) => colours.red(`Record ${number} is ${what}.`)),
  ].join("\n");
}

function happened(event: HistoryEvent): string {
  if (event.kind === "began") return "began";
  return event.kind === "ended" ? event.result : event.action;
}

function details(event: HistoryEvent): string {
  switch (event.kind) {
    case "began": {
      const approved = event.approvals.map(({ by, how }) => `${by} (${how})`).join(", ");
      return [
        `commit ${event.commit.replace(/^([0-9a-f]{12})[0-9a-f]+/, "$1")} by ${event.by.who}`,
        ...(event.unreviewed ? ["not reviewed"] : []),
        `digest ${event.digest.replace(/^sha256:/, "").slice(0, 12)}`,
        ...(event.resumes === undefined ? [] : [`resumes ${event.resumes}`]),
        ...(approved === "" ? [] : [`approved by ${approved}`]),
        ...(event.override === undefined ? [] : [`override: ${event.override}`]),
      ].join(", ");
    }
    case "ended": {
      const { added, changed, destroyed } = event.counts;
      const counts =
        event.result === "applied"
          ? `${added} added, ${changed} changed, ${destroyed} destroyed`
          : event.error;
      return `of ${event.began}: ${[counts, secondsText(event.seconds)].filter(Boolean).join(", ")}`;
    }
    case "state":
      return [`by ${event.by.who}`, event.reason, event.backup && `backup ${event.backup}`]
        .filter(Boolean)
        .join(", ");
  }
}
