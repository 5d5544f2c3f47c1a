import { drawChart, type Chart } from './draw-chart.ts';
import { html, raw, type Markup } from './html.ts';
import { reportStyle } from './report-style.ts';

export interface HtmlPage {
  /** What the page is: 'report' or 'comparison'. */
  kind: string;
  competition: { name: string; title: string };
  /** Under the title. */
  head: Markup;
  main: Markup;
  footer: string;
}

/** A whole page that needs nothing else: style within, no script. */
export function htmlPage({ kind, competition: { name, title }, head, main, footer }: HtmlPage): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${name} · Refit ${kind}</title>
<style>
${raw(reportStyle)}
</style>
</head>
<body>
<a class="skip" href="#main">Skip to the results</a>
<header>
<p class="kicker">Refit ${kind} · ${name}</p>
<h1>${title}</h1>
${head}
</header>
<main id="main">
${main}
</main>
<footer>${footer}</footer>
</body>
</html>
`.markup;
}

/** A chart with its caption; nothing for none. */
export async function figure(chart: Chart | undefined): Promise<Markup | undefined> {
  if (!chart) return undefined;
  const note = chart.note ? html`<span>${chart.note}</span>` : null;
  return html`<figure><figcaption><strong>${chart.title}</strong>${note}</figcaption>${raw(await drawChart(chart, 'page'))}</figure>`;
}
