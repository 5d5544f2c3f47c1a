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
  const pushes: Contribution[] = [];
  for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) {
    const j = X.indices[p];
    let weight = coef.at(k, j);
    if (coef.rows > 1) {
      let sum = 0;
      for (let c = 0; c < coef.rows; c++) sum += coef.at(c, j);
      weight -= sum / coef.rows;
    }
    const push = X.data[p] * weight;
    if (push !== 0) pushes.push({ name: names[j], value: null, push });
  }
  return strongest(pushes);
}

/** By size, largest first; of equals by name. */
export function strongest(pushes: Contribution[]): Contribution[] {
  return pushes.sort((a, b) => Math.abs(b.push) - Math.abs(a.push) || (a.name < b.name ? -1 : 1)).slice(0, MOST_PUSHES);
}
