/** The page's style: light and dark by the system, or as the reader switches. */
export const pageStyle = `
:root { color-scheme: light dark; }
:root, :root[data-theme=light] {
  --paper: #ffffff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa; --link: #0550ae;
  --red: #b3261e; --red-paper: #fde9e7; --green: #116329; --green-paper: #e3f6e7; --amber: #7a4d00;
  --amber-paper: #fff3d6; --blue: #0550ae; --blue-paper: #e2efff;
}
:root[data-theme=light] { color-scheme: light; }
:root[data-theme=dark] { color-scheme: dark; }
@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) {
  --paper: #0f1318; --ink: #e6edf3; --soft: #9aa5b1; --line: #363e47; --panel: #171c22; --link: #7ab7ff;
  --red: #ff9d94; --red-paper: #40191a; --green: #6fdd8b; --green-paper: #12301c; --amber: #f2c063;
  --amber-paper: #38290a; --blue: #7ab7ff; --blue-paper: #10294a;
} }
:root[data-theme=dark] {
  --paper: #0f1318; --ink: #e6edf3; --soft: #9aa5b1; --line: #363e47; --panel: #171c22; --link: #7ab7ff;
  --red: #ff9d94; --red-paper: #40191a; --green: #6fdd8b; --green-paper: #12301c; --amber: #f2c063;
  --amber-paper: #38290a; --blue: #7ab7ff; --blue-paper: #10294a;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0; }
a { color: var(--link); }
code, td, .address { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .875em; }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; z-index: 1; }
.facts { color: var(--soft); margin: 0; overflow-wrap: anywhere; }
.tools { display: flex; gap: .5rem; float: right; }
button, select, input[type=search] { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .6rem; }
button { cursor: pointer; }
ul.first { list-style: none; margin: 0; padding: 0; }
ul.first li { padding: .3rem 0; border-bottom: 1px solid var(--line); }
.badge { display: inline-block; border-radius: 999px; padding: 0 .55rem; font-size: .8rem; font-weight: 600; white-space: nowrap; background: var(--panel); color: var(--ink); border: 1px solid currentColor; }
.delete, .replace, .data-loss, .irreversible, .failed, .deletion { background: var(--red-paper); color: var(--red); }
.update, .forget, .downtime, .access, .replacement, .undecided { background: var(--amber-paper); color: var(--amber); }
.create { background: var(--green-paper); color: var(--green); }
.import, .move { background: var(--blue-paper); color: var(--blue); }
#filters { position: sticky; top: 0; background: var(--paper); border-bottom: 1px solid var(--line); padding: .75rem 0; margin-top: 2rem; display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; z-index: 1; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; }
legend { float: left; margin-right: .5rem; color: var(--soft); }
input[type=search] { min-width: 16rem; }
section.stack { border: 1px solid var(--line); border-radius: 8px; margin: 1rem 0; padding: .75rem 1rem; scroll-margin-top: 6rem; }
section.many { content-visibility: auto; contain-intrinsic-size: auto 60rem; }
section.quiet { border: 0; margin: 0; padding: .15rem 0; }
section.quiet > * { display: inline; font-size: .9rem; margin-right: .75rem; }
section.stack > p { margin: .15rem 0; color: var(--soft); }
details.change { border-top: 1px solid var(--line); padding: .35rem 0; scroll-margin-top: 6rem; }
details.change[hidden], section.stack[hidden] { display: none; }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary .why { color: var(--soft); }
.risk { margin: .25rem 0 .25rem 1.25rem; color: var(--red); }
.attributes { overflow-x: auto; margin: .5rem 0 .5rem 1.25rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; }
th { font-weight: 500; max-width: 24rem; }
thead th { color: var(--soft); font-size: .85rem; }
.depth1 { padding-left: 1.25rem; }
.word { color: var(--soft); font-style: italic; }
td.before mark { background: var(--red-paper); color: var(--red); }
td.after mark { background: var(--green-paper); color: var(--green); }
.forces { color: var(--red); font-size: .85em; }
pre { overflow-x: auto; background: var(--panel); padding: .5rem .75rem; border-radius: 6px; white-space: pre-wrap; }
figure { margin: 0; overflow-x: auto; }
svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
svg .note { fill: var(--soft); font-size: 11px; }
svg rect { fill: var(--panel); stroke: var(--line); stroke-width: 1.5; }
svg a:focus-visible rect { stroke: var(--blue); stroke-width: 4; }
svg .danger rect { fill: var(--red-paper); stroke: var(--red); }
svg .change rect { fill: var(--amber-paper); stroke: var(--amber); }
svg .quiet text { fill: var(--soft); }
svg path { fill: none; stroke: var(--soft); stroke-width: 1.2; }
dialog { color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
dt { font-weight: 600; float: left; clear: left; width: 3rem; }
@media print { #filters, .tools { display: none; } section.many { content-visibility: visible; } }
`;
