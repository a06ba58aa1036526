import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { withoutTraces } from "@groundwork/constructs/without-traces";
import { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import type { PreviewRequest } from "../environments/preview-request";
import { COMMITTED_LOCK_FILE, LOCK_FILE, stackLockFile } from "./lock-file";
import { OVERVIEW, type Overview, providersOf } from "./overview";
import { PreviewPullRequestStack } from "./preview-pull-request";

/**
 * Writes the stack of one pull request, laid out as `cdktf.out` is: `groundwork.json`, `stacks/preview-pr-12/`,
 * `hosting/<site>/`. The same request gives the same bytes. The folder belongs to this preview alone.
 *
 * @param outdir `cdktf.out/previews/pr-12`
 * @throws UserError with what is wrong with the request
 */
export function synthesizePreview(loaded: LoadedEnvironment, request: PreviewRequest, outdir: string): void {
  const draft = mkdtempSync(join(tmpdir(), "groundwork-preview-"));
  try {
    const app = new App({ outdir: draft, stackTraces: false });
    const stack = withoutTraces(() => new PreviewPullRequestStack(app, loaded, request));
    withoutTraces(() => app.synth());
    const folder = join("stacks", stack.names.stack);
    const files = new Map([
      [join(folder, "cdk.tf.json"), readFileSync(join(draft, folder, "cdk.tf.json"), "utf8")],
      [join(folder, LOCK_FILE), lockFileOf(stack, join(outdir, folder, LOCK_FILE))],
      [OVERVIEW, `${JSON.stringify(overviewOf(stack), null, 2)}\n`],
      ...stack.files,
    ]);
    for (const [file, text] of files) publish(join(outdir, file), text);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function overviewOf(stack: PreviewPullRequestStack): Overview {
  const { environment } = stack.loaded;
  const { stack: name, mark, statePrefix } = stack.names;
  return {
    version: 1,
    stacks: [
      {
        name,
        environment: environment.name,
        stage: environment.stage,
        stack: mark,
        dependsOn: [],
        wave: 0,
        project: environment.project,
        region: environment.region,
        workingDirectory: `stacks/${name}`,
        backend: { bucket: environment.stateBucket, prefix: statePrefix },
        providers: providersOf(stack),
      },
    ],
  };
}

function lockFileOf(stack: PreviewPullRequestStack, existing: string): string {
  return stackLockFile(textOf(COMMITTED_LOCK_FILE), textOf(existing), providersOf(stack));
}

/** Whole files only, and only those that changed: Terraform may be reading. */
function publish(target: string, text: string): void {
  if (textOf(target) === text) return;
  mkdirSync(dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, target);
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
