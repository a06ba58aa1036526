/**
 * A folded block; `lines` are shown as they are.
 *
 * @param summary HTML
 * @param options.open unfolded at first @default false
 */
export function foldedDetails(
  summary: string,
  lines: readonly string[],
  { open = false }: { open?: boolean } = {},
): string {
  const text = lines.join("\n");
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `<details${open ? " open" : ""}><summary>${summary}</summary>\n\n${fence}diff\n${text}\n${fence}\n\n</details>`;
}

/** Text between back quotes; nothing in it is Markdown. */
export function code(text: string): string {
  const runs = (text.match(/`+/g) ?? []).map((run) => run.length);
  const quote = "`".repeat(Math.max(0, ...runs) + 1);
  const plain = text.replaceAll("|", "\\|").replaceAll("\n", " ");
  return runs.length === 0 ? `\`${plain}\`` : `${quote} ${plain} ${quote}`;
}

/** Text of people, in which nothing is Markdown, HTML or a mention. */
export function prose(text: string): string {
  return text
    .replace(/[\\`*{}[\]()<>#|~@]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll("\n", " ");
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
