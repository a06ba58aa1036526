import { createHash } from "node:crypto";
import { countText } from "../../console/words";
import { changeKinds } from "../../plan/changes";
import { countsText } from "../../plan/counts-text";
import { escapeHtml } from "../markdown";
import { changePhrase, orphanText, rehearsal } from "../phrases";
import type { Report, ReportedChange, ReportedStack } from "../report";
import { pageBehaviour } from "./behaviour";
import { pageAttribute } from "./change-data";
import { stackGraphs } from "./graph";
import { pageStyle } from "./style";

/** The report as one file for a browser: no network, no server, no other file. */
export function renderPage(report: Report): string {
  const script = `(${pageBehaviour.toString()})(document);`;
  const changes = report.stacks.flatMap((stack) => stack.changes);
  const data = JSON.stringify(changes.map(({ attributes }) => attributes.map(pageAttribute)));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'">
<title>${headline(report)}</title>
<style>${pageStyle}</style>
</head>
<body>
<a class="skip" href="#changes">Skip to the changes</a>
${header(report)}
<main>
${orphans(report)}
${first(report)}
${renames(report)}
<section aria-labelledby="stacks"><h2 id="stacks">Stacks</h2>
${stackGraphs(report)}
</section>
${filters(report)}
<div id="changes" tabindex="-1">
${stacks(report)}
</div>
</main>
<footer><p class="facts">Made by groundwork plan. Sensitive values are not in this file.</p></footer>
${helpDialog}
<script type="application/json" id="attributes">${data.replaceAll("<", "\\u003c")}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(script: string): string {
  return `sha256-${createHash("sha256").update(script).digest("base64")}`;
}

function headline({ counts, stacks }: Report): string {
  const changing = stacks.filter(({ result }) => result === "changes").length;
  const failed = stacks.filter(({ result }) => result === "failed" || result === "not planned").length;
  const what =
    changing > 0 ? `${countsText(counts) || "outputs change"} in ${countText(changing, "stack")}` : "";
  if (failed > 0)
    return `Incomplete plan: ${what === "" ? "" : `${what}; `}${countText(failed, "stack")} not planned`;
  return what === "" ? "No changes" : `Plan: ${what}`;
}

function header(report: Report): string {
  const { digest, changedSince, target, rehearsed } = report;
  const facts = [
    digest === undefined ? "No digest: not every stack could be planned" : `Digest <code>${digest}</code>`,
    ...(changedSince === undefined ? [] : [`compared with <code>${escapeHtml(changedSince)}</code>`]),
    rehearsed ? rehearsal : target === "sandbox" ? "planned in the sandbox" : "planned against the cloud",
  ];
  return `<header>
<div class="tools"><button type="button" id="keys">Keys</button><button type="button" id="theme">Light or dark</button></div>
<h1>${headline(report)}</h1>
<p class="facts">${facts.join(" · ")}</p>
<noscript><p>Searching, filtering and the attributes of each change need JavaScript.</p></noscript>
</header>`;
}

/** Beyond these the list is longer than anybody reads; each change below tells its own. */
const mostRisks = 200;

function first({ risks, stacks: all }: Report): string {
  if (risks.length === 0) return "";
  const anchors = new Map(
    all.flatMap(({ name, changes }) =>
      changes.map(({ address }) => [`${name} ${address}`, anchor(name, address)]),
    ),
  );
  const items = risks.slice(0, mostRisks).map(({ kind, stack, address, text }) => {
    const link = address === undefined ? `stack-${stack}` : (anchors.get(`${stack} ${address}`) ?? "");
    const name = address === undefined ? stack : `${stack} ${address}`;
    return `<li><span class="badge ${kind.replace(" ", "-")}">${kind}</span> ${escapeHtml(text)} <a class="address" href="#${escapeHtml(encodeURIComponent(link))}">${escapeHtml(name)}</a></li>`;
  });
  const more = risks.length - mostRisks;
  return `<section aria-labelledby="first"><h2 id="first">Look first</h2>
<ul class="first">${items.join("\n")}${more > 0 ? `<li>and ${more} more, at the changes below</li>` : ""}</ul></section>`;
}

function orphans(report: Report): string {
  if (report.orphans.length === 0) return "";
  const items = report.orphans.map(
    (one) =>
      `<li><span class="badge ${one.decision}">${one.decision}</span> ${escapeHtml(orphanText(one))}</li>`,
  );
  return `<section aria-labelledby="orphans"><h2 id="orphans">No longer in the code</h2><ul class="first">${items.join("\n")}</ul></section>`;
}

function renames(report: Report): string {
  const commands = [
    ...new Set(report.stacks.flatMap((stack) => stack.renames.map(({ command }) => command))),
  ];
  if (commands.length === 0) return "";
  return `<section aria-labelledby="renames"><h2 id="renames">Renamed?</h2>
<p>These are destroyed and created, and look like the same objects. If only the name in the code changed, keep them:</p>
<pre>${commands.map(escapeHtml).join("\n")}</pre></section>`;
}

function filters({ stacks: all }: Report): string {
  const environments = [...new Set(all.map(({ environment }) => environment))];
  const kinds = changeKinds.filter((kind) => all.some(({ counts }) => counts[kind] > 0));
  const box = (name: string, value: string, label: string) =>
    `<label><input type="checkbox" name="${name}" value="${escapeHtml(value)}" checked> ${escapeHtml(label)}</label>`;
  const options = all.map(({ name }) => `<option>${escapeHtml(name)}</option>`);
  return `<form id="filters" role="search" aria-label="Changes">
<label>Search <input type="search" id="search" placeholder="address, attribute, value" autocomplete="off"></label>
<label>Stack <select id="stack"><option value="">all</option>${options.join("")}</select></label>
<fieldset><legend>Environment</legend>${environments.map((name) => box("environment", name, name)).join("")}</fieldset>
<fieldset><legend>Action</legend>${kinds.map((kind) => box("kind", kind, kind)).join("")}</fieldset>
<button type="reset">Reset</button> <button type="button" id="all">Open or close all</button>
<output id="count" aria-live="polite"></output>
</form>`;
}

function stacks(report: Report): string {
  let index = 0;
  const environments = [...new Set(report.stacks.map(({ environment }) => environment))];
  // Changes are numbered in the order of the data, which is the order of the stacks.
  const sections = new Map(
    report.stacks.map((stack) => {
      const from = index;
      index += stack.changes.length;
      return [stack.name, stackSection(stack, from)];
    }),
  );
  return environments
    .map((environment) => {
      const own = report.stacks.filter((stack) => stack.environment === environment);
      return `<h2>${escapeHtml(environment)}</h2>\n${own.map(({ name }) => sections.get(name)).join("\n")}`;
    })
    .join("\n");
}

function stackSection(stack: ReportedStack, from: number): string {
  const { name, environment, project, result, counts, digest, diagnostics, outputs, drifted, changes } =
    stack;
  const what = result === "changes" ? countsText(counts) || "outputs change" : result;
  const problems = diagnostics.map(({ severity, summary, detail, address }) =>
    [
      `${severity === "error" ? "Error" : "Warning"}: ${summary}`,
      ...(address ? [`in ${address}`] : []),
      detail,
    ].join("\n"),
  );
  const others = [
    ...outputs.map(({ path }) => `output ${path} changes`),
    ...drifted.map(({ address }) => `${address} was changed outside of Terraform`),
  ];
  const quiet = result === "no changes" || result === "not affected" ? " quiet" : "";
  // Browsers needn't lay out what nobody sees; for few changes it would only make the page jump.
  const many = changes.length > 100 ? " many" : "";
  return `<section class="stack${quiet}${many}" id="stack-${escapeHtml(name)}" data-stack="${escapeHtml(name)}" data-environment="${escapeHtml(environment)}" tabindex="-1">
<h3>${escapeHtml(name)}</h3>
<p>${escapeHtml(what)} · project ${escapeHtml(project)}${digest === undefined ? "" : ` · <code>${digest}</code>`}</p>
${problems.map((text) => `<pre>${escapeHtml(text)}</pre>`).join("")}${others.map((text) => `<p>${escapeHtml(text)}</p>`).join("")}
${changes.map((change, offset) => changeDetails(change, name, from + offset)).join("\n")}
</section>`;
}

function changeDetails(change: ReportedChange, stack: string, index: number): string {
  const { address, kind, risks } = change;
  const phrase = changePhrase(change);
  const why = phrase === "" ? "" : ` <span class="why">${escapeHtml(phrase)}</span>`;
  return `<details class="change" id="${escapeHtml(anchor(stack, address))}" data-index="${index}" data-kind="${kind}" data-address="${escapeHtml(address)}"><summary><span class="badge ${kind}">${kind}</span> <span class="address">${escapeHtml(address)}</span>${why}</summary>${risks.map(({ text }) => `<p class="risk">${escapeHtml(text)}</p>`).join("")}<div class="attributes"></div></details>`;
}

function anchor(stack: string, address: string): string {
  return `${stack}/${address}`;
}

const helpDialog = `<dialog id="help" aria-labelledby="help-title"><h2 id="help-title">Keys</h2><dl>
<dt>/</dt><dd>search</dd><dt>j k</dt><dd>next, previous change</dd><dt>Enter</dt><dd>open or close it</dd>
<dt>e</dt><dd>open or close all that are shown</dd><dt>t</dt><dd>light or dark</dd><dt>Esc</dt><dd>clear the search</dd></dl>
<form method="dialog"><button>Close</button></form></dialog>`;
