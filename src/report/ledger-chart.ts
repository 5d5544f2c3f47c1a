import type { LedgerEntry } from '../competition/ledger.ts';
import { scoredEntries } from '../competition/ledger-warnings.ts';
import type { Chart } from './draw-chart.ts';
import { formatScore, formatScorer, formatScorerInText } from './format-score.ts';
import { color } from './theme.ts';

/**
 * Each upload's cross-validated score against its public one; on the line both are equal. Numbers count the uploads.
 * @returns undefined where no upload has both scores
 */
export function ledgerChart(entries: readonly LedgerEntry[], competition: { name: string; metric: string }): Chart | undefined {
  const numbered = entries.map((entry, i) => ({ ...entry, number: String(i + 1) }));
  const points = scoredEntries(numbered).map((entry) => ({ ...entry, low: entry.cv - (entry.cvStd ?? 0), high: entry.cv + (entry.cvStd ?? 0), number: (entry as unknown as { number: string }).number }));
  if (points.length === 0) return undefined;
  const all = points.flatMap(({ low, high, publicScore }) => [low, high, publicScore]);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = (most - least) * 0.08 || Math.abs(most) * 0.01 || 0.01;
  const domain = [least - room, most + room];
  const name = formatScorer(competition.metric);
  type Point = (typeof points)[number];
  return {
    title: `Cross-validation and leaderboard, ${competition.name}`,
    note: 'A dot is an upload, numbered as in the ledger, the line through it one standard deviation of its folds. On the diagonal both scores are equal.',
    label: `${formatScorerInText(competition.metric)} by cross-validation and on the leaderboard. ${points.map(({ number, cv, publicScore }) => `Upload ${number}: ${formatScore(cv)}, ${formatScore(publicScore)}`).join('; ')}.`,
    plot: (Plot) => ({
      height: 400,
      marginTop: 10,
      marginRight: 20,
      marginBottom: 46,
      marginLeft: 58,
      x: { domain, label: `${name}, cross-validated` },
      y: { domain, label: `${name}, public` },
      marks: [
        Plot.gridX({ ticks: 5, stroke: color('grid'), strokeOpacity: 1 }),
        Plot.gridY({ ticks: 5, stroke: color('grid'), strokeOpacity: 1 }),
        Plot.axisX({ ticks: 5, stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 38 }),
        Plot.axisY({ ticks: 5, stroke: color('rule'), fill: color('muted'), tickSize: 4 }),
        Plot.line([domain[0], domain[1]].map((v) => [v, v]), { stroke: color('rule'), strokeDasharray: '4 4' }),
        Plot.ruleY(points, { y: 'publicScore', x1: 'low', x2: 'high', stroke: color('s1'), strokeWidth: 1.5 }),
        Plot.dot(points, { x: 'cv', y: 'publicScore', r: 5, fill: color('s1') }),
        Plot.text(points, { x: 'cv', y: 'publicScore', text: (d: Point) => d.number, dy: -12, fill: color('ink'), stroke: color('paper'), strokeWidth: 3 }),
      ],
    }),
  };
}
