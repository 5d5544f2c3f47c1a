import { themes, type Theme } from './theme.ts';

const variables = (theme: Theme): string => Object.entries(theme).map(([role, value]) => `--${role}:${value}`).join(';');

/** The report's style sheet; it loads nothing. */
export const reportStyle = `
:root { color-scheme: light dark; ${variables(themes.light)} }
@media screen and (prefers-color-scheme: dark) { :root { ${variables(themes.dark)} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.skip { position: absolute; left: -999px; top: 0; padding: .5rem 1rem; background: var(--paper); color: var(--accent); }
.skip:focus { left: 0; z-index: 1; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
.kicker { margin: 0; color: var(--muted); font-size: .875rem; overflow-wrap: anywhere; }
h1 { margin: .15rem 0 .9rem; font-size: 1.9rem; line-height: 1.2; font-weight: 650; letter-spacing: -.015em; text-wrap: balance; overflow-wrap: anywhere; }
h2 { margin: 0 0 .35rem; padding-top: 1.6rem; border-top: 1px solid var(--grid); font-size: 1.3rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; }
h3 { margin: 1.75rem 0 .5rem; font-size: 1rem; font-weight: 650; overflow-wrap: anywhere; }
p { margin: 0 0 .8rem; max-width: 46rem; }
.verdict { font-size: 1.125rem; line-height: 1.5; overflow-wrap: anywhere; }
.verdict strong { font-weight: 650; }
.score { white-space: nowrap; }
.quiet { color: var(--muted); font-size: .925rem; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0; padding: 0; list-style: none; font-size: .925rem; }
section { margin-top: 2.5rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr)); gap: .9rem 1.5rem; margin: 1.4rem 0 1.5rem; padding: 1rem 1.15rem; background: var(--panel); border-radius: 8px; }
.facts dt { color: var(--muted); font-size: .8125rem; }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.notice { margin: 2rem 0 0; padding: .9rem 1.15rem; background: var(--panel); border-left: 4px solid var(--warn); border-radius: 0 8px 8px 0; }
.notice h2 { padding: 0; border: 0; font-size: 1.05rem; }
.notice ul { margin: 0; padding-left: 1.15rem; overflow-wrap: anywhere; }
.scroll { container-type: inline-size; overflow-x: auto; margin: .75rem 0 1.25rem; }
table { border-collapse: collapse; width: 100%; font-size: .925rem; font-variant-numeric: tabular-nums; }
caption { padding-bottom: .4rem; text-align: left; color: var(--muted); font-size: .875rem; }
caption span { position: sticky; left: 0; display: inline-block; max-width: min(46rem, 100cqi); overflow-wrap: anywhere; }
th, td { padding: .45rem .55rem; border-bottom: 1px solid var(--grid); text-align: right; vertical-align: baseline; white-space: nowrap; }
th { font-weight: 600; }
thead th { border-bottom-color: var(--rule); color: var(--muted); font-size: .8125rem; vertical-align: bottom; }
th.text, td.text, tbody th, tfoot th { text-align: left; }
th.wrap, td.wrap { min-width: 15rem; white-space: normal; overflow-wrap: anywhere; }
th:first-child, td:first-child { padding-left: .25rem; }
th:last-child, td:last-child { padding-right: .25rem; }
tbody th, tfoot th { max-width: 22rem; min-width: 7rem; overflow-wrap: break-word; white-space: normal; }
tbody th.number { min-width: 0; text-align: right; }
tr.best { background: var(--panel); }
tr.best th, tr.best td.rank-metric { font-weight: 700; }
tfoot th, tfoot td { color: var(--muted); font-weight: 400; }
.spread { color: var(--muted); font-weight: 400; }
.tag { display: inline-block; margin-left: .4rem; padding: 0 .45rem; border: 1px solid var(--rule); border-radius: 99px; color: var(--muted); font-size: .75rem; font-weight: 400; white-space: nowrap; }
.swatch { display: inline-block; width: .7rem; height: .7rem; margin-right: .5rem; border-radius: 2px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1.5rem 2.5rem; align-items: start; }
.figures > * { min-width: 0; }
@media (min-width: 56rem) { .figures.beside { grid-template-columns: minmax(0, 24rem) minmax(0, 1fr); } }
figure { margin: 1rem 0 0; break-inside: avoid; }
figure svg { display: block; width: 100%; max-width: 30rem; height: auto; }
figcaption { padding: 0 .25rem .35rem; }
figcaption strong { display: block; font-weight: 650; overflow-wrap: anywhere; }
figcaption span { color: var(--muted); font-size: .875rem; }
code { font: .875em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.options { display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: 0; padding: 0; list-style: none; white-space: normal; }
footer { margin-top: 3rem; padding-top: 1rem; padding-bottom: 2.5rem; color: var(--muted); font-size: .875rem; }
@media (max-width: 40rem) {
  header { padding-top: 1.5rem; }
  h1 { font-size: 1.5rem; }
  .verdict { font-size: 1.05rem; }
  .facts { grid-template-columns: 1fr 1fr; }
  th, td { padding-left: .4rem; padding-right: .4rem; }
}
@media print {
  body { font-size: 10.5pt; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  nav, .skip { display: none; }
  section, tr { break-inside: avoid; }
  section.long { break-inside: auto; }
  h2, h3 { break-after: avoid; }
  .scroll { overflow: visible; }
  .figures { grid-template-columns: 1fr 1fr; gap: 1rem; }
  .figures.beside { grid-template-columns: 1fr; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`.trim();
