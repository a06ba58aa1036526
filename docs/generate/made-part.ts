/**
 * A document with one part made anew: what stands between `<!-- NAME: made by npm run docs -->` and `<!-- /NAME -->`.
 * Everything around it is written by hand.
 *
 * @throws Error when the document has no such part
 */
export function withMadePart(document: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}: made by npm run docs -->`, `<!-- /${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the document has no ${begin} … ${end}`);
  return `${document.slice(0, from)}${begin}\n\n${content.trim()}\n\n${document.slice(to)}`;
}
