import { ageText } from "../console/seconds";
import { tableText } from "../console/table";
import { formerStacksOf } from "../former/former-stacks";
import { lockHolderOf } from "../state/lock";
import { type StateGeneration, stateGenerations, stateInUse } from "../state/versions";
import { namesIn } from "../synthesis/selection";
import { lockHolder } from "./lock-advice";
import { stateOf } from "./one-stack";
import type { CommandContext, Session } from "./session";
import { type FormerOptions, withFormerStacks } from "./with-former-stacks";

/** `groundwork state list [NAME…]`: every state, or every version of one stack's. */
export async function stateListCommand(
  context: CommandContext,
  names: readonly string[],
  options: FormerOptions,
): Promise<number> {
  const { root, console } = context;
  return withFormerStacks(context, options, names, async ({ stacks: named, code, bucket }) => {
    const whole = named.filter(
      ({ environment }) => names.length === 0 || namesIn(names).includes(environment),
    );
    const environments = [...new Set(whole.map(({ environment }) => environment))];
    const left = await Promise.all(environments.map((one) => formerStacksOf(one, { root, code, bucket })));
    const stacks = [...named, ...left.flat().filter(({ name }) => !named.some((one) => one.name === name))];
    const [one, ...others] = stacks;
    if (one && others.length === 0) {
      const versions = await versionsOf(one, bucket);
      console.printJson(versions);
      console.print(versionsTable(versions, console.colours));
    } else {
      const states = await Promise.all(
        stacks.map(async (stack) => ({
          ...(await stateInUseOf(stack, bucket)),
          ...(code.includes(stack) ? {} : { former: true }),
        })),
      );
      console.printJson({ states });
      console.print(statesTable(states, console.colours));
    }
    return 0;
  });
}

type StackOf = Session["stacks"][number];

async function versionsOf(stack: StackOf, buckets: Session["bucket"]) {
  const { address, bucket } = stateOf(stack, buckets);
  const [versions, lock] = await Promise.all([
    stateGenerations(bucket, address),
    lockHolderOf(bucket, address),
  ]);
  return {
    stack: stack.name,
    state: `gs://${address.bucket}/${address.state}`,
    ...(lock ? { lock } : {}),
    versions,
  };
}

async function stateInUseOf(stack: StackOf, buckets: Session["bucket"]) {
  const { address, bucket } = stateOf(stack, buckets);
  const [{ live, versions }, lock] = await Promise.all([
    stateInUse(bucket, address),
    lockHolderOf(bucket, address),
  ]);
  return { stack: stack.name, live, versions, ...(lock ? { lock } : {}) };
}

type Versions = Awaited<ReturnType<typeof versionsOf>>;
/** `former`: the code no longer has the stack. */
type InUse = Awaited<ReturnType<typeof stateInUseOf>> & { former?: boolean };
type Colours = Parameters<typeof tableText>[2];

const right = "right" as const;

function statesTable(states: readonly InUse[], colours: Colours): string {
  const rows = states.map(({ stack, live, versions, lock, former = false }) => {
    const notes = [
      ...(lock ? [colours.yellow(`locked ${lockHolder(lock, new Date())}`)] : []),
      ...(former ? ["no longer in the code"] : []),
    ].join(", ");
    if (!live) return [stack, "", "", "", "", notes || "no state yet"];
    return [stack, ...columnsOf(live), String(versions), notes];
  });
  const columns = [
    { title: "stack" },
    { title: "serial", align: right },
    { title: "objects", align: right },
    { title: "written" },
    { title: "versions", align: right },
    { title: "" },
  ];
  return tableText(columns, rows, colours);
}

function versionsTable({ stack, state, versions, lock }: Versions, colours: Colours): string {
  const rows = versions.map((version) => [
    version.version.generation,
    ...columnsOf(version),
    version.live ? "in use" : "",
  ]);
  const columns = [
    { title: "generation" },
    { title: "serial", align: right },
    { title: "objects", align: right },
    { title: "written" },
    { title: "" },
  ];
  return [
    `${colours.bold(stack)}  ${state}`,
    ...(lock ? [colours.yellow(`locked ${lockHolder(lock, new Date())}`)] : []),
    versions.length === 0 ? "There is no state yet." : tableText(columns, rows, colours),
  ].join("\n");
}

function columnsOf({ version, resources, writtenAt }: StateGeneration): string[] {
  const age = ageText(Date.now() - Date.parse(writtenAt));
  return [String(version.serial), resources === undefined ? "?" : String(resources), `${age} ago`];
}
