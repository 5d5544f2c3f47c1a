import type { Comparison } from '../competition/compare-runs.ts';
import { differenceText } from '../competition/difference-sentence.ts';
import { chartWidth, type Chart } from './draw-chart.ts';
import { fitText, textWidth } from './fit-text.ts';
import { formatScorer, formatScorerInText } from './format-score.ts';
import { color, seriesStyle } from './theme.ts';

const mostRows = 20;
const rowHeight = 44;

/**
 * How far each pipeline is behind the best, with its corrected 95 % interval: one that does not reach the zero line is clearly behind.
 * @returns undefined where there is nothing to compare
 */
export function differenceChart({ competition, pipelines }: Comparison): Chart | undefined {
  const rows = pipelines
    .map((pipeline, index) => ({ ...pipeline, ...seriesStyle(index) }))
    .flatMap(({ label, behind, color: stroke }) => (behind ? [{ label, stroke, ...behind, text: differenceText(behind, competition.metric) }] : []))
    .slice(0, mostRows)
    .map((row, place) => ({ ...row, place }));
  if (rows.length === 0) return undefined;
  const high = Math.max(0, ...rows.map((row) => row.high));
  const low = Math.min(0, ...rows.map((row) => row.low));
  const room = (high - low) * 0.04 || 0.001;
  type Row = (typeof rows)[number];
  const title = `Behind ${pipelines[0].label}`;
  return {
    title,
    note: 'The dot is the mean difference over the folds, the line its 95 % interval, corrected for the training rows that folds share. A line that crosses zero leaves the order open.',
    label: `${title}, by ${formatScorerInText(competition.metric)}. ${rows.map(({ label, text }) => `${label}: ${text}`).join('; ')}.`,
    plot: (Plot) => ({
      marginTop: 4,
      marginRight: 16,
      marginBottom: 42,
      marginLeft: 16,
      height: rows.length * rowHeight + 46,
      x: { domain: [low - room, high + room], label: `${formatScorer(competition.metric)} behind the best` },
      y: { type: 'linear', domain: [rows.length, 0], axis: null },
      marks: [
        Plot.gridX({ ticks: 5, stroke: color('grid'), strokeOpacity: 1 }),
        Plot.axisX({ ticks: 5, labelArrow: 'none', stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 36 }),
        Plot.ruleX([0], { stroke: color('rule'), strokeWidth: 1.5 }),
        Plot.ruleY(rows, { y: (d: Row) => d.place + 0.66, x1: 'low', x2: 'high', stroke: 'stroke', strokeWidth: 2.5 }),
        Plot.dot(rows, { x: 'mean', y: (d: Row) => d.place + 0.66, r: 4.5, fill: 'stroke' }),
        Plot.text(rows, { text: (d: Row) => fitText(d.label, 12, chartWidth - 60 - textWidth(d.text, 12)), y: (d: Row) => d.place + 0.28, frameAnchor: 'left', fill: color('ink'), stroke: color('paper'), strokeWidth: 3, fontWeight: 600 }),
        Plot.text(rows, { text: 'text', y: (d: Row) => d.place + 0.28, frameAnchor: 'right', fill: color('ink'), stroke: color('paper'), strokeWidth: 3, fontVariant: 'tabular-nums' }),
      ],
    }),
  };
}
