import { differences } from "./compare";
import type { CaseKind, CorpusCase, TypeCases } from "./corpus";
import type { Placed } from "./module";
import { type Outcome, planCases, refuseCases, validateCases } from "./outcomes";
import type { TerraformFolder } from "./terraform";

/** One case with what came of it. */
export interface Judged {
  type: string;
  case: CorpusCase;
  differences: string[];
}

/** Resources per run of Terraform: enough to spread its start, few enough to keep its graph quick. */
const BATCH = 450;

/**
 * Plans or validates every case with Terraform and compares the outcomes with what was recorded.
 *
 * @param folders as many runs of Terraform at once
 */
export async function runCases(
  types: readonly TypeCases[],
  wanted: (type: TypeCases, one: CorpusCase) => boolean,
  folders: readonly TerraformFolder[],
): Promise<Judged[]> {
  const jobs = types.flatMap((type) => placeCases(type, wanted));
  const refused = jobs.filter(({ case: one }) => isRefused(one));
  const planned = jobs.filter(({ case: one }) => !isRefused(one));
  const tasks = [
    ...batches(planned).map((batch) => async (folder: TerraformFolder) => {
      const outcomes = await planCases(folder, batch);
      return batch.map((placed, index) => judge(placed, outcomes[index]));
    }),
    ...batches(refused).map((batch) => (folder: TerraformFolder) => runRefused(batch, folder)),
  ];
  const judged: Judged[] = [];
  await Promise.all(
    folders.map(async (folder) => {
      for (let task = tasks.shift(); task; task = tasks.shift()) judged.push(...(await task(folder)));
    }),
  );
  const order = new Map(jobs.map(({ case: one }, index) => [one, index]));
  return judged.sort((a, b) => (order.get(a.case) ?? 0) - (order.get(b.case) ?? 0));
}

/** Configurations that should be refused: first validated, what passes is planned. */
async function runRefused(batch: Placed[], folder: TerraformFolder): Promise<Judged[]> {
  const outcomes = await validateCases(folder, batch);
  const accepted = batch.flatMap((placed, index) => (outcomes.has(index) ? [] : [{ placed, index }]));
  if (accepted.length > 0) {
    const later = await refuseCases(
      folder,
      accepted.map(({ placed }) => placed),
    );
    for (const [position, outcome] of later) outcomes.set(accepted[position]?.index ?? -1, outcome);
  }
  return batch.map((placed, index) => judge(placed, outcomes.get(index)));
}

function isRefused(one: CorpusCase): boolean {
  return one.kind === "reject" || one.rejected === true;
}

function judge({ type, case: one }: Placed, outcome: Outcome | undefined): Judged {
  const found = outcome ?? ACCEPTED;
  return { type: type.type, case: one, differences: differences(one, found) };
}

/** A plan that should have been refused is not looked at. */
const ACCEPTED: Outcome = {
  refused: false,
  actions: [],
  replacePaths: [],
  after: null,
  afterUnknown: {},
  afterSensitive: {},
};

function placeCases(type: TypeCases, wanted: (type: TypeCases, one: CorpusCase) => boolean): Placed[] {
  const steady = new Map(type.cases.filter(({ kind }) => kind === "steady").map((one) => [one.id, one]));
  return type.cases
    .filter((one) => wanted(type, one))
    .map((one) => {
      const from = one.kind === "steady" ? one : steady.get(one.base ?? "");
      return { type, case: one, ...(from ? { from } : {}) };
    });
}

function batches(placed: Placed[]): Placed[][] {
  const result: Placed[][] = [];
  for (let start = 0; start < placed.length; start += BATCH) result.push(placed.slice(start, start + BATCH));
  return result;
}

/** Passed and all cases of a group. */
export interface Score {
  passed: number;
  all: number;
}

export function scoreOf(judged: readonly Judged[], kind?: CaseKind): Score {
  const counted = kind ? judged.filter(({ case: one }) => one.kind === kind) : judged;
  return {
    passed: counted.filter(({ differences: found }) => found.length === 0).length,
    all: counted.length,
  };
}
