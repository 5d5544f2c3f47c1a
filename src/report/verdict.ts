import type { PipelineRecord, ScoreSummary } from '../competition/run-record.ts';
import { formatMeanStd, formatScore, formatScorerInText, meanStd } from './format-score.ts';
import { html, type Markup } from './html.ts';
import { winnerOf, type ReportData } from './report-data.ts';

/**
 * The outcome in a sentence or two: the winner, its score, how far ahead of the second it is, and whether
 * that is more than the folds scatter. Both saw the same folds, so their difference is taken fold by fold.
 */
export function verdict(data: ReportData): Markup {
  const { metric } = data.record.competition;
  const winner = winnerOf(data);
  const [first, next] = data.record.pipelines;
  // A blend is what is submitted even where one of its members has the better score.
  const second = winner === first ? next : first;
  const score = winner.scores[metric];
  const folds = `${score.folds.length} ${score.folds.length === 1 ? 'fold' : 'folds'}`;
  if (!Number.isFinite(score.mean)) {
    const { count, ...defined } = meanStd(score.folds);
    const rest = count > 0 ? html`; the other ${count} give ${scoreText(defined)}` : null;
    return html`<strong>${winner.name}</strong> has no mean ${formatScorerInText(metric)}: it is not defined in ${score.folds.length - count} of ${folds}${rest}.`;
  }
  const own = html`<strong>${winner.name}</strong> ${second && winner === first ? 'wins:' : 'scores'} ${formatScorerInText(metric)} <strong>${scoreText(score)}</strong> over ${folds}`;
  return second ? comparison(data, own, winner, second) : html`${own}.`;
}

function comparison({ record }: ReportData, own: Markup, winner: PipelineRecord, second: PipelineRecord): Markup {
  const { metric, better } = record.competition;
  const theirs = second.scores[metric];
  const sign = better === 'higher' ? 1 : -1;
  const leads = winner.scores[metric].folds.map((value, i) => sign * (value - theirs.folds[i]));
  if (!leads.every((lead) => Number.isFinite(lead))) return html`${own}. It cannot be compared with ${second.name}, whose ${formatScorerInText(metric)} is not defined in every fold.`;
  const { mean, std } = meanStd(leads);
  if (Math.abs(mean) < 1e-12) return html`${own}, level with ${second.name}.`;
  const doubt = Math.abs(mean) < std ? ' The lead is smaller than its own scatter over the folds: on other rows the order may turn.' : '';
  if (mean < 0) {
    const lost = leads.filter((lead) => lead < 0).length;
    return html`${own}. <strong>${second.name}</strong> (${scoreText(theirs)}) is ahead of it by <strong>${formatScore(-mean)}</strong>, and better in ${lost} of ${leads.length} folds.${doubt}`;
  }
  const wins = leads.filter((lead) => lead > 0).length;
  return html`${own}. That is <strong>${formatScore(mean)}</strong> ahead of ${second.name} (${scoreText(theirs)}), and better in ${wins} of ${leads.length} folds.${doubt}`;
}

const scoreText = (score: Pick<ScoreSummary, 'mean' | 'std'>): Markup => html`<span class="score">${formatMeanStd(score)}</span>`;
