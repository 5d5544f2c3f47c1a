import { precisionRecallFscoreSupport } from '../metrics/precision-recall-fscore-support.ts';
import { className } from './class-scores.ts';
import { formatCount, formatScore } from './format-score.ts';
import { html, type Markup } from './html.ts';
import { labelledRows } from './labelled-rows.ts';
import type { ReportData } from './report-data.ts';
import { scrollTable } from './scroll-table.ts';

/** Precision, recall, F1 and support of each class for the winner, out of fold, with both averages. */
export function classTable(data: ReportData): Markup {
  const { classes, winner } = data.record;
  const { yTrue, yPred } = labelledRows(data, winner);
  const labels = [...classes];
  const each = precisionRecallFscoreSupport(yTrue, yPred, { labels });
  const row = (name: string, values: { precision: number; recall: number; fscore: number }, support: number): Markup => {
    const scores = [values.precision, values.recall, values.fscore].map((score) => html`<td>${formatScore(score)}</td>`);
    return html`<tr><th scope="row">${name}</th>${scores}<td>${formatCount(support)}</td></tr>`;
  };
  const average = (kind: 'macro' | 'weighted') => precisionRecallFscoreSupport(yTrue, yPred, { labels, average: kind });
  return scrollTable(
    'classes',
    `${winner}, out-of-fold predictions.`,
    [{ name: 'Class', kind: 'text' }, { name: 'Precision' }, { name: 'Recall' }, { name: 'F1' }, { name: 'Rows' }],
    labels.map((label, k) => row(className(label), { precision: each.precision[k], recall: each.recall[k], fscore: each.fscore[k] }, each.support[k])),
    [row('Mean of classes', average('macro'), yTrue.length), row('Mean weighted by rows', average('weighted'), yTrue.length)],
  );
}
