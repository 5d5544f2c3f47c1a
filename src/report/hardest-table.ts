import type { Diagnostics } from '../competition/diagnostics.ts';
import { className } from './class-scores.ts';
import { formatScore } from './format-score.ts';
import { html, type Markup } from './html.ts';
import type { ReportData } from './report-data.ts';
import { scrollTable, type Column } from './scroll-table.ts';

const HEADS: Readonly<Record<Diagnostics['hardestBy'], string>> = { probability: 'Probability of the truth', score: 'Score of the truth', error: 'Predicted − true' };

/** The rows that the winner got most wrong, with what they hold. @returns undefined where there are none */
export function hardestTable({ record, diagnostics }: ReportData): Markup | undefined {
  if (!diagnostics || diagnostics.hardest.length === 0) return undefined;
  const { hardest, hardestBy } = diagnostics;
  const names = Object.keys(hardest[0].content);
  const isText = names.length === 1;
  const label = (value: unknown): string => (typeof value === 'number' && hardestBy === 'error' ? formatScore(value) : className(value));
  const columns: Column[] = [
    { name: record.competition.id, kind: 'text' },
    { name: 'True', kind: 'text' },
    { name: 'Predicted', kind: 'text' },
    { name: HEADS[hardestBy] },
    ...names.map((name): Column => ({ name, kind: isText ? 'wrapped text' : 'text' })),
  ];
  return scrollTable(
    'hardest',
    `The ${hardest.length} training rows that ${record.winner} got most wrong, out of fold. Some may be labelled wrongly.`,
    columns,
    hardest.map(
      ({ id, truth, predicted, value, content }) =>
        html`<tr><th scope="row">${String(id)}</th><td class="text">${label(truth)}</td><td class="text">${label(predicted)}</td><td>${formatScore(value)}</td>${names.map((name) => (isText ? html`<td class="text wrap">${content[name]}</td>` : html`<td class="text">${content[name]}</td>`))}</tr>`,
    ),
  );
}
