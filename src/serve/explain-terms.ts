import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Contribution } from './outputs/contributions.ts';

/** Terms that an explanation names. */
export const MOST_PUSHES = 12;

/** A fitted linear model's weights: one row for two classes and for a regression, else one for each class. */
export function linearWeights(stage: unknown, columns: number): DenseMatrix | undefined {
  const { fitted } = stage as { fitted?: { coef?: unknown } };
  const coef = fitted?.coef;
  if (coef instanceof DenseMatrix) return coef.cols === columns ? coef : undefined;
  if (coef instanceof Float64Array && coef.length === columns) return new DenseMatrix(1, columns, coef);
  return undefined;
}

/**
 * What each term of a text adds to a linear model's score: its value times its weight, exactly; the strongest first.
 *
 * For several classes the score is that of class k, against the mean of all classes' scores.
 *
 * @param X the text's row before the last stage @param k the class; 0 where there is one row of weights
 */
export function termContributions(X: CsrMatrix, i: number, coef: DenseMatrix, k: number, names: readonly string[]): Contribution[] {
  // The strongest so far, weakest last: a text has hundreds of terms, and of most nothing is to be kept.
  const columns: number[] = [];
  const kept: number[] = [];
  for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) {
    const j = X.indices[p];
    const push = X.data[p] * (coef.at(k, j) - (coef.rows > 1 ? meanWeight(coef, j) : 0));
    const size = Math.abs(push);
    if (size === 0 || (kept.length === MOST_PUSHES && size <= Math.abs(kept[MOST_PUSHES - 1]))) continue;
    if (kept.length < MOST_PUSHES) kept.length = columns.length = kept.length + 1;
    let at = kept.length - 1;
    for (; at > 0 && Math.abs(kept[at - 1]) < size; at--) {
      kept[at] = kept[at - 1];
      columns[at] = columns[at - 1];
    }
    kept[at] = push;
    columns[at] = j;
  }
  return kept.map((push, at) => ({ name: names[columns[at]], value: null, push }));
}

function meanWeight(coef: DenseMatrix, j: number): number {
  let sum = 0;
  for (let c = 0; c < coef.rows; c++) sum += coef.at(c, j);
  return sum / coef.rows;
}

/** By size, largest first; of equals by name. */
export function strongest(pushes: Contribution[]): Contribution[] {
  return pushes.sort((a, b) => Math.abs(b.push) - Math.abs(a.push) || (a.name < b.name ? -1 : 1)).slice(0, MOST_PUSHES);
}
