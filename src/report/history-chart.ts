import type { EpochRecord, History } from '../nn/training/history.ts';
import type { Chart } from './draw-chart.ts';
import { formatScore } from './format-score.ts';
import { color, seriesStyle } from './theme.ts';

interface Line {
  name: string;
  /** NaN where there is no value. */
  values: number[];
}

/** Losses that differ by more than this are drawn on a logarithmic scale. */
const WIDE = 30;

/** Losses by epoch, of training and validation; the best epoch is marked. Metrics stand in the note. */
export function historyChart({ epochs, bestEpoch, stoppedEarly }: History, title: string): Chart {
  const lines: Line[] = [
    { name: 'training', values: epochs.map(({ loss }) => loss) },
    { name: 'validation', values: epochs.map(({ validationLoss }) => validationLoss ?? Number.NaN) },
  ].filter(({ values }) => values.some(Number.isFinite));
  const all = lines.flatMap(({ values }) => values).filter(Number.isFinite);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const logarithmic = low > 0 && high > WIDE * low;
  const best = epochs[bestEpoch - 1];
  const marks = lines.map(({ values }, index) => ({ ...seriesStyle(index), points: values.map((loss, i) => ({ epoch: epochs[i].epoch, loss })).filter(({ loss }) => Number.isFinite(loss)) }));
  const last = epochs.length;
  const ticks = logarithmic ? powersOfTen(low, high) : 5;
  const room = high - low || Math.abs(high) * 0.01 || 1;
  return {
    title,
    note: `Mean loss by epoch. Best is epoch ${bestEpoch}${stoppedEarly ? '; training ended early, since nothing became better' : ''}.${metricsText(best)}${logarithmic ? ' The scale of the loss is logarithmic.' : ''}`,
    label: `${title}. ${lines.map(({ name, values }) => `${name} loss from ${formatScore(values[0])} to ${formatScore(values.at(-1))}`).join('; ')}; best epoch ${bestEpoch} of ${last}.`,
    legend: lines.map(({ name, values }, index) => ({ mark: 'line', ...seriesStyle(index), name, value: `${formatScore(values[bestEpoch - 1])} in epoch ${bestEpoch}` })),
    plot: (Plot) => ({
      marginTop: 10,
      marginRight: 16,
      marginBottom: 42,
      marginLeft: 58,
      height: 280,
      x: { domain: last > 1 ? [1, last] : [0.5, 1.5], label: 'epoch' },
      y: logarithmic ? { type: 'log', domain: [low, high], nice: true } : { domain: [low - 0.04 * room, high + 0.04 * room] },
      marks: [
        Plot.gridY({ ticks, stroke: color('grid'), strokeOpacity: 1 }),
        Plot.axisX({ ticks: Math.min(last, 8), tickFormat: (n: number) => (Number.isInteger(n) ? String(n) : ''), labelArrow: 'none', stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 36 }),
        Plot.axisY({ ticks, label: null, stroke: color('rule'), fill: color('muted'), tickSize: 4 }),
        Plot.ruleX([bestEpoch], { stroke: color('rule'), strokeDasharray: '3 3' }),
        ...marks.map(({ color: stroke, dash, points }) => Plot.line(points, { x: 'epoch', y: 'loss', stroke, strokeWidth: 2, ...(dash && { strokeDasharray: dash }) })),
        // A single epoch makes no line.
        ...marks.filter(({ points }) => points.length === 1).map(({ color: fill, points }) => Plot.dot(points, { x: 'epoch', y: 'loss', r: 4, fill })),
      ],
    }),
  };
}

function metricsText({ metrics }: EpochRecord): string {
  const texts = Object.entries(metrics).map(([name, value]) => `${name} ${formatScore(value)}`);
  return texts.length === 0 ? '' : ` It has ${texts.join(', ')}.`;
}

function powersOfTen(low: number, high: number): number[] {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  return Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
}
