import type * as PlotModule from '@observablehq/plot';
import { escapeHtml } from './escape-html.ts';
import { fitText, textWidth, wrapText } from './fit-text.ts';
import { color, themes, withColors } from './theme.ts';

/** One line of a chart's legend: a sample of the mark, a name, a value at the right edge. */
export interface LegendRow {
  mark: 'line' | 'square';
  color: string;
  dash?: string;
  name: string;
  value?: string;
}

/** What a chart shows, before it is drawn for a file or for a page. */
export interface Chart {
  title: string;
  /** What the marks mean, in a sentence. */
  note?: string;
  /** The chart's numbers in words, for those who cannot see it. */
  label: string;
  legend?: LegendRow[];
  /** Colours are variables of theme.ts. Width and height come with it; fonts and document do not. */
  plot: (Plot: typeof PlotModule) => PlotModule.PlotOptions;
}

/** Width of every chart in pixels: fits a phone almost unscaled, and two stand side by side on a desk. */
export const chartWidth = 440;

const pad = 14;
const family = 'Inter, system-ui, sans-serif';
const inner = chartWidth - 2 * pad;

/**
 * Draws a chart as SVG text; the same chart gives the same bytes.
 *
 * @param target 'file': stands alone, with title, note, white background and plain colours.
 * 'page': for inlining into HTML that has its own caption and sets the colour variables of theme.ts.
 */
export async function drawChart(chart: Chart, target: 'file' | 'page'): Promise<string> {
  const { Plot, parseHTML } = await import('./chart-engine.ts');
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const options = chart.plot(Plot);
  const svg = Plot.plot({ width: chartWidth, ...options, document } as PlotModule.PlotOptions) as unknown as DrawnElement;

  let top = pad;
  const head: string[] = [];
  const line = (text: string, size: number, role: 'ink' | 'muted', more = ''): void => {
    head.push(`<text x="${pad}" y="${top + size}" font-size="${size}" fill="${color(role)}"${more}>${escapeHtml(text)}</text>`);
    top += Math.round(size * 1.4);
  };
  if (target === 'file') {
    for (const text of wrapText(chart.title, 15, inner, 2)) line(text, 15, 'ink', ' font-weight="600"');
    if (chart.note) for (const text of wrapText(chart.note, 11.5, inner, 4)) line(text, 11.5, 'muted');
    top += 6;
  }
  for (const row of chart.legend ?? []) {
    head.push(legendRow(row, top));
    top += 19;
  }
  if (chart.legend?.length) top += 2;

  const height = Math.ceil(top + Number(svg.getAttribute('height')));
  const size = `viewBox="0 0 ${chartWidth} ${height}" width="${chartWidth}" height="${height}"`;
  const text = `font-family="${family}" font-size="12" fill="${color('ink')}"`;
  const body = `${head.join('')}<g text-anchor="middle" transform="translate(0,${top})">${plainMarkup(svg)}</g>`;
  const label = `role="img" aria-label="${escapeHtml(chart.label)}"`;
  if (target === 'page') return `<svg ${size} ${text} ${label}>${body}</svg>`;
  const background = `<rect width="${chartWidth}" height="${height}" fill="${color('paper')}"/>`;
  return `${withColors(`<svg xmlns="http://www.w3.org/2000/svg" ${size} ${text} ${label}>${background}${body}</svg>`, themes.light)}\n`;
}

function legendRow({ mark, color: stroke, dash, name, value = '' }: LegendRow, top: number): string {
  const sample =
    mark === 'square'
      ? `<rect x="${pad}" y="${top + 3}" width="11" height="11" rx="2" fill="${stroke}"/>`
      : `<path d="M${pad},${top + 9}h22" stroke="${stroke}" stroke-width="2.5" fill="none"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`;
  const left = pad + (mark === 'square' ? 18 : 30);
  const room = chartWidth - pad - left - textWidth(value, 12) - 12;
  const right = value
    ? `<text x="${chartWidth - pad}" y="${top + 13}" text-anchor="end" font-variant="tabular-nums">${escapeHtml(value)}</text>`
    : '';
  return `${sample}<text x="${left}" y="${top + 13}">${escapeHtml(fitText(name, 12, room))}</text>${right}`;
}

/** The little that is needed of an element; the project's types know no DOM. */
interface DrawnElement {
  readonly tagName: string;
  readonly innerHTML: string;
  readonly attributes: Iterable<{ name: string; value: string }>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  remove(): void;
  querySelectorAll(selector: string): Iterable<DrawnElement>;
}

const rounded = new Set(['transform', 'd', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'width', 'height', 'fill-opacity']);

/** Plot's markup without its style sheet, with inner labels dropped and coordinates to a hundredth of a pixel. */
function plainMarkup(svg: DrawnElement): string {
  for (const element of Array.from(svg.querySelectorAll('*'))) {
    if (element.tagName.toLowerCase() === 'style') {
      element.remove();
      continue;
    }
    for (const { name, value } of Array.from(element.attributes)) {
      if (name.startsWith('aria-')) element.removeAttribute(name);
      else if (rounded.has(name)) element.setAttribute(name, value.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (n) => String(Number(Number(n).toFixed(2)))));
      else if (value === 'currentColor') element.setAttribute(name, color('ink'));
    }
  }
  return svg.innerHTML.replaceAll('&nbsp;', '&#160;');
}
