import { ShapeError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { checkRows } from './check-rows.ts';
import { isScoreRows, scoreMatrix, type ScoreRows } from './score-matrix.ts';

/** How the places of a ranking count. */
export interface GainOptions {
  /** Places that count; null for all. */
  k: number | null;
  logBase: number;
  /** Whether equal scores are taken in some order, instead of sharing their places. */
  ignoreTies: boolean;
}

/** What is compared: rows × items, both. */
export interface RankedRows {
  gains: DenseMatrix;
  scores: DenseMatrix;
}

/** @throws ShapeError unless both are rows × items of the same size */
export function rankedRows(owner: string, yTrue: ScoreRows, yScore: ScoreRows): RankedRows {
  checkRows(owner, { yTrue, yScore });
  for (const [name, part] of [['yTrue', yTrue], ['yScore', yScore]] as const) {
    if (!isScoreRows(part)) throw new ShapeError(`${owner}: ${name} must be rows × items, got ${show(part)}. Pass one row of items per query.`);
  }
  const gains = scoreMatrix(owner, 'yTrue', yTrue);
  const scores = scoreMatrix(owner, 'yScore', yScore);
  if (gains.cols !== scores.cols) throw new ShapeError(`${owner}: yTrue has ${gains.cols} columns, but yScore has ${scores.cols}. Give one column per item in both.`);
  return { gains, scores };
}

/**
 * For each row Σ gain / log(place + 1) over its items by descending score, places from 1; items of equal score share the mean of
 * their places' discounts.
 * Source: McSherry and Najork, "Computing information retrieval performance measures efficiently in the presence of tied scores", ECIR 2008.
 */
export function discountedGains({ gains, scores }: RankedRows, { k, logBase, ignoreTies }: GainOptions): Float64Array {
  const { rows, cols } = gains;
  const discounts = Float64Array.from({ length: cols }, (_, place) => (k !== null && place >= k ? 0 : Math.log(logBase) / Math.log(place + 2)));
  return Float64Array.from({ length: rows }, (_, i) => {
    const order = descending(scores.row(i));
    return (ignoreTies ? inOrder : byScore)(gains.row(i), scores.row(i), order, discounts);
  });
}

/** Positions by descending score; of equal scores the last first, as a reversed ascending sort leaves them. */
function descending(scores: Float64Array): Int32Array {
  return Int32Array.from(scores, (_, j) => j).sort((a, b) => scores[a] - scores[b]).reverse();
}

function inOrder(gains: Float64Array, _scores: Float64Array, order: Int32Array, discounts: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < order.length; place++) sum += discounts[place] * gains[order[place]];
  return sum;
}

function byScore(gains: Float64Array, scores: Float64Array, order: Int32Array, discounts: Float64Array): number {
  let sum = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    let gain = 0;
    let discount = 0;
    for (; to < order.length && scores[order[to]] === scores[order[from]]; to++) {
      gain += gains[order[to]];
      discount += discounts[to];
    }
    sum += (gain / (to - from)) * discount;
  }
  return sum;
}
