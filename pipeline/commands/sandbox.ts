import { acquireSandbox, resetSandbox, sandboxStatus, stopSandbox } from "@groundwork/sandbox/process/client";
import type { SandboxStatus } from "@groundwork/sandbox/process/contract";
import { ageText } from "../console/seconds";
import { tableText } from "../console/table";
import { countText } from "../console/words";
import type { CommandContext } from "./session";

/** `groundwork sandbox start`: from now on it runs until it is stopped. */
export async function sandboxStartCommand({ root, console }: CommandContext): Promise<number> {
  const lease = await acquireSandbox({ root, persistent: true });
  await lease.release();
  const status = await sandboxStatus({ root });
  console.printJson(status);
  console.print(`The sandbox runs (process ${status.pid}) until "groundwork sandbox stop".`);
  return 0;
}

/** `groundwork sandbox stop`: what it holds is kept. */
export async function sandboxStopCommand(
  { root, console }: CommandContext,
  { force }: { force?: boolean },
): Promise<number> {
  const stopped = await stopSandbox({ root, force: force ?? false });
  console.printJson({ stopped });
  console.print(stopped ? "Stopped. What it holds is kept." : "It is not running.");
  return 0;
}

/** `groundwork sandbox reset`: an empty cloud, no states. */
export async function sandboxResetCommand({ root, console }: CommandContext): Promise<number> {
  await resetSandbox({ root });
  console.printJson({ reset: true });
  console.print("The sandbox is empty: no objects, no states.");
  return 0;
}

/** `groundwork sandbox status`: whether it runs, and what it holds. */
export async function sandboxStatusCommand(
  { root, console }: CommandContext,
  { env: printEnvironment }: { env?: boolean },
): Promise<number> {
  if (printEnvironment) return printSandboxEnvironment({ root, console });
  const running = await sandboxStatus({ root });
  console.printJson(running);
  console.print(statusText(running, console.colours));
  return 0;
}

async function printSandboxEnvironment({
  root,
  console,
}: Pick<CommandContext, "root" | "console">): Promise<number> {
  const lease = await acquireSandbox({ root });
  try {
    console.printJson(lease.env);
    for (const [name, value] of Object.entries(lease.env)) console.print(`export ${name}='${value}'`);
  } finally {
    await lease.release();
  }
  return 0;
}

function statusText(status: SandboxStatus, colours: Parameters<typeof tableText>[2]): string {
  if (!status.running) return `The sandbox is not running. What it holds is in ${status.folder}.`;
  const { objects = {}, states = [], startedAt, leases = 0 } = status;
  const total = Object.values(objects).reduce((sum, count) => sum + count, 0);
  const age = startedAt ? `, for ${ageText(Date.now() - Date.parse(startedAt))}` : "";
  const stay = status.persistent ? ", until it is stopped" : "";
  return [
    `The sandbox runs (process ${status.pid}${age}${stay}), used by ${countText(leases, "command")}.`,
    `It holds ${countText(total, "object")} and ${countText(states.length, "state")} in ${status.folder}.`,
    ...(states.length === 0 ? [] : ["", statesTable(states, colours)]),
    ...(total === 0 ? [] : ["", objectsTable(objects, colours)]),
  ].join("\n");
}

function statesTable(
  states: NonNullable<SandboxStatus["states"]>,
  colours: Parameters<typeof tableText>[2],
): string {
  const rows = states.map(({ bucket, name, bytes, lock }) => [
    `gs://${bucket}/${name}`,
    String(bytes),
    lock ? `locked by ${lock.who ?? "somebody"} for ${ageText(Date.now() - Date.parse(lock.createdAt))}` : "",
  ]);
  return tableText([{ title: "state" }, { title: "bytes", align: "right" }, { title: "" }], rows, colours);
}

function objectsTable(
  objects: { readonly [type: string]: number },
  colours: Parameters<typeof tableText>[2],
): string {
  const rows = Object.entries(objects)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, count]) => [type, String(count)]);
  return tableText([{ title: "type" }, { title: "objects", align: "right" }], rows, colours);
}
