import type { Chart } from './draw-chart.ts';
import { formatCount, formatScore, formatScorer } from './format-score.ts';
import type { ReportData } from './report-data.ts';
import { color } from './theme.ts';

/** The winner's score by the number of rows it learned from. @returns undefined where that was not worked out */
export function learningCurveChart({ record, diagnostics }: ReportData): Chart | undefined {
  const curve = diagnostics?.learningCurve;
  if (!curve || !curve.mean.every(Number.isFinite)) return undefined;
  const { metric, better } = record.competition;
  const points = curve.rows.map((rows, i) => ({ rows, mean: curve.mean[i], low: curve.mean[i] - curve.std[i], high: curve.mean[i] + curve.std[i] }));
  const [low, high] = [Math.min(...points.map((point) => point.low)), Math.max(...points.map((point) => point.high))];
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  const gain = points[points.length - 1].mean - points[points.length - 2].mean;
  const title = `Learning curve of ${record.winner}`;
  return {
    title,
    note: `Score on the test rows of ${curve.folds === 1 ? 'the last fold' : `${curve.folds} folds, mean ± one standard deviation`}. The last doubling of rows changed it by ${gain > 0 ? '+' : ''}${formatScore(gain)} (${better} is better).`,
    label: `${title}: ${points.map(({ rows, mean }) => `${formatScorer(metric)} ${formatScore(mean)} from ${formatCount(rows)} rows`).join('; ')}.`,
    plot: (Plot) => ({
      marginTop: 14,
      marginRight: 24,
      marginBottom: 42,
      marginLeft: 58,
      height: 280,
      x: { type: 'log', domain: [curve.rows[0] * 0.92, curve.rows[curve.rows.length - 1] * 1.08], label: 'Training rows' },
      y: { domain: [low - room, high + room], label: formatScorer(metric) },
      marks: [
        Plot.gridY({ ticks: 5, stroke: color('grid'), strokeOpacity: 1 }),
        // As texts: what a format makes of a logarithmic axis is left out where it is not near a power of ten.
        Plot.axisX(curve.rows, { text: (rows: number) => formatCount(rows), labelArrow: 'none', stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 36 }),
        Plot.axisY({ ticks: 5, label: null, stroke: color('rule'), fill: color('muted'), tickSize: 4 }),
        Plot.areaY(points, { x: 'rows', y1: 'low', y2: 'high', fill: color('s1'), fillOpacity: 0.15 }),
        Plot.line(points, { x: 'rows', y: 'mean', stroke: color('s1'), strokeWidth: 2.25 }),
        Plot.dot(points, { x: 'rows', y: 'mean', r: 4, fill: color('s1') }),
      ],
    }),
  };
}
