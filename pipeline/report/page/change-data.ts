import type { AttributeChange, ShownValue } from "../../plan/attribute-changes";
import type { ReportedAttribute } from "../report";

/** A value as the page holds it: its JSON text, or a number in the place of one. */
export type PageValue = string | 0 | 1 | 2;

/** `[path, before, after, forces replacement, leaves of the document inside]`, short because there are thousands. */
export type PageAttribute = [
  path: string,
  before: PageValue,
  after: PageValue,
  forces: 0 | 1,
  document?: PageAttribute[],
];

/** The attributes of a change as the page holds them. */
export function pageAttribute({ document, ...attribute }: ReportedAttribute): PageAttribute {
  return document === undefined
    ? leaf(attribute)
    : [...(leaf(attribute).slice(0, 4) as [string, PageValue, PageValue, 0 | 1]), document.map(leaf)];
}

function leaf({ path, before, after, forcesReplacement }: AttributeChange): PageAttribute {
  return [path, pageValue(before), pageValue(after), forcesReplacement ? 1 : 0];
}

function pageValue(shown: ShownValue): PageValue {
  switch (shown.is) {
    case "absent":
      return 0;
    case "sensitive":
      return 1;
    case "unknown":
      return 2;
    case "value":
      return typeof shown.value === "string" && shown.value.includes("\n")
        ? shown.value
        : JSON.stringify(shown.value);
  }
}
