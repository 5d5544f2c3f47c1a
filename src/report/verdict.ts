import { formatMeanStd, formatScore, formatScorer, meanStd } from './format-score.ts';
import { html, type Markup } from './html.ts';
import { winnerOf, type ReportData } from './report-data.ts';

/**
 * The outcome in a sentence or two: the winner, its score, how far ahead of the second it is, and whether
 * that is more than the folds scatter. Both saw the same folds, so their difference is taken fold by fold.
 */
export function verdict(data: ReportData): Markup {
  const { metric, better } = data.record.competition;
  const winner = winnerOf(data);
  const score = winner.scores[metric];
  const name = metric === 'r2' || /^roc|^f\d|Auc/.test(metric) ? formatScorer(metric) : formatScorer(metric).toLowerCase();
  const second = data.record.pipelines.find((pipeline) => pipeline !== winner);
  const folds = score.folds.length;
  const own = html`<strong>${winner.name}</strong> ${second ? 'wins' : 'scores'}${second ? ': ' : ' '}${name} <strong>${formatMeanStd(score)}</strong> over ${folds} ${folds === 1 ? 'fold' : 'folds'}`;
  if (!second) return html`${own}.`;

  const sign = better === 'higher' ? 1 : -1;
  const leads = score.folds.map((value, i) => sign * (value - second.scores[metric].folds[i])).filter((lead) => Number.isFinite(lead));
  if (leads.length === 0 || !Number.isFinite(score.mean)) return html`${own}. No comparison with ${second.name} is possible: the score is not defined in every fold.`;
  const { mean, std } = meanStd(leads);
  const ahead = leads.filter((lead) => lead > 0).length;
  if (Math.abs(mean) < 1e-12) return html`${own}, level with ${second.name}.`;
  const doubt = mean < std ? ' The lead is smaller than its own scatter over the folds: on other rows the order may turn.' : '';
  return html`${own}. That is <strong>${formatScore(mean)}</strong> ahead of ${second.name} (${formatMeanStd(second.scores[metric])}), and better in ${ahead} of ${leads.length} folds.${doubt}`;
}
