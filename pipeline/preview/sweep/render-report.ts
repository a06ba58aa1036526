import type { Colours } from "../../console/console";
import { ageText, secondsText } from "../../console/seconds";
import { tableText } from "../../console/table";
import { countText } from "../../console/words";
import { isWhole, type SweepReport, type SweptItem, type SweptPreview } from "./report";

export interface RenderOptions {
  /** Whether nothing was done. */
  plan: boolean;
  now: Date;
  colours: Colours;
}

/** One line: what became of one preview. */
export function renderSwept({ pr, why, result, reason, items }: SweptPreview): string {
  const because = why === "closed" ? "its pull request is closed" : "it has expired";
  const failures = items.flatMap(({ side, name, result: one, reason: said }) =>
    one === "failed" ? [`\n  ${side} ${name}: ${said ?? "failed"}`] : [],
  );
  const what = {
    planned: `would go, ${because}`,
    removed: `is gone, ${because}`,
    kept: `stays: ${reason}`,
    failed: `is not all gone${reason === undefined ? "" : `: ${reason}`}; the next sweep tries again`,
  }[result];
  return `#${pr} ${what} (${countText(items.length, "thing")})${failures.join("")}`;
}

/** The whole report, for people: what goes or went and why, what lives, what couldn't be done. */
export function renderSweep(report: SweepReport, { plan, now, colours }: RenderOptions): string {
  const { previews, kept, unread, untold } = report;
  const rows = [
    ...previews.map((one) => removedRow(one, now)),
    ...kept.map(({ pr, title, expiresAt, warned }) => [
      `#${pr}`,
      warned ? "lives, warned" : "lives",
      `ends in ${ageText(Date.parse(expiresAt) - now.getTime())}`,
      shortened(title),
    ]),
  ];
  const columns = ["number", plan ? "would" : "result", "why", "what"].map((title) => ({ title }));
  return [
    ...(rows.length > 0 ? [tableText(columns, rows, colours), ""] : []),
    ...(plan ? [] : previews.filter(({ result }) => result === "failed").map(renderSwept)),
    ...unread.map(({ side, reason }) => `Not read: ${side} (${reason})`),
    ...untold.map(({ pr, reason }) => `Not told: #${pr} (${reason})`),
    summary(report, plan),
  ].join("\n");
}

function removedRow({ pr, why, expiredAt, result, oldest, items }: SweptPreview, now: Date): string[] {
  const age = (moment: string) => ageText(now.getTime() - Date.parse(moment));
  const what = { planned: "go", removed: "removed", kept: "stays", failed: "failed" }[result];
  const because = expiredAt === undefined ? why : `${why} for ${age(expiredAt)}`;
  return [
    `#${pr}`,
    what,
    oldest === undefined ? because : `${because}, there for ${age(oldest)}`,
    sidesText(items),
  ];
}

/** `channel, 2 versions, user, database`. */
function sidesText(items: readonly SweptItem[]): string {
  const counts = new Map<string, number>();
  for (const { side } of items) counts.set(side, (counts.get(side) ?? 0) + 1);
  return [...counts].map(([side, count]) => (count === 1 ? side : countText(count, side))).join(", ");
}

function shortened(title: string): string {
  return title.length > 40 ? `${title.slice(0, 39)}…` : title;
}

function summary(report: SweepReport, plan: boolean): string {
  const { previews, postponed, kept, seconds } = report;
  const count = (result: SweptPreview["result"]) => previews.filter((one) => one.result === result).length;
  const things = previews.reduce((sum, { items }) => sum + items.length, 0);
  const parts = [
    `${plan ? `${count("planned")} would go` : `${count("removed")} removed`}${things > 0 ? ` (${countText(things, "thing")})` : ""}`,
    ...(count("failed") > 0 ? [`${count("failed")} not all gone`] : []),
    ...(count("kept") > 0 ? [`${count("kept")} came back`] : []),
    ...(postponed.length > 0 ? [`${postponed.length} left for the next sweep`] : []),
    `${kept.length} ${kept.length === 1 ? "lives" : "live"}`,
    ...(kept.some(({ warned }) => warned) ? [`${kept.filter(({ warned }) => warned).length} warned`] : []),
  ];
  const rest = isWhole(report)
    ? ""
    : " Something couldn't be read, removed or told: the next sweep tries again.";
  return `Previews: ${parts.join(", ")} (${secondsText(seconds)}).${rest}`;
}
