import { isBlend } from '../competition/is-blend.ts';
import type { ScoreSummary } from '../competition/run-record.ts';
import { formatScore, formatScorer, formatScorerInText, formatSeconds, meanStd } from './format-score.ts';
import { html, raw, type Markup } from './html.ts';
import type { ReportData } from './report-data.ts';
import { scrollTable } from './scroll-table.ts';
import { seriesStyle } from './theme.ts';

/** Pipelines × scorers: mean ± standard deviation over folds, the ranking metric first, its folds as dots. */
export function leaderboardTable({ record, times }: ReportData): Markup {
  const { metric, better } = record.competition;
  const scorers = [...new Set([metric, ...record.pipelines.flatMap(({ scores }) => Object.keys(scores))])];
  const scale = foldScale(record.pipelines.map(({ scores }) => scores[metric]));
  const rows = record.pipelines.map((pipeline, i) => {
    const { name, scores } = pipeline;
    const isWinner = name === record.winner;
    const cells = scorers.map((scorer) => scoreCell(scores[scorer], scorer === metric));
    const fit = formatSeconds(meanStd(times.pipelines[name]?.fit ?? []).mean);
    const tag = isWinner ? html`<span class="tag">${isBlend(pipeline) ? 'submitted' : 'refitted on all rows'}</span>` : null;
    return html`<tr${raw(isWinner ? ' class="best"' : '')}><td>${i + 1}</td><th scope="row">${swatch(i)}${name}${tag}</th>${cells}<td class="text">${foldDots(scores[metric], scale, i)}</td><td>${fit}</td></tr>`;
  });
  return scrollTable(
    'leaderboard',
    `Mean ± standard deviation over ${record.cv.nSplits} folds, ranked by ${formatScorerInText(metric)} (${better} is better).`,
    [{ name: '#' }, { name: 'Pipeline', kind: 'text' }, ...scorers.map((scorer) => ({ name: formatScorer(scorer) })), { name: 'Folds', kind: 'text' }, { name: 'Fit per fold' }],
    rows,
  );
}

/** The ranking metric's score in every fold. */
export function foldTable({ record }: ReportData): Markup {
  const { metric } = record.competition;
  const folds = Array.from({ length: record.cv.nSplits }, (_, f) => f);
  return scrollTable(
    'folds',
    `${formatScorer(metric)} in each fold; all pipelines saw the same folds.`,
    [{ name: 'Pipeline', kind: 'text' }, ...folds.map((f) => ({ name: `Fold ${f + 1}` }))],
    record.pipelines.map(({ name, scores }) => html`<tr><th scope="row">${name}</th>${folds.map((f) => html`<td>${formatScore(scores[metric]?.folds[f])}</td>`)}</tr>`),
  );
}

/** The square in the colour that a pipeline has in every chart. */
function swatch(index: number): Markup {
  return raw(`<span class="swatch" style="background:${seriesStyle(index).color}"></span>`);
}

function scoreCell(score: ScoreSummary | undefined, ranks: boolean): Markup {
  const spread = score && Number.isFinite(score.mean) ? html` <span class="spread">± ${formatScore(score.std)}</span>` : null;
  return html`<td${raw(ranks ? ' class="rank-metric"' : '')}>${formatScore(score?.mean)}${spread}</td>`;
}

/** Where a score lies between the smallest and the largest fold of all pipelines, 0 to 1. */
function foldScale(summaries: readonly (ScoreSummary | undefined)[]): (score: number) => number {
  const folds = summaries.flatMap((summary) => summary?.folds ?? []).filter((score) => Number.isFinite(score));
  const low = folds.reduce((a, b) => Math.min(a, b), Infinity);
  const high = folds.reduce((a, b) => Math.max(a, b), -Infinity);
  return (score) => (high > low ? (score - low) / (high - low) : 0.5);
}

function foldDots(summary: ScoreSummary | undefined, scale: (score: number) => number, index: number): Markup {
  const folds = summary?.folds ?? [];
  const dots = folds.filter((score) => Number.isFinite(score)).map((score) => raw(`<circle cx="${(5 + 90 * scale(score)).toFixed(1)}" cy="8" r="3.5"/>`));
  const label = `Folds: ${folds.map(formatScore).join(', ')}`;
  return html`<svg width="100" height="16" viewBox="0 0 100 16" role="img" aria-label="${label}"><path d="M0,8h100" stroke="var(--grid)"/><g fill="${seriesStyle(index).color}" fill-opacity="0.6">${dots}</g></svg>`;
}
