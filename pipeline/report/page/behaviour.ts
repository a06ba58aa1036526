import type { PageAttribute, PageValue } from "./change-data";

/** As much of the browser as the page uses; the compiler knows no more of it here, where everything else is Node. */
interface PageElement {
  id: string;
  hidden: boolean;
  open: boolean;
  value: string;
  checked: boolean;
  name: string;
  className: string;
  textContent: string | null;
  tagName: string;
  type?: string;
  dataset: { [name: string]: string | undefined };
  parentElement: PageElement | null;
  append(...children: (PageElement | string)[]): void;
  closest(selector: string): PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  addEventListener(type: string, listener: (event: PageEvent) => void, capture?: boolean): void;
  focus(): void;
  scrollIntoView(options: { block: string }): void;
  showModal(): void;
  close(): void;
}
interface PageEvent {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  target: PageElement;
  preventDefault(): void;
}
export interface PageDocument extends PageElement {
  documentElement: PageElement;
  activeElement: PageElement | null;
  defaultView: {
    location: { hash: string };
    matchMedia(query: string): { matches: boolean };
    addEventListener(type: string, listener: () => void): void;
  };
  createElement(name: string): PageElement;
  getElementById(id: string): PageElement | null;
}

/**
 * What the page does in the browser. Its text is written into the page as it is, so it uses nothing from outside of
 * itself. Values only ever become text, never markup.
 */
