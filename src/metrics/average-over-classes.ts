import { DataError } from '../core/errors.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { weightedMean } from './weighted-mean.ts';

/** How the scores of classes, each against the rest, become one number. */
export type RankingAverage = 'micro' | 'macro' | 'weighted' | 'samples' | null;

/** Score of a binary problem: rows that are positive (1) or not, their scores and weights. */
export type BinaryRanking = (isPositive: Uint8Array, scores: Float64Array, weights: Float64Array | undefined) => number;

/** Which rows belong to which classes: rows × classes of 0 and 1, row-major. */
export interface Indicator {
  rows: number;
  cols: number;
  data: Uint8Array;
}

/** One 1 per row, in the column of its code. */
export function oneHot(codes: Int32Array, cols: number): Indicator {
  const data = new Uint8Array(codes.length * cols);
  for (let i = 0; i < codes.length; i++) data[i * cols + codes[i]] = 1;
  return { rows: codes.length, cols, data };
}

/** A matrix of 0 and 1 as an indicator. @throws DataError naming the first other value */
export function indicatorOf(owner: string, { rows, cols, data }: DenseMatrix, name = 'yTrue'): Indicator {
  for (let p = 0; p < data.length; p++) {
    if (data[p] === 0 || data[p] === 1) continue;
    throw new DataError(`${owner}: ${name} must hold 0 and 1 if it has columns, row ${Math.floor(p / cols)} column ${p % cols} has ${data[p]}.`);
  }
  return { rows, cols, data: Uint8Array.from(data) };
}

/**
 * A binary score for each class against the rest, averaged.
 *
 * 'micro' ranks all entries together; 'macro' is the mean over classes, 'weighted' that by the weight of
 * their positives; 'samples' scores each row's ranking of classes and averages over rows; null gives one
 * score per class.
 */
export function averageOverClasses(
  indicator: Indicator,
  scores: DenseMatrix,
  average: RankingAverage,
  weights: Float64Array | undefined,
  score: BinaryRanking,
): number | Float64Array {
  const { rows, cols, data } = indicator;
  if (average === 'micro') {
    return score(data, scores.data, weights && repeated(weights, cols));
  }
  if (average === 'samples') {
    const perRow = Float64Array.from({ length: rows }, (_, i) => score(data.subarray(i * cols, (i + 1) * cols), scores.row(i), undefined));
    return weights ? weightedMean(perRow.map((value, i) => (weights[i] === 0 ? 0 : value)), weights) : weightedMean(perRow);
  }
  const perClass = new Float64Array(cols);
  const support = new Float64Array(cols);
  for (let k = 0; k < cols; k++) {
    const isPositive = new Uint8Array(rows);
    for (let i = 0; i < rows; i++) {
      isPositive[i] = data[i * cols + k];
      if (isPositive[i] === 1) support[k] += weights ? weights[i] : 1;
    }
    perClass[k] = score(isPositive, scores.col(k), weights);
  }
  if (average === null) return perClass;
  if (average === 'macro') return weightedMean(perClass);
  if (!support.some((weight) => weight > 0)) return 0;
  // A class without positives has no weight, so its undefined score must not spoil the mean.
  return weightedMean(perClass.map((value, k) => (support[k] === 0 ? 0 : value)), support);
}

/** Each weight `times` in a row. */
function repeated(weights: Float64Array, times: number): Float64Array {
  const result = new Float64Array(weights.length * times);
  for (let i = 0; i < weights.length; i++) result.fill(weights[i], i * times, (i + 1) * times);
  return result;
}
