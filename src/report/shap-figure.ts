import { OptionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show } from '../core/show.ts';
import type { ShapValues } from '../explain/shap-values.ts';
import { drawChart, type Chart } from './draw-chart.ts';
import { fitText } from './fit-text.ts';
import { color } from './theme.ts';

export interface ShapFigureOptions {
  /** 'beeswarm': a dot per row and column; 'bar': the mean size per column. Default 'beeswarm'. */
  kind?: 'beeswarm' | 'bar';
  /** The class to show, of several. Default: the last. */
  output?: Label;
  /** Most columns; the rest is left out. Default 12. */
  maxColumns?: number;
  /** First line of the picture. Default 'What each column adds to the prediction'. */
  title?: string;
}

const mostRows = 600;
const rowHeight = 26;
const cells = 90;

/**
 * A summary of Shapley values as SVG text: columns from the most to the least important, and how far each pushed the
 * predictions of single rows (beeswarm) or of all on average (bar).
 *
 * @throws OptionError for a class that the values are not of
 *
 * @example
 * await writeFile('shap.svg', await shapFigure(shapValues(model, X)));
 */
export async function shapFigure(shap: ShapValues, { kind = 'beeswarm', output, maxColumns = 12, title = 'What each column adds to the prediction' }: ShapFigureOptions = {}): Promise<string> {
  const { outputs, names } = shap;
  const k = output === undefined || outputs === null ? shap.values.length - 1 : outputs.indexOf(output);
  if (k < 0) throw new OptionError(`shapFigure: output must be one of ${outputs!.map(show).join(', ')}, got ${show(output)}.`);
  const values = shap.values[k];
  const sizes = names.map((_, j) => values.col(j).reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, values.rows));
  const order = [...names.keys()].sort((a, b) => sizes[b] - sizes[a]).slice(0, maxColumns);
  const unit = outputs === null ? shap.unit : `${shap.unit} of ${String(outputs[k])}`;
  const label = `${title}: ${order.map((j) => `${names[j]} ${sizes[j].toPrecision(2)}`).join(', ')} (mean size, ${unit}).`;
  const shared: Pick<Chart, 'title' | 'label'> = { title, label };
  const frame = {
    marginTop: 8,
    marginRight: 16,
    marginBottom: 42,
    marginLeft: 120,
    height: order.length * rowHeight + 52,
    y: { domain: [order.length - 0.5, -0.5], axis: null },
  } as const;
  const columnNames = (Plot: any): any =>
    Plot.text(order, { frameAnchor: 'left', y: (_: number, i: number) => i, text: (j: number) => fitText(names[j], 11.5, 100), dx: -8, textAnchor: 'end', fill: color('ink'), fontSize: 11.5 });
  if (kind === 'bar') {
    return drawChart(
      {
        ...shared,
        note: `Mean size of the Shapley values of ${values.rows} rows; ${unit}.`,
        plot: (Plot) => ({
          ...frame,
          x: { domain: [0, Math.max(...sizes, 1e-12)], label: `mean |Shapley value|, ${unit}` },
          marks: [
            Plot.gridX({ ticks: 4, stroke: color('grid'), strokeOpacity: 1 }),
            Plot.axisX({ ticks: 4, stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 36 }),
            Plot.rect(order, { x1: 0, x2: (j: number) => sizes[j], y1: (_: number, i: number) => i - 0.36, y2: (_: number, i: number) => i + 0.36, fill: color('s1') }),
            columnNames(Plot),
          ],
        }),
      },
      'file',
    );
  }
  const dots = swarm(shap, values, order);
  const low = dots.reduce((least, { x }) => Math.min(least, x), 0);
  const high = dots.reduce((most, { x }) => Math.max(most, x), 0);
  const air = (high - low) * 0.03 || 1;
  return drawChart(
    {
      ...shared,
      note: `Each dot is a row: right of 0 the column raised its prediction, left of 0 it lowered it (${unit}). Colours tell the column's own value.`,
      legend: [
        { mark: 'square', color: color('s1'), name: 'lowest third of the column’s values' },
        { mark: 'square', color: color('s8'), name: 'middle third, or missing' },
        { mark: 'square', color: color('s2'), name: 'highest third' },
      ],
      plot: (Plot) => ({
        ...frame,
        x: { domain: [low - air, high + air], label: `Shapley value, ${unit}` },
        marks: [
          Plot.gridX({ ticks: 5, stroke: color('grid'), strokeOpacity: 1 }),
          Plot.axisX({ ticks: 5, stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 36 }),
          Plot.ruleX([0], { stroke: color('rule') }),
          Plot.dot(dots, { x: 'x', y: 'y', r: 1.7, fill: 'fill', fillOpacity: 0.75, symbol: 'circle' }),
          columnNames(Plot),
        ],
        color: { type: 'identity' },
      }),
    },
    'file',
  );
}

interface Dot {
  x: number;
  y: number;
  fill: string;
}

/** Dots that make room for each other: those of one cell of width are stacked around the column's line. */
function swarm({ rows }: ShapValues, values: ShapValues['values'][number], order: readonly number[]): Dot[] {
  const step = Math.max(1, Math.ceil(values.rows / mostRows));
  const shown = Array.from({ length: Math.ceil(values.rows / step) }, (_, i) => i * step);
  const all = order.flatMap((j) => shown.map((i) => values.at(i, j)));
  const low = Math.min(0, ...all);
  const width = (Math.max(0, ...all) - low) / cells || 1;
  return order.flatMap((j, place) => {
    const sorted = Float64Array.from(rows.col(j).filter((value) => !Number.isNaN(value))).sort();
    const third = sorted[Math.floor((sorted.length - 1) / 3)];
    const upper = sorted[Math.floor((2 * (sorted.length - 1)) / 3)];
    const counts = new Int32Array(cells + 1);
    const cellOf = (i: number): number => Math.floor((values.at(i, j) - low) / width);
    for (const i of shown) counts[cellOf(i)]++;
    const most = Math.max(...counts);
    const met = new Int32Array(cells + 1);
    return shown.map((i) => {
      const cell = cellOf(i);
      const turn = met[cell]++;
      const side = (turn % 2 === 0 ? 1 : -1) * Math.ceil(turn / 2);
      const value = rows.at(i, j);
      // With two values, the higher one is the highest third.
      const fill = value <= third && third < upper ? 's1' : value >= upper && value > sorted[0] ? 's2' : value <= third ? 's1' : 's8';
      return { x: values.at(i, j), y: place + (0.8 * side) / Math.max(most, 16), fill: color(fill) };
    });
  });
}
