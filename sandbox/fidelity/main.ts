import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isUserError, UserError } from "@groundwork/user-error";
import { type CaseKind, KINDS, readCorpus } from "./corpus";
import { withSandbox } from "./planning-sandbox";
import { printDetails, printJson, printTable } from "./report";
import { runCases } from "./run";

const HELP = `How far the sandbox answers as the real providers do: recorded cases through real Terraform.

npm run fidelity -- [options]
  --type T       only this resource type; may be repeated
  --kind K       only ${KINDS.join(", ")}; may be repeated
  --case ID      only the cases of this id; may be repeated
  --corpus PATH  another corpus: a folder of <type>.json files, or one such file
  --details      show what differs
  --json         the result as JSON
  --help
Exit code: 0 when all is as recorded, 1 when something differs.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      type: { type: "string", multiple: true },
      kind: { type: "string", multiple: true },
      case: { type: "string", multiple: true },
      corpus: { type: "string" },
      details: { type: "boolean" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const kinds = values.kind?.map(kindOf);
  const corpus = readCorpus(values.corpus);
  const types = values.type?.map((name) => {
    const found = corpus.find(({ type }) => type === name);
    if (!found) throw new UserError(`--type: the corpus has no cases of "${name}"`);
    return found;
  });
  const folder = mkdtempSync(join(tmpdir(), "fidelity-"));
  try {
    const started = performance.now();
    const judged = await withSandbox(folder, types ?? corpus, (folders) =>
      runCases(
        types ?? corpus,
        (_, one) => (!kinds || kinds.includes(one.kind)) && (!values.case || values.case.includes(one.id)),
        folders,
      ),
    );
    const seconds = (performance.now() - started) / 1000;
    if (values.json) printJson(judged, seconds);
    else printTable(judged, seconds);
    if (values.details && !values.json) printDetails(judged);
    return judged.every(({ differences }) => differences.length === 0) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function kindOf(text: string): CaseKind {
  const kind = KINDS.find((one) => one === text);
  if (!kind) throw new UserError(`--kind: found "${text}"; expected ${KINDS.join(", ")}`);
  return kind;
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const code = error instanceof TypeError && "code" in error ? String(error.code) : "";
    const mistaken = isUserError(error) || code.startsWith("ERR_PARSE_ARGS");
    console.error(mistaken ? (error as Error).message : error);
    process.exitCode = mistaken ? 2 : 70;
  },
);
