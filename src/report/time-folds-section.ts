import type { TimeSpan } from '../competition/time-folds.ts';
import { timeFoldsSentence } from '../competition/time-folds-sentence.ts';
import { formatCount } from './format-score.ts';
import { figure } from './html-page.ts';
import { html, type Markup } from './html.ts';
import type { ReportData } from './report-data.ts';
import { scrollTable } from './scroll-table.ts';
import type { Section } from './section.ts';
import { timeFoldsChart } from './time-folds-chart.ts';

/** What folds in the order of time learned from and were tested on; empty where they are in no such order. */
export async function timeFoldsSection(data: ReportData): Promise<Section[]> {
  const { competition, cv } = data.record;
  if (cv.inTime === undefined) return [];
  const { column, folds } = cv.inTime;
  const shown = (time: TimeSpan['from']): string => (column === null ? formatCount(time as number) : String(time));
  const cells = ({ rows, from, to }: TimeSpan): Markup[] => [formatCount(rows), shown(from), shown(to)].map((text) => html`<td>${text}</td>`);
  const table = scrollTable(
    'time-folds',
    column === null ? 'Rows are numbered as in the file, from 1.' : `From and to: ${column} of the earliest and of the latest row.`,
    [{ name: 'Fold', kind: 'text' }, { name: 'Learned from rows' }, { name: 'from' }, { name: 'to' }, { name: 'Tested on rows' }, { name: 'from' }, { name: 'to' }],
    folds.map(({ train, test }, fold) => html`<tr><th scope="row">Fold ${fold + 1}</th>${cells(train)}${cells(test)}</tr>`),
  );
  const body = html`<p>${timeFoldsSentence(cv.inTime, competition.trainRows, formatCount)}</p>
<div class="stacked">${await figure(timeFoldsChart(cv.inTime))}<div>${table}</div></div>`;
  return [{ id: 'time', title: 'Folds in time', body }];
}
