import { takeRows } from '../core/rows.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asPrediction, type Blend, type BlendTask } from './blender.ts';
import { weightedSum } from './weighted-sum.ts';

/** Members that a climb takes at most; weights are multiples of its inverse. */
const ROUNDS = 50;
/** Members taken in a row without a better average before the climb ends. */
const PATIENCE = 10;

/**
 * Averages predictions, each member as often as it helped: begins with nothing and adds, again and again, the member with which the average
 * scores best on the rows, the same one several times if need be; the best average on the way counts. Where scores are equal (accuracy knows few values), the
 * average nearer to the truth in the mean square is taken, then the first.
 *
 * Weights are whole shares of the members taken, sum to one and are never negative.
 * Source: Caruana, Niculescu-Mizil, Crew and Ksikes, "Ensemble Selection from Libraries of Models", ICML 2004, without its bagging.
 */
export async function hillClimbing({ predictions, y, classes, scorer }: BlendTask, rows: Int32Array): Promise<Blend> {
  const members = predictions.map((one) => one.take(rows));
  const truth = takeRows(y, rows);
  const [{ rows: n, cols }] = members;
  const sum = new Float64Array(n * cols);
  const counts = members.map(() => 0);
  const wanted = Float64Array.from({ length: n * cols }, (_, i) => (classes === null ? (truth[i] as number) : Number(truth[Math.floor(i / cols)] === classes[i % cols])));
  /** The score on the rows, and how far from the truth in the mean square. */
  const judge = (data: Float64Array): Judged => ({
    score: scorer.score(truth, asPrediction(new DenseMatrix(n, cols, data), classes)),
    distance: data.reduce((total, value, i) => total + (value - wanted[i]) ** 2, 0),
  });
  let best: Judged & { counts: number[]; round: number } = { score: Number.NaN, distance: Infinity, counts: [...counts], round: 0 };
  for (let round = 1; round <= ROUNDS && round - best.round <= PATIENCE; round++) {
    const judged = members.map(({ data }) => judge(data.map((value, i) => (sum[i] + value) / round)));
    let chosen = 0;
    for (const m of members.keys()) if (isBetter(judged[m], judged[chosen], scorer.better)) chosen = m;
    counts[chosen]++;
    members[chosen].data.forEach((value, i) => (sum[i] += value));
    if (round === 1 || isBetter(judged[chosen], best, scorer.better)) best = { ...judged[chosen], counts: [...counts], round };
  }
  const taken = best.counts.reduce((a, b) => a + b, 0);
  const weights = best.counts.map((count) => count / taken);
  return { weights, combine: async (some) => weightedSum(some, weights) };
}

interface Judged {
  score: number;
  distance: number;
}

/** A score that is not defined is worse than any other. */
function isBetter(one: Judged, than: Judged, better: 'higher' | 'lower'): boolean {
  if (Number.isNaN(one.score)) return false;
  if (Number.isNaN(than.score)) return true;
  if (one.score === than.score) return one.distance < than.distance;
  return better === 'higher' ? one.score > than.score : one.score < than.score;
}
