import type { Label } from '../core/labels.ts';
import { show } from '../core/show.ts';
import type { OutOfFold } from '../model-selection/out-of-fold.ts';
import { Table } from '../table/table.ts';
import type { CompetitionData } from './competition-data.ts';
import type { Diagnostics, HardRow } from './diagnostics.ts';

const MOST_ROWS = 12;
/** Characters of a text that are kept. */
const LONGEST_TEXT = 280;
/** Columns of a table that are kept. */
const MOST_COLUMNS = 12;

/**
 * The training rows that a pipeline got most wrong out of fold: the least probable true class, the decision value furthest on
 * the wrong side, or the largest error of a number. Rows that were in no test fold are left out.
 */
export function hardestRows(data: CompetitionData, outOfFold: OutOfFold, classes: readonly Label[]): Pick<Diagnostics, 'hardest' | 'hardestBy'> {
  const { labels, values, probabilities, scores, folds } = outOfFold;
  const by = values ? 'error' : probabilities ? 'probability' : 'score';
  const valueOf = (i: number): number => {
    if (values) return values[i] - Number(data.y[i]);
    const k = classes.indexOf(data.y[i]);
    if (probabilities) return probabilities.at(i, k);
    if (scores instanceof Float64Array) return k === 1 ? scores[i] : -scores[i];
    return scores ? scores.at(i, k) : Number(labels[i] === data.y[i]);
  };
  const asked = Array.from(data.y.keys()).filter((i) => folds[i] >= 0);
  const found = asked.map((i) => ({ i, value: valueOf(i) })).filter(({ value }) => Number.isFinite(value));
  const badness = (value: number): number => (by === 'error' ? Math.abs(value) : -value);
  found.sort((a, b) => badness(b.value) - badness(a.value) || a.i - b.i);
  const hardest = found.slice(0, MOST_ROWS).map(
    ({ i, value }): HardRow => ({ id: data.ids[i], truth: data.y[i], predicted: values ? values[i] : labels[i], value, content: contentOf(data, i) }),
  );
  return { hardest, hardestBy: by };
}

function contentOf({ X, features }: CompetitionData, i: number): Record<string, string> {
  if (!(X instanceof Table)) return { [features[0]]: shortened(X[i]) };
  const row = X.select(X.names.slice(0, MOST_COLUMNS)).row(i);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, shortened(textOf(value))]));
}

function textOf(value: Label | Date | null): string {
  if (value === null) return '–';
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '');
  return typeof value === 'string' ? value : show(value);
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST_TEXT ? text : `${characters.slice(0, LONGEST_TEXT).join('')}…`;
}
