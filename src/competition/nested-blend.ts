import { DataError } from '../core/errors.ts';
import { takeRows } from '../core/rows.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asPrediction, type Blend, type Blender, type BlendTask } from './blender.ts';
import { weightedSum } from './weighted-sum.ts';

/** What a blend is worth, and the blend itself. */
export interface NestedBlend {
  /** Tuned on all rows: for rows that are to be predicted. */
  blend: Blend;
  /** Weights found without each fold; in the order of time, from the folds before it. */
  foldWeights: number[][];
  /** Of each fold's rows, by a blend that was tuned without them. */
  combined: DenseMatrix;
  /** Seconds that tuning without each fold took. */
  seconds: number[];
}

/**
 * Tunes a blend on all rows, and tells what such a blend is worth: for each fold it is tuned on the rows of the other folds, and asked about
 * the fold's. No row's prediction comes from weights that were tuned on that row. Of folds in the order of time only those before
 * it count as others; in the first fold, which has none before it, all members count alike.
 *
 * What remains shared: the members' predictions of the other folds' rows come from models that were fitted with this fold's rows among
 * others. The estimate is as honest as tuning on stored predictions can be; only rows kept apart from all of it are more so.
 *
 * @param folds each row's fold from 0, −1 for a row that was never predicted: it takes no part
 * @throws DataError for fewer than two folds
 */
export async function nestedBlend(task: BlendTask, folds: Int32Array, tune: Blender, inTimeOrder = false): Promise<NestedBlend> {
  const rowsWhere = (accepts: (fold: number) => boolean): Int32Array => Int32Array.from([...folds.keys()].filter((row) => accepts(folds[row])));
  const all = rowsWhere((fold) => fold >= 0);
  const numbers = [...new Set(takeRows(folds, all))].sort((a, b) => a - b);
  if (numbers.length < 2) throw new DataError(`Blend: there must be rows of at least two folds, got ${numbers.length}. A blend is judged on folds that it was not tuned on.`);
  const { cols } = task.predictions[0];
  const combined = new DenseMatrix(folds.length, cols, new Float64Array(folds.length * cols).fill(Number.NaN));
  const foldWeights: number[][] = [];
  const seconds: number[] = [];
  for (const fold of numbers) {
    const started = performance.now();
    const others = rowsWhere((one) => one >= 0 && (inTimeOrder ? one < fold : one !== fold));
    const blend = others.length > 0 ? await tune(task, others) : plainAverage(task.predictions.length);
    seconds.push((performance.now() - started) / 1000);
    foldWeights.push(blend.weights);
    const held = rowsWhere((one) => one === fold);
    const said = await blend.combine(task.predictions.map((one) => one.take(held)));
    held.forEach((row, i) => combined.row(row).set(said.row(i)));
  }
  return { blend: await tune(task, all), foldWeights, combined, seconds };
}

/** The metric's score in each fold. */
export function foldScores({ y, classes }: Pick<BlendTask, 'y' | 'classes'>, folds: Int32Array, combined: DenseMatrix, score: BlendTask['scorer']): number[] {
  const numbers = [...new Set(folds)].filter((fold) => fold >= 0).sort((a, b) => a - b);
  return numbers.map((fold) => {
    const rows = Int32Array.from([...folds.keys()].filter((row) => folds[row] === fold));
    return score.score(takeRows(y, rows), asPrediction(combined.take(rows), classes));
  });
}

function plainAverage(members: number): Blend {
  const weights = new Array<number>(members).fill(1 / members);
  return { weights, combine: async (some) => weightedSum(some, weights) };
}
