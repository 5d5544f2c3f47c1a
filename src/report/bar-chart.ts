import { chartWidth, type Chart } from './draw-chart.ts';
import { fitText, textWidth } from './fit-text.ts';
import { color } from './theme.ts';

/** One bar: a name, its length, a spread drawn as a line, and what stands at the right edge. */
export interface Bar {
  name: string;
  value: number;
  spread?: number;
  text: string;
}

export interface BarChartOptions {
  title: string;
  note: string;
  /** Names the axis. */
  axis: string;
}

const rowHeight = 30;
const margin = 16;

/** Horizontal bars from zero, each under its name. */
export function barChart(bars: readonly Bar[], { title, note, axis }: BarChartOptions): Chart {
  const ends = bars.flatMap(({ value, spread = 0 }) => [value - spread, value + spread, 0]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = (high - low || 1) * 0.03;
  const rows = bars.map((bar, index) => ({ ...bar, index }));
  return {
    title,
    note,
    label: `${title}. ${bars.map(({ name, text }) => `${name}: ${text}`).join('; ')}.`,
    plot: (Plot) => ({
      marginTop: 4,
      marginRight: margin,
      marginBottom: 42,
      marginLeft: margin,
      height: rows.length * rowHeight + 46,
      x: { domain: [low < 0 ? low - room : 0, high + room], label: axis },
      y: { type: 'linear', domain: [rows.length, 0], axis: null },
      marks: [
        Plot.gridX({ ticks: 5, stroke: color('grid'), strokeOpacity: 1 }),
        Plot.axisX({ ticks: 5, labelArrow: 'none', stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 36 }),
        Plot.rect(rows, { x1: 0, x2: 'value', y1: (d: Row) => d.index + 0.56, y2: (d: Row) => d.index + 0.86, fill: color('s1'), fillOpacity: 0.85 }),
        Plot.ruleY(rows.filter(({ spread }) => spread), { y: (d: Row) => d.index + 0.71, x1: (d: Row) => d.value - d.spread!, x2: (d: Row) => d.value + d.spread!, stroke: color('ink'), strokeWidth: 1 }),
        Plot.ruleX([0], { stroke: color('rule') }),
        Plot.text(rows, { text: (d: Row) => fitText(d.name, 12, chartWidth - 60 - textWidth(d.text, 12)), y: (d: Row) => d.index + 0.3, frameAnchor: 'left', fill: color('ink') }),
        Plot.text(rows, { text: 'text', y: (d: Row) => d.index + 0.3, frameAnchor: 'right', fill: color('ink'), fontVariant: 'tabular-nums' }),
      ],
    }),
  };
}

type Row = Bar & { index: number };
