import type { PipelineRecord } from '../competition/run-record.ts';
import type { Chart } from './draw-chart.ts';
import { chartWidth } from './draw-chart.ts';
import { fitText, textWidth } from './fit-text.ts';
import { formatMeanStd, formatScorer } from './format-score.ts';
import type { ReportData } from './report-data.ts';
import { color, seriesStyle } from './theme.ts';

const mostRows = 20;
const rowHeight = 50;

/**
 * The competition's metric, one row per pipeline: a dot per fold, a bar for the mean, a line one standard
 * deviation to each side.
 * @returns undefined where no fold of any pipeline has a defined score
 */
export function scoreChart({ record }: { record: Pick<ReportData['record'], 'competition' | 'pipelines'> }): Chart | undefined {
  const { metric, better } = record.competition;
  const rows = record.pipelines
    .slice(0, mostRows)
    .map((pipeline, index) => ({ ...rowOf(pipeline, metric), ...seriesStyle(index), index }));
  const extent = rows.flatMap(({ folds, mean, std }) => [...folds, mean - std, mean + std]).filter((x) => Number.isFinite(x));
  if (extent.length === 0) return undefined;
  const low = extent.reduce((a, b) => Math.min(a, b));
  const high = extent.reduce((a, b) => Math.max(a, b));
  const room = (high - low) * 0.04 || Math.max(Math.abs(low) * 0.01, 0.001);
  // No score of at most 1 ends on an axis that goes beyond: most cannot be larger.
  const right = high <= 1 ? Math.min(1, high + room) : high + room;
  const drawn = rows.filter(({ mean }) => Number.isFinite(mean));
  const dots = rows.flatMap((row) => row.folds.filter((score) => Number.isFinite(score)).map((score) => ({ ...row, score })));
  const title = `${formatScorer(metric)} by fold`;
  return {
    title: `${title}, ${record.competition.name}`,
    note: `Dots are folds, the bar is their mean, the line one standard deviation to each side. ${better === 'higher' ? 'Further right' : 'Further left'} is better.`,
    label: `${title}. ${rows.map((row) => `${row.name}: ${row.text}`).join('; ')}.`,
    plot: (Plot) => ({
      marginTop: 4,
      marginRight: 16,
      marginBottom: 42,
      marginLeft: 16,
      height: rows.length * rowHeight + 46,
      x: { domain: [low - room, right], label: `${formatScorer(metric)}${better === 'higher' ? '' : ' (lower is better)'}` },
      y: { type: 'linear', domain: [rows.length, 0], axis: null },
      marks: [
        Plot.gridX({ ticks: 5, stroke: color('grid'), strokeOpacity: 1 }),
        Plot.axisX({ ticks: 5, labelArrow: better === 'higher' ? 'auto' : 'none', stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 36 }),
        Plot.ruleY(drawn, { y: (d: Row) => d.index + 0.62, x1: (d: Row) => d.mean - d.std, x2: (d: Row) => d.mean + d.std, stroke: 'color', strokeWidth: 1.5 }),
        Plot.dot(dots, { x: 'score', y: (d: Row) => d.index + 0.62, r: 4, fill: 'color', fillOpacity: 0.5 }),
        Plot.ruleX(drawn, { x: 'mean', y1: (d: Row) => d.index + 0.44, y2: (d: Row) => d.index + 0.8, stroke: 'color', strokeWidth: 2.5 }),
        Plot.text(rows, { text: (d: Row) => fitText(d.name, 12, chartWidth - 60 - textWidth(d.text, 12)), y: (d: Row) => d.index + 0.22, frameAnchor: 'left', fill: color('ink'), fontWeight: 600 }),
        Plot.text(rows, { text: 'text', y: (d: Row) => d.index + 0.22, frameAnchor: 'right', fill: color('ink'), fontVariant: 'tabular-nums' }),
      ],
    }),
  };
}

interface Row {
  name: string;
  mean: number;
  std: number;
  folds: number[];
  text: string;
  index: number;
}

function rowOf({ name, scores }: PipelineRecord, metric: string): Omit<Row, 'index'> {
  const { mean, std, folds } = scores[metric] ?? { mean: Number.NaN, std: Number.NaN, folds: [] };
  return { name, mean: mean ?? Number.NaN, std, folds, text: formatMeanStd({ mean, std }) };
}
