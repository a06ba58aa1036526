import { secondsText } from "../../console/seconds";
import { countText } from "../../console/words";
import { isWhole, type SweepReport, type SweptPreview } from "./report";

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

/** The whole report, for people. */
export function renderSweep(report: SweepReport, plan: boolean): string {
  const { previews, postponed, kept, unread, untold, seconds } = report;
  const count = (result: SweptPreview["result"]) => previews.filter((one) => one.result === result).length;
  const lines = [
    ...(plan
      ? previews.flatMap((one) => [
          renderSwept(one),
          ...one.items.map(({ side, within, name }) => `  ${side} ${within ? `${within} ` : ""}${name}`),
        ])
      : []),
    ...unread.map(({ side, reason }) => `Not read: ${side} (${reason})`),
    ...untold.map(({ pr, reason }) => `Not told: #${pr} (${reason})`),
  ];
  const parts = [
    plan ? `${count("planned")} would go` : `${count("removed")} removed`,
    ...(count("failed") > 0 ? [`${count("failed")} not all gone`] : []),
    ...(count("kept") > 0 ? [`${count("kept")} came back`] : []),
    ...(postponed.length > 0 ? [`${postponed.length} left for the next sweep`] : []),
    `${kept.length} ${kept.length === 1 ? "lives" : "live"}`,
    ...(kept.some(({ warned }) => warned) ? [`${kept.filter(({ warned }) => warned).length} warned`] : []),
  ];
  const rest = isWhole(report)
    ? ""
    : " Something couldn't be read, removed or told: the next sweep tries again.";
  return [...lines, `Previews: ${parts.join(", ")} (${secondsText(seconds)}).${rest}`].join("\n");
}
