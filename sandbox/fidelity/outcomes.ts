import type { Json, JsonObject } from "./corpus";
import { moduleFiles, type Placed, stateText } from "./module";
import type { TerraformFolder, TerraformRun } from "./terraform";

/** What Terraform said to one case. */
export type Outcome =
  | { refused: true; stage: "validate" | "plan"; messages: string[] }
  | {
      refused: false;
      actions: string[];
      replacePaths: Json[];
      after: JsonObject | null;
      afterUnknown: Json;
      afterSensitive: Json;
    };

interface Diagnostic {
  severity: string;
  summary: string;
  detail?: string;
  address?: string;
  range?: { filename: string };
}

interface ResourceChange {
  name: string;
  change: {
    actions: string[];
    after: JsonObject | null;
    after_unknown: Json;
    after_sensitive: Json;
    replace_paths?: Json[];
  };
}

/** Validates cases; the outcomes of those that are refused, by index. */
export async function validateCases(
  folder: TerraformFolder,
  placed: readonly Placed[],
): Promise<Map<number, Outcome>> {
  await prepare(folder, placed);
  const run = await folder.run("validate", "-json");
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: Diagnostic[] };
  return refusals(diagnostics, "validate", placed.length, run);
}

/** Plans cases; every one gets an outcome. */
export async function planCases(folder: TerraformFolder, placed: readonly Placed[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let remaining = placed.map((_, index) => index);
  while (remaining.length > 0) {
    const now = remaining.map((index) => placed[index] as Placed);
    await prepare(folder, now);
    const run = await folder.run(
      "plan",
      "-json",
      "-input=false",
      "-refresh=false",
      "-lock=false",
      "-out=plan",
      "-parallelism=40",
    );
    if (run.status === 0) {
      for (const [position, outcome] of await plannedOutcomes(folder)) {
        outcomes[remaining[position] as number] = outcome;
      }
      return outcomes;
    }
    const refused = refusals(planDiagnostics(run.stdout), "plan", now.length, run);
    for (const [position, outcome] of refused) outcomes[remaining[position] as number] = outcome;
    remaining = remaining.filter((_, position) => !refused.has(position));
  }
  return outcomes;
}

/** Plans cases that should be refused; the outcomes of those that are, by index. */
export async function refuseCases(
  folder: TerraformFolder,
  placed: readonly Placed[],
): Promise<Map<number, Outcome>> {
  await prepare(folder, placed);
  const run = await folder.run("plan", "-json", "-input=false", "-refresh=false", "-lock=false");
  return run.status === 0 ? new Map() : refusals(planDiagnostics(run.stdout), "plan", placed.length, run);
}

async function prepare(folder: TerraformFolder, placed: readonly Placed[]): Promise<void> {
  const files = moduleFiles(placed);
  if (placed.some(({ from }) => from)) files.set("terraform.tfstate", stateText(placed));
  await folder.write(files);
  const run = await folder.run("init", "-input=false", "-no-color");
  if (run.status !== 0) throw new Error(`terraform init failed:\n${run.stdout}${run.stderr}`);
}

async function plannedOutcomes(folder: TerraformFolder): Promise<Map<number, Outcome>> {
  const run = await folder.run("show", "-json", "plan");
  if (run.status !== 0) throw new Error(`terraform show failed:\n${run.stderr}`);
  const { resource_changes } = JSON.parse(run.stdout) as { resource_changes: ResourceChange[] };
  const outcomes = new Map<number, Outcome>();
  for (const { name, change } of resource_changes) {
    if (!name.startsWith("n")) continue;
    outcomes.set(Number(name.slice(1)), {
      refused: false,
      actions: change.actions,
      replacePaths: change.replace_paths ?? [],
      after: change.after,
      afterUnknown: change.after_unknown,
      afterSensitive: change.after_sensitive,
    });
  }
  return outcomes;
}

function planDiagnostics(stdout: string): Diagnostic[] {
  return stdout
    .split("\n")
    .filter((line) => line.includes('"diagnostic"'))
    .map((line) => (JSON.parse(line) as { diagnostic: Diagnostic }).diagnostic);
}

/** Errors by the case that they are about. */
function refusals(
  diagnostics: Diagnostic[],
  stage: "validate" | "plan",
  count: number,
  run: TerraformRun,
): Map<number, Outcome> {
  const refused = new Map<number, Outcome & { refused: true }>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== "error") continue;
    const index = caseOf(diagnostic);
    const message = [diagnostic.summary, diagnostic.detail].filter(Boolean).join(": ");
    if (index === undefined || index >= count) throw new Error(`an error about no case: ${message}`);
    const outcome = refused.get(index) ?? { refused: true, stage, messages: [] };
    outcome.messages.push(message);
    refused.set(index, outcome);
  }
  if (refused.size === 0 && stage === "plan")
    throw new Error(`terraform plan failed:\n${run.stdout}${run.stderr}`);
  return refused;
}

/** The case that an error is about, by address, by file, or by what the text names. */
function caseOf({ address, range, detail }: Diagnostic): number | undefined {
  const named = /\.n(\d+)$/.exec(address ?? "")?.[1];
  if (named !== undefined) return Number(named);
  const file = /^n(\d+)\.tf\.json$/.exec(range?.filename ?? "")?.[1];
  if (file !== undefined) return Number(file);
  const told = /\b[a-z]\w+\.n(\d+)\b/.exec(detail ?? "")?.[1];
  return told === undefined ? undefined : Number(told);
}
