import type { ScoreSummary } from '../competition/run-record.ts';
import { formatScore, formatScorer, formatSeconds, meanStd } from './format-score.ts';
import { html, raw, type Markup } from './html.ts';
import type { ReportData } from './report-data.ts';
import { seriesStyle } from './theme.ts';

/** Pipelines × scorers: mean ± standard deviation over folds, the ranking metric first, its folds as dots. */
export function leaderboardTable({ record, times }: ReportData): Markup {
  const { metric, better } = record.competition;
  const scorers = scorersOf(record.pipelines.map(({ scores }) => scores), metric);
  const scale = foldScale(record.pipelines.map(({ scores }) => scores[metric]));
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="leaderboard-caption"><table>
<caption id="leaderboard-caption">Mean ± standard deviation over ${record.cv.nSplits} folds, ranked by ${formatScorer(metric)} (${better} is better).</caption>
<thead><tr><th scope="col">#</th><th scope="col" class="text">Pipeline</th>${scorers.map((name) => html`<th scope="col">${formatScorer(name)}</th>`)}<th scope="col" class="text">Folds</th><th scope="col">Fit per fold</th></tr></thead>
<tbody>
${record.pipelines.map(({ name, scores }, i) => {
    const isWinner = name === record.winner;
    const fit = times.pipelines[name]?.fit ?? [];
    return html`<tr${raw(isWinner ? ' class="best"' : '')}><td>${i + 1}</td><th scope="row">${swatch(i)}${name}${isWinner ? html`<span class="tag">refitted on all rows</span>` : null}</th>${scorers.map((scorer) => scoreCell(scores[scorer], scorer === metric))}<td class="text">${foldDots(scores[metric], scale, i)}</td><td>${formatSeconds(meanStd(fit).mean)}</td></tr>
`;
  })}</tbody></table></div>`;
}

/** The ranking metric's score in every fold. */
export function foldTable({ record }: ReportData): Markup {
  const { metric } = record.competition;
  const folds = Array.from({ length: record.cv.nSplits }, (_, f) => f);
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="folds-caption"><table>
<caption id="folds-caption">${formatScorer(metric)} in each fold; all pipelines saw the same folds.</caption>
<thead><tr><th scope="col" class="text">Pipeline</th>${folds.map((f) => html`<th scope="col">Fold ${f + 1}</th>`)}</tr></thead>
<tbody>
${record.pipelines.map(({ name, scores }) => html`<tr><th scope="row">${name}</th>${folds.map((f) => html`<td>${formatScore(scores[metric]?.folds[f])}</td>`)}</tr>
`)}</tbody></table></div>`;
}

/** The square in the colour that a pipeline has in every chart. */
function swatch(index: number): Markup {
  return raw(`<span class="swatch" style="background:${seriesStyle(index).color}"></span>`);
}

function scoreCell(score: ScoreSummary | undefined, ranks: boolean): Markup {
  const spread = score && Number.isFinite(score.mean) ? html` <span class="spread">± ${formatScore(score.std)}</span>` : null;
  return html`<td${raw(ranks ? ' class="rank-metric"' : '')}>${formatScore(score?.mean)}${spread}</td>`;
}

function scorersOf(all: readonly Readonly<Record<string, ScoreSummary>>[], metric: string): string[] {
  return [...new Set([metric, ...all.flatMap((scores) => Object.keys(scores))])];
}

/** Where a score lies between the worst and the best fold of all pipelines, 0 to 1. */
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
