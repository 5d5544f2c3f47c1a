import type { Label } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { takeRows } from '../core/rows.ts';
import { fClassif } from '../feature-selection/f-classif.ts';
import { fRegression } from '../feature-selection/f-regression.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { isMatrix, type Matrix } from '../matrix/matrix.ts';
import { judgedModel } from '../model-selection/judged-model.ts';
import { canPredict, type Model } from '../model-selection/model.ts';
import { permutationImportance } from '../model-selection/permutation-importance.ts';
import { predictRows } from '../model-selection/predict-rows.ts';
import type { ScorerName } from '../metrics/scorer.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { Table } from '../table/table.ts';
import type { InputImportance } from './diagnostics.ts';

/** Terms that are tried: those that by themselves tell most of y. */
const MOST_TERMS = 25;
/** Fewer than permutationImportance's 5: a report shows which inputs matter, not by how much to the digit. */
const SHUFFLES = 3;

/** One fold's rows. */
export interface FoldRows {
  X: readonly string[] | Table;
  y: Label[];
}

/**
 * What a model owes to each column, or to each of the terms that tell most by themselves: it learns from one fold's training
 * rows, and one input at a time is shuffled among the test rows. A term is shuffled where its vectorizer, the pipeline's
 * first stage, has counted it.
 * @returns null where texts are not counted by a first stage whose columns have names
 */
export async function inputImportance(model: Model, train: FoldRows, test: FoldRows, metric: ScorerName, seed: number): Promise<InputImportance | null> {
  const fitted = model.clone() as Model;
  await fitted.fit(train.X as never, train.y as never);
  if (train.X instanceof Table) {
    const found = await permutationImportance(fitted as never, test.X as never, test.y, { scoring: metric, nRepeats: SHUFFLES, randomState: seed });
    return sorted('columns', metric, found.names, found.importancesMean, found.importancesStd, found.baseline, test.y.length);
  }
  return fitted instanceof Pipeline ? termImportance(fitted as never, train, test, metric, seed) : null;
}

async function termImportance(pipeline: Pipeline<any>, train: FoldRows, test: FoldRows, metric: ScorerName, seed: number): Promise<InputImportance | null> {
  const steps = pipeline.steps as readonly (readonly [string, any])[];
  const [, first] = steps[0];
  if (steps.length < 2 || typeof first.featureNamesOut !== 'function') return null;
  const [Xtrain, Xtest]: unknown[] = [await first.transform(train.X), await first.transform(test.X)];
  if (!isMatrix(Xtrain) || !isMatrix(Xtest) || Xtest.kind !== 'csr') return null;
  const names = first.featureNamesOut() as string[];
  const rest = new Pipeline(steps.slice(1) as never) as unknown as Model;
  const judge: ScorerName = canPredict(rest, 'predictProba') ? 'logLoss' : metric;
  const { scorers, methods, classes } = judgedModel('refit run', rest, test.y, judge);
  const score = async (X: Matrix): Promise<number> => scorers[0].score(test.y as never, await predictRows(rest, X, methods, classes)) as number;

  const baseline = await score(Xtest);
  const sign = scorers[0].better === 'lower' ? -1 : 1;
  const chosen = mostTelling(Xtrain, train.y);
  const mean = new Float64Array(chosen.length);
  const std = new Float64Array(chosen.length);
  for (const [t, column] of chosen.entries()) {
    const random = new RandomState(seed);
    const losses: number[] = [];
    for (let r = 0; r < SHUFFLES; r++) losses.push(sign * (baseline - (await score(withShuffled(Xtest, column, random.permutation(Xtest.rows))))));
    mean[t] = losses.reduce((sum, loss) => sum + loss, 0) / SHUFFLES;
    std[t] = Math.sqrt(losses.reduce((sum, loss) => sum + (loss - mean[t]) ** 2, 0) / SHUFFLES);
  }
  return sorted('terms', judge, chosen.map((column) => names[column]), mean, std, baseline, test.y.length);
}

/** Columns with the largest F statistics, in their order. */
function mostTelling(X: Matrix, y: readonly Label[]): number[] {
  const isNumeric = y.every((value) => typeof value === 'number' && !Number.isInteger(value));
  const { scores } = isNumeric ? fRegression(X, y as number[]) : fClassif(X, y);
  return Array.from(scores.keys())
    .filter((j) => !Number.isNaN(scores[j]))
    // A term that parts the classes by itself has an infinite score.
    .sort((a, b) => (scores[a] === scores[b] ? a - b : scores[a] < scores[b] ? 1 : -1))
    .slice(0, MOST_TERMS)
    .sort((a, b) => a - b);
}

/** X with row i's entry of a column taken from row order[i]. */
function withShuffled(X: CsrMatrix, column: number, order: ArrayLike<number>): CsrMatrix {
  const held = new Float64Array(X.rows);
  for (let i = 0; i < X.rows; i++) for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) if (X.indices[p] === column) held[i] = X.data[p];
  const indptr = new Int32Array(X.rows + 1);
  const indices: number[] = [];
  const data: number[] = [];
  for (let i = 0; i < X.rows; i++) {
    const value = held[order[i]];
    let isPlaced = value === 0;
    const place = (): void => {
      if (isPlaced) return;
      indices.push(column);
      data.push(value);
      isPlaced = true;
    };
    for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) {
      if (X.indices[p] >= column) place();
      if (X.indices[p] === column) continue;
      indices.push(X.indices[p]);
      data.push(X.data[p]);
    }
    place();
    indptr[i + 1] = indices.length;
  }
  return new CsrMatrix(X.rows, X.cols, indptr, Int32Array.from(indices), Float64Array.from(data));
}

function sorted(of: InputImportance['of'], metric: string, names: readonly string[], mean: Float64Array, std: Float64Array, baseline: number, rows: number): InputImportance {
  const order = Array.from(names.keys()).sort((a, b) => mean[b] - mean[a] || a - b);
  return { of, metric, shuffles: SHUFFLES, names: order.map((j) => names[j]), mean: order.map((j) => mean[j]), std: order.map((j) => std[j]), baseline, rows };
}

/** Some rows of a fold. */
export const rowsOf = ({ X, y }: FoldRows, rows: ArrayLike<number>): FoldRows => ({ X: takeRows(X, rows) as FoldRows['X'], y: takeRows(y, rows) as Label[] });
