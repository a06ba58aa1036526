import { wavesOf } from "../../apply/order";
import { countsText } from "../../plan/counts-text";
import { escapeHtml } from "../markdown";
import type { Report, ReportedStack } from "../report";

const box = { width: 168, height: 44, gapX: 56, gapY: 14 };
const margin = 8;

/** The stacks as a graph, one drawing per environment: what is applied first stands left. Every stack is a link. */
export function stackGraphs(report: Report): string {
  const environments = [...new Set(report.stacks.map(({ environment }) => environment))];
  return environments
    .map((environment) => {
      const own = report.stacks.filter((stack) => stack.environment === environment);
      return `<h3>${escapeHtml(environment)}</h3><figure>${drawing(own, environment)}</figure>`;
    })
    .join("\n");
}

function drawing(stacks: readonly ReportedStack[], environment: string): string {
  const columns = wavesOf(stacks);
  const places = new Map(
    columns.flatMap((names, x) =>
      names.map((name, y) => [
        name,
        { x: margin + x * (box.width + box.gapX), y: margin + y * (box.height + box.gapY) },
      ]),
    ),
  );
  const width = margin * 2 + columns.length * (box.width + box.gapX) - box.gapX;
  const tallest = Math.max(0, ...columns.map(({ length }) => length));
  const height = margin * 2 + tallest * (box.height + box.gapY) - box.gapY;
  const lines = stacks.flatMap(({ name, dependsOn }) =>
    dependsOn.flatMap((before) => {
      const [from, to] = [places.get(before), places.get(name)];
      if (!from || !to) return [];
      const [x1, y1] = [from.x + box.width, from.y + box.height / 2];
      const [x2, y2] = [to.x, to.y + box.height / 2];
      const bend = (x2 - x1) / 2;
      return [`<path d="M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}"/>`];
    }),
  );
  const boxes = stacks.map((stack) => {
    const { x, y } = places.get(stack.name) ?? { x: 0, y: 0 };
    const note = noteOf(stack);
    const short = note.length > 26 ? `${note.slice(0, 25)}…` : note;
    return `<a href="#stack-${escapeHtml(stack.name)}" class="${look(stack)}" aria-label="${escapeHtml(`${stack.name}: ${note}`)}"><rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6"/><text x="${x + 10}" y="${y + 18}">${escapeHtml(stack.name)}</text><text class="note" x="${x + 10}" y="${y + 34}">${escapeHtml(short)}</text></a>`;
  });
  return `<svg role="group" aria-label="Stacks of ${escapeHtml(environment)} in the order in which they are applied" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${lines.join("")}${boxes.join("")}</svg>`;
}

function noteOf({ result, counts }: ReportedStack): string {
  return result === "changes" ? countsText(counts) || "outputs change" : result;
}

function look({ result, counts }: ReportedStack): string {
  if (result === "failed" || counts.delete + counts.replace > 0) return "danger";
  return result === "changes" ? "change" : "quiet";
}
