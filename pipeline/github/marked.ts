/** Characters that GitHub takes in the body of a comment or an issue. */
export const longestBody = 65_536;

/** What one of our comments or issues is about, in its first line, where people don't see it. */
export interface Mark {
  /** `plan`, `drift dev-data`. */
  topic: string;
  /** Commit that it was made of. */
  sha?: string;
}

/** A body that is found again by its topic. */
export function markedBody({ topic, sha }: Mark, body: string): string {
  return shortened(`<!-- groundwork:${topic}${sha === undefined ? "" : ` sha:${sha}`} -->\n${body}`);
}

/** Reads the first line of a body; undefined when it is none of ours. Quoting one in a body makes it none of ours. */
export function readMark(body: string | null | undefined): Mark | undefined {
  const [, topic, sha] = /^<!-- groundwork:(.+?)(?: sha:([0-9a-f]+))? -->/.exec(body ?? "") ?? [];
  return topic === undefined ? undefined : { topic, ...(sha === undefined ? {} : { sha }) };
}

const cutNote = "\n\n_The rest doesn't fit into a comment._\n";

/** Cut at a line where it is too long, with every fold and code block closed. */
export function shortened(body: string, longest = longestBody): string {
  if (body.length <= longest) return body;
  const lines = body.split("\n");
  const closing = (upTo: number): string => {
    const kept = lines.slice(0, upTo).join("\n");
    const open = (kept.match(/<details/g)?.length ?? 0) - (kept.match(/<\/details>/g)?.length ?? 0);
    const inCode = (kept.match(/^ {0,3}```/gm)?.length ?? 0) % 2 === 1;
    return `${kept}${inCode ? "\n```" : ""}${"\n</details>".repeat(Math.max(0, open))}${cutNote}`;
  };
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (closing(middle).length <= longest) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? `${body.slice(0, longest - cutNote.length)}${cutNote}` : closing(low);
}
