import { logGamma } from '../core/log-gamma.ts';
import type { LabelPairs } from './label-pairs.ts';

/** What two entropies are averaged by. */
export type AverageMethod = 'min' | 'geometric' | 'arithmetic' | 'max';

/** Σ n_ab/n · ln(n·n_ab / (n_a·n_b)) over pairs of groups, in nats. */
export function mutualInformation({ rows, left, right, common }: LabelPairs): number {
  if (left.length === 1 || right.length === 1) return 0;
  let sum = 0;
  for (const { left: a, right: b, count } of common) {
    const share = count / rows;
    const term = share * (Math.log(count) - Math.log(rows)) + share * (-Math.log(left[a] * right[b]) + 2 * Math.log(rows));
    if (Math.abs(term) >= Number.EPSILON) sum += term;
  }
  return Math.max(0, sum);
}

/** −Σ n_a/n · ln(n_a/n), in nats. */
export function entropyOf(counts: Float64Array, rows: number): number {
  if (counts.length === 1) return 0;
  let sum = 0;
  for (const count of counts) sum -= (count / rows) * (Math.log(count) - Math.log(rows));
  return sum;
}

/**
 * What the mutual information of two labellings with such groups is on average over all ways to deal out the rows: over the
 * hypergeometric distribution of each n_ab.
 * Source: Vinh, Epps and Bailey, "Information theoretic measures for clusterings comparison", JMLR 11, 2010, eq. 24a.
 */
export function expectedMutualInformation({ rows, left, right }: LabelPairs): number {
  if (left.length === 1 || right.length === 1) return 0;
  const logFactorial = Float64Array.from({ length: rows + 1 }, (_, k) => logGamma(k + 1));
  const log = Float64Array.from({ length: rows + 1 }, (_, k) => Math.log(k));
  let expected = 0;
  for (const a of left) {
    for (const b of right) {
      const fixed = logFactorial[a] + logFactorial[b] + logFactorial[rows - a] + logFactorial[rows - b] - logFactorial[rows];
      for (let both = Math.max(1, a + b - rows); both <= Math.min(a, b); both++) {
        const chance = Math.exp(fixed - logFactorial[both] - logFactorial[a - both] - logFactorial[b - both] - logFactorial[rows - a - b + both]);
        expected += (both / rows) * (log[rows] + log[both] - log[a] - log[b]) * chance;
      }
    }
  }
  return expected;
}

export function averageOf(method: AverageMethod, a: number, b: number): number {
  if (method === 'min') return Math.min(a, b);
  if (method === 'max') return Math.max(a, b);
  return method === 'geometric' ? Math.sqrt(a * b) : (a + b) / 2;
}
