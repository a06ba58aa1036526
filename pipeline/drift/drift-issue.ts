import type { StickyIssue } from "../github/sticky-issue";
import { maskSecrets } from "../plan/secrets";
import { changeText } from "../report/value-text";
import type { Stack } from "../synthesis/stack-list";
import type { DriftedResource, StackDrift } from "./classify";

/** Label of every drift issue. */
export const driftLabel = "drift";

/** By which the issue of a stack is found. */
export function driftTopic(stack: string): string {
  return `drift ${stack}`;
}

/** The issue of a stack that has drifted, with nothing in it that must not be shown. */
export function driftIssue(
  { name, environment, project }: Stack,
  { drifted, pending }: StackDrift,
  { commit, secrets }: { commit: string | undefined; secrets: Iterable<string> },
): StickyIssue {
  const lines = [
    `Somebody changed \`${name}\` (${environment}, project \`${project}\`) behind Terraform's back, and the code says otherwise.`,
    "",
    ...drifted.flatMap(resourceLines),
    "",
    ...(pending.length === 0
      ? []
      : [`Beside that, ${pending.length} of its objects wait for an apply; that is no drift.`, ""]),
    "**What to do:** take it into the code and let it be reviewed, or let the next apply take it back:",
    "",
    "```",
    `groundwork plan ${name} --target cloud`,
    "```",
    "",
    `Seen ${commit === undefined ? "" : `with the code of ${commit} `}by the nightly look; this issue closes by itself when ${name} is in step again.`,
  ];
  return {
    topic: driftTopic(name),
    title: `Drift in ${name}`,
    body: maskSecrets(lines.join("\n"), secrets),
  };
}

function resourceLines({ address, kind, attributes }: DriftedResource): string[] {
  if (kind === "deleted") return [`- \`${address}\` was deleted`];
  return [
    `- \`${address}\` was changed`,
    ...attributes.map(({ path, before, after }) => `  - \`${path}\`: ${code(changeText(before, after))}`),
  ];
}

/** A value may hold backticks. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}
