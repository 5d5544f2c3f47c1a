import type { Label } from '../core/labels.ts';
import { OptionError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { PartialDependence } from '../explain/partial-dependence.ts';
import { drawChart } from './draw-chart.ts';
import { color } from './theme.ts';

export interface DependenceFigureOptions {
  /** The class to show, of several. Default: the last. */
  output?: Label;
  /** Most rows whose own lines are drawn. Default 60; 0 for the mean alone. */
  maxRows?: number;
  /** First line of the picture. Default 'How the prediction changes with <column>'. */
  title?: string;
}

/**
 * Partial dependence as SVG text: the mean prediction over the column's values, and thin lines of single rows (ICE).
 * @throws OptionError for a class that the values are not of
 *
 * @example
 * await writeFile('age.svg', await dependenceFigure(await partialDependence(model, X, 'age')));
 */
export async function dependenceFigure(dependence: PartialDependence, { output, maxRows = 60, title }: DependenceFigureOptions = {}): Promise<string> {
  const { name, grid, outputs, average, individual } = dependence;
  const k = output === undefined || outputs === null ? average.rows - 1 : outputs.indexOf(output);
  if (k < 0) throw new OptionError(`dependenceFigure: output must be one of ${outputs!.map(show).join(', ')}, got ${show(output)}.`);
  const isNumber = typeof grid[0] === 'number';
  const x = (g: number): number => (isNumber ? (grid[g] as number) : g);
  const rows = individual[k];
  const step = maxRows > 0 ? Math.max(1, Math.ceil(rows.rows / maxRows)) : rows.rows + 1;
  const thin = maxRows === 0 ? [] : Array.from({ length: Math.ceil(rows.rows / step) }, (_, i) => i * step).flatMap((i) => grid.map((_, g) => ({ row: i, x: x(g), y: rows.at(i, g) })));
  const mean = grid.map((_, g) => ({ x: x(g), y: average.at(k, g) }));
  const what = outputs === null ? 'prediction' : `probability of ${String(outputs[k])}`;
  const [least, most] = [...thin, ...mean].reduce(([a, b], { y }) => [Math.min(a, y), Math.max(b, y)], [Infinity, -Infinity]);
  const air = (most - least) * 0.04 || 1;
  return drawChart(
    {
      title: title ?? `How the ${what} changes with ${name}`,
      note: 'Every row with this column set to each value, all others as they are.',
      label: `Mean ${what} from ${average.at(k, 0).toPrecision(3)} at ${String(grid[0])} to ${average.at(k, grid.length - 1).toPrecision(3)} at ${String(grid[grid.length - 1])}.`,
      legend: [
        { mark: 'line', color: color('s1'), name: `mean of ${rows.rows} rows` },
        ...(maxRows > 0 ? [{ mark: 'line' as const, color: color('s8'), name: 'single rows' }] : []),
      ],
      plot: (Plot) => ({
        marginTop: 10,
        marginRight: 16,
        marginBottom: 44,
        marginLeft: 56,
        height: 280,
        x: isNumber ? { label: name } : { label: name, domain: [-0.4, grid.length - 0.6] },
        y: { domain: [least - air, most + air], label: null },
        marks: [
          Plot.gridY({ ticks: 5, stroke: color('grid'), strokeOpacity: 1 }),
          Plot.axisX({ ...(isNumber ? { ticks: 6 } : { ticks: grid.map((_, g) => g), tickFormat: (g: number) => String(grid[g]).slice(0, 12) }), stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 38 }),
          Plot.axisY({ ticks: 5, tickSize: 0, fill: color('muted') }),
          Plot.line(thin, { x: 'x', y: 'y', z: 'row', stroke: color('s8'), strokeOpacity: 0.25, strokeWidth: 1 }),
          Plot.line(mean, { x: 'x', y: 'y', stroke: color('s1'), strokeWidth: 2.5, ...(isNumber ? {} : { marker: 'circle' }) }),
        ],
      }),
    },
    'file',
  );
}
