import { digamma } from '../core/digamma.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { dirichletExpectation } from './dirichlet-expectation.ts';

export interface DocumentTopicsOptions {
  /** α of the Dirichlet prior of a document's topics. */
  prior: number;
  /** Most rounds per document. */
  maxRounds: number;
  /** Stop once the mean change of a document's γ is below this. */
  tol: number;
}

/** So that no word is divided by nothing. */
const EPSILON = 2.220446049250313e-16;

/**
 * The E-step of latent Dirichlet allocation: for each document the γ that fits best while the topics stay as they are,
 *
 *     γₖ = α + Σ_w n_w·φ_wk,  φ_wk ∝ exp(E[ln θₖ] + E[ln β_kw]).
 *
 * @param X rows × words, counts
 * @param weights words × topics: exp(E[ln β]), turned so that a word's numbers are neighbours
 * @param topics rows × topics: γ to start from, overwritten
 * @param sums words × topics, or null: Σ over documents of exp(E[ln θₖ])·n_w / Σₖ φ_wk is added
 */
export function documentTopics(X: Matrix, weights: DenseMatrix, topics: DenseMatrix, sums: DenseMatrix | null, { prior, maxRounds, tol }: DocumentTopicsOptions): void {
  const k = topics.cols;
  const starts = dirichletExpectation(topics);
  const expected = new Float64Array(k);
  const next = new Float64Array(k);
  for (let i = 0; i < X.rows; i++) {
    const { words, counts, from, to } = rowOf(X, i);
    const gamma = topics.row(i);
    for (let t = 0; t < k; t++) expected[t] = Math.exp(starts.data[i * k + t]);
    for (let round = 0; round < maxRounds; round++) {
      next.fill(0);
      for (let p = from; p < to; p++) {
        const at = words[p] * k;
        let norm = 0;
        for (let t = 0; t < k; t++) norm += expected[t] * weights.data[at + t];
        const share = counts[p] / (norm + EPSILON);
        for (let t = 0; t < k; t++) next[t] += share * weights.data[at + t];
      }
      let total = 0;
      let change = 0;
      for (let t = 0; t < k; t++) {
        next[t] = expected[t] * next[t] + prior;
        total += next[t];
        change += Math.abs(next[t] - gamma[t]);
      }
      gamma.set(next);
      const ofTotal = digamma(total);
      for (let t = 0; t < k; t++) expected[t] = Math.exp(digamma(next[t]) - ofTotal);
      if (change / k < tol) break;
    }
    if (sums === null) continue;
    for (let p = from; p < to; p++) {
      const at = words[p] * k;
      let norm = 0;
      for (let t = 0; t < k; t++) norm += expected[t] * weights.data[at + t];
      const share = counts[p] / (norm + EPSILON);
      for (let t = 0; t < k; t++) sums.data[at + t] += share * expected[t];
    }
  }
}

/** A row's entries that are not zero: words[p], counts[p] for p in [from, to). */
export function rowOf(X: Matrix, i: number): { words: ArrayLike<number>; counts: ArrayLike<number>; from: number; to: number } {
  if (X.kind === 'csr') return { words: X.indices, counts: X.data, from: X.indptr[i], to: X.indptr[i + 1] };
  const row = X.row(i);
  const words = Array.from(row.keys()).filter((j) => row[j] !== 0);
  return { words, counts: words.map((j) => row[j]), from: 0, to: words.length };
}
