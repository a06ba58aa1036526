import { previewLabels, previewLimits } from "../../../environments/preview-rules";
import type { PreviewRecord } from "../contract";

/** What the comment on a pull request says of its preview; Markdown. */
export type Told =
  | { kind: "up"; record: PreviewRecord }
  | { kind: "ends soon"; record: PreviewRecord }
  | { kind: "failed"; record: PreviewRecord; answer: string }
  | { kind: "mistaken"; sha: string; answer: string }
  | { kind: "refused"; answer: string }
  | { kind: "gone" }
  | { kind: "expired"; expiredAt: string }
  | { kind: "fork" };

/** The comment's body. The same text for the same facts: a sweep that has nothing new to say writes nothing. */
export function commentBody(told: Told): string {
  switch (told.kind) {
    case "up":
      return lines(title(told.record), addresses(told.record), endOf(told.record), more);
    case "ends soon":
      return lines(
        `> [!WARNING]\n> **This preview ends ${moment(told.record.expiresAt)}.** To keep it, push, or add ${longestLabel}.`,
        title(told.record),
        addresses(told.record),
        endOf(told.record),
        more,
      );
    case "failed":
      return lines(
        `### The preview of \`${told.record.sha.slice(0, 7)}\` failed`,
        fenced(told.answer),
        "What failed is as it was before; the rest may be at this commit already. To try again, push or run the workflow again.",
      );
    case "mistaken":
      return lines(
        `### There is no preview of \`${told.sha.slice(0, 7)}\``,
        fenced(told.answer),
        "What was there before is left as it is. Push what is right, or change the label.",
      );
    case "refused":
      return lines("### There is no room for a preview", told.answer);
    case "gone":
      return lines(
        "### The preview is gone",
        "Its versions, its channel, its database and its user were removed. Reopening the pull request brings it back.",
      );
    case "expired":
      return lines(
        "### The preview has expired",
        `It was not pushed to for ${previewLimits.days} days, or for as long as its label said, and ended ${moment(told.expiredAt)}.`,
        `To bring it back, push, or add ${longestLabel}: then it lives for ${previewLimits.longestDays} days after the last push.`,
      );
    case "fork":
      return lines(
        "### There is no preview for a fork",
        "A preview needs credentials, and code from a fork never gets any: nobody has looked at it yet.",
        [
          "- You can see it on your machine: `npm start`, then `npx groundwork preview up --pr 1 --sha $(git rev-parse HEAD)`; it needs no account.",
          "- Somebody who may push to this repository can, after reading the change, push its branch here and open a pull request of it. That one has a preview.",
        ].join("\n"),
      );
  }
}

/** `preview:keep-30d`, as code. */
const longestLabel = `the label \`preview:keep-${previewLimits.longestDays}d\``;

const more = [
  "<details><summary>What labels can do</summary>",
  "",
  "| Label | What it does |",
  "|---|---|",
  `| \`preview:keep-14d\` | lives for 14 days after the last push, up to ${previewLimits.longestDays} |`,
  `| \`${previewLabels.ownGateway}\` | a gateway for each API |`,
  `| \`${previewLabels.ownService}\` | services of its own, to test how requests are split |`,
  `| \`${previewLabels.ownCluster}\` | a Flex cluster of its own, to test what destroys databases |`,
  `| \`${previewLabels.ownSecret}\` | an empty secret |`,
  "",
  "</details>",
].join("\n");

function title({ sha }: PreviewRecord): string {
  return `### Preview of \`${sha.slice(0, 7)}\``;
}

function addresses({ urls: { sites, services, gateways } }: PreviewRecord): string {
  const rows = [
    ...Object.entries(sites).map(([name, url]) => ["site", name, url]),
    ...Object.entries(gateways).map(([name, url]) => ["gateway", name, url]),
    ...Object.entries(services).map(([name, url]) => ["service", name, url]),
  ].map(([kind, name, url]) => `| ${kind} | ${name} | ${url} |`);
  return rows.length === 0 ? "It has no addresses." : ["| | | |", "|---|---|---|", ...rows].join("\n");
}

function endOf({ expiresAt, monthlyCost }: PreviewRecord): string {
  const cost = `about $${monthlyCost.toFixed(2)} a month`;
  return `Ends ${moment(expiresAt)}, or when the pull request is closed; ${cost}. No mails, no real data, nobody is woken by it.`;
}

function moment(iso: string): string {
  return `${iso.slice(0, 10)} at ${iso.slice(11, 16)} UTC`;
}

/** Whatever an error says, it stays text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

function lines(...parts: string[]): string {
  return `${parts.join("\n\n")}\n`;
}