export function pageBehaviour(page: PageDocument): void {
  const byId = (id: string) => page.getElementById(id) as PageElement;
  const attributes = JSON.parse(byId("attributes").textContent ?? "[]") as PageAttribute[][];
  const changes = [...page.querySelectorAll("details.change")];
  const attributesOf = (change: PageElement) => attributes[Number(change.dataset.index)] ?? [];
  const texts = changes.map((change) =>
    `${change.dataset.address} ${change.dataset.kind} ${JSON.stringify(attributesOf(change))}`.toLowerCase(),
  );

  const make = (name: string, className: string, ...children: (PageElement | string)[]): PageElement => {
    const element = page.createElement(name);
    element.className = className;
    element.append(...children);
    return element;
  };
  const words = ["none", "(sensitive)", "(known after apply)"];
  const valueText = (value: PageValue) => (typeof value === "string" ? value : (words[value] ?? ""));

  /** The part in which two texts differ is marked. */
  const valueCell = (value: PageValue, other: PageValue, className: string): PageElement => {
    const text = valueText(value);
    const cell = make("td", typeof value === "string" ? className : `${className} word`);
    if (typeof value !== "string" || typeof other !== "string" || text.length < 12) {
      cell.append(text);
      return cell;
    }
    let start = 0;
    while (start < text.length && text[start] === other[start]) start++;
    let end = 0;
    const most = Math.min(text.length, other.length) - start;
    while (end < most && text[text.length - 1 - end] === other[other.length - 1 - end]) end++;
    cell.append(text.slice(0, start), make("mark", "", text.slice(start, text.length - end)));
    cell.append(text.slice(text.length - end));
    return cell;
  };

  const rows = (list: PageAttribute[], kind: string, depth: number): PageElement[] =>
    list.flatMap(([path, before, after, forces, document]) => {
      const heading = make("th", `depth${depth}`, path);
      heading.setAttribute("scope", "row");
      if (forces) heading.append(" ", make("span", "forces", "makes it necessary"));
      if (document) {
        const inside = make("td", "word", document.length === 0 ? "only its layout changes" : "inside:");
        inside.setAttribute("colspan", "2");
        return [make("tr", "", heading, inside), ...rows(document, kind, depth + 1)];
      }
      const cells = [
        ...(kind === "create" ? [] : [valueCell(before, after, "before")]),
        ...(kind === "delete" ? [] : [valueCell(after, before, "after")]),
      ];
      return [make("tr", "", heading, ...cells)];
    });

  /** Thousands of tables would make the page slow, so each is made when it is first seen. */
  const fill = (change: PageElement) => {
    const place = change.querySelector(".attributes");
    const list = attributesOf(change);
    if (!place || place.dataset.filled) return;
    place.dataset.filled = "yes";
    if (list.length === 0) {
      place.append(make("p", "word", "No attribute changes."));
      return;
    }
    const kind = change.dataset.kind ?? "";
    const titles = [
      "Attribute",
      ...(kind === "create" ? [] : ["Before"]),
      ...(kind === "delete" ? [] : ["After"]),
    ];
    const head = make("tr", "", ...titles.map((title) => make("th", "", title)));
    for (const cell of head.querySelectorAll("th")) cell.setAttribute("scope", "col");
    place.append(make("table", "", make("thead", "", head), make("tbody", "", ...rows(list, kind, 0))));
  };
  for (const change of changes) change.addEventListener("toggle", () => change.open && fill(change));

  const filters = byId("filters");
  const search = byId("search");
  const stackChoice = byId("stack");
  const chosen = (name: string) =>
    new Set(
      [...filters.querySelectorAll(`input[name="${name}"]`)]
        .filter((box) => box.checked)
        .map((box) => box.value),
    );
  const applyFilters = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const [environments, kinds] = [chosen("environment"), chosen("kind")];
    const isChosen = (stack: PageElement) =>
      environments.has(stack.dataset.environment ?? "") &&
      (stackChoice.value === "" || stackChoice.value === stack.dataset.stack);
    let shown = 0;
    for (const [index, change] of changes.entries()) {
      const stack = change.closest("section.stack");
      const fits =
        stack !== null &&
        isChosen(stack) &&
        kinds.has(change.dataset.kind ?? "") &&
        wanted.every((word) => texts[index]?.includes(word));
      change.hidden = !fits;
      if (fits) shown++;
    }
    const everything = wanted.length === 0 && shown === changes.length;
    for (const stack of page.querySelectorAll("section.stack")) {
      const own = [...stack.querySelectorAll("details.change")];
      const some = own.some((change) => !change.hidden);
      stack.hidden = !isChosen(stack) || (own.length > 0 && !some) || (own.length === 0 && wanted.length > 0);
    }
    byId("count").textContent = everything
      ? `${changes.length} changes`
      : `${shown} of ${changes.length} changes shown`;
  };
  filters.addEventListener("input", applyFilters);
  filters.addEventListener("reset", () => setTimeout(applyFilters));
  filters.addEventListener("submit", (event) => event.preventDefault());
  applyFilters();

  /** A link to a change opens it, whatever is filtered. */
  const follow = () => {
    const target = page.getElementById(decodeURIComponent(page.defaultView.location.hash.slice(1)));
    if (target?.hidden || target?.closest("section.stack")?.hidden) {
      search.value = "";
      stackChoice.value = "";
      for (const box of filters.querySelectorAll("input[type=checkbox]")) box.checked = true;
      applyFilters();
    }
    if (target?.tagName !== "DETAILS") return;
    target.open = true;
    target.querySelector("summary")?.focus();
    target.scrollIntoView({ block: "start" });
  };
  page.defaultView.addEventListener("hashchange", follow);
  follow();

  const step = (by: number) => {
    const visible = changes.filter((change) => !change.hidden);
    const current = page.activeElement?.closest("details.change");
    const at = current ? visible.indexOf(current) : -1;
    const next = visible[at < 0 ? (by > 0 ? 0 : visible.length - 1) : at + by];
    next?.querySelector("summary")?.focus();
  };
  const toggleAll = () => {
    const visible = changes.filter((change) => !change.hidden);
    const open = !visible.some((change) => change.open);
    // More would take seconds, and nobody reads them.
    for (const change of visible.slice(0, 500)) change.open = open;
  };
  const root = page.documentElement;
  const switchTheme = () => {
    const isDark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : page.defaultView.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  };
  const help = byId("help");
  const keys: { [key: string]: () => void } = {
    "/": () => search.focus(),
    j: () => step(1),
    k: () => step(-1),
    e: toggleAll,
    t: switchTheme,
    "?": () => help.showModal(),
  };
  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName);
    if (event.key === "Escape" && event.target === search) {
      search.value = "";
      applyFilters();
      search.closest("body")?.querySelector("summary")?.focus();
      return;
    }
    const act = isTyping && event.target.type !== "checkbox" ? undefined : keys[event.key];
    if (!act || help.open) return;
    event.preventDefault();
    act();
  });
  byId("theme").addEventListener("click", switchTheme);
  byId("keys").addEventListener("click", () => help.showModal());
  byId("all").addEventListener("click", toggleAll);
}
