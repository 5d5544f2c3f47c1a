import { formatScore, formatShare } from './format-score.ts';
import { html, type Markup } from './html.ts';
import type { ReportData } from './report-data.ts';
import { scrollTable } from './scroll-table.ts';
import { thresholdScores } from './threshold-scores.ts';

/** A row for every tenth, to choose a threshold by. @returns undefined without two classes or probabilities */
export function thresholdTable(data: ReportData): Markup | undefined {
  const scores = thresholdScores(data)?.filter((_, i) => i % 10 === 9);
  if (scores === undefined) return undefined;
  return scrollTable(
    'thresholds',
    `${data.record.winner}, out of fold, by the probability from which a row is called positive.`,
    [{ name: 'From' }, { name: 'Accuracy' }, { name: 'Precision' }, { name: 'Recall' }, { name: 'F1' }, { name: 'Positive' }],
    scores.map(
      ({ threshold, accuracy, precision, recall, f1, positive }) =>
        html`<tr><th scope="row" class="number">${threshold.toFixed(1)}</th>${[accuracy, precision, recall, f1].map((score) => html`<td>${formatScore(score)}</td>`)}<td>${formatShare(positive)}</td></tr>`,
    ),
  );
}
