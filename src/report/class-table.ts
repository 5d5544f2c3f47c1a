import { precisionRecallFscoreSupport } from '../metrics/precision-recall-fscore-support.ts';
import { className } from './class-scores.ts';
import { formatCount, formatScore } from './format-score.ts';
import { html, type Markup } from './html.ts';
import { labelledRows } from './labelled-rows.ts';
import type { ReportData } from './report-data.ts';

/** Precision, recall, F1 and support of each class for the winner, out of fold, with both averages. */
export function classTable(data: ReportData): Markup {
  const { classes, winner } = data.record;
  const { yTrue, yPred } = labelledRows(data, winner);
  const labels = [...classes];
  const each = precisionRecallFscoreSupport(yTrue, yPred, { labels });
  const row = (name: string, values: { precision: number; recall: number; fscore: number }, support: number): Markup =>
    html`<tr><th scope="row">${name}</th><td>${formatScore(values.precision)}</td><td>${formatScore(values.recall)}</td><td>${formatScore(values.fscore)}</td><td>${formatCount(support)}</td></tr>
`;
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="classes-caption"><table>
<caption id="classes-caption">${winner}, out-of-fold predictions.</caption>
<thead><tr><th scope="col" class="text">Class</th><th scope="col">Precision</th><th scope="col">Recall</th><th scope="col">F1</th><th scope="col">Rows</th></tr></thead>
<tbody>
${labels.map((label, k) => row(className(label), { precision: each.precision[k], recall: each.recall[k], fscore: each.fscore[k] }, each.support[k]))}</tbody>
<tfoot>
${(['macro', 'weighted'] as const).map((average) => row(average === 'macro' ? 'Mean of classes' : 'Mean weighted by rows', precisionRecallFscoreSupport(yTrue, yPred, { labels, average }), yTrue.length))}</tfoot></table></div>`;
}
