import { DataError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { checkSameRows, takeRows } from '../core/rows.ts';
import { completeOptions, custom, integer, optional, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { InOf } from '../pipeline/stage.ts';
import { storedLabels } from '../table/stored-labels.ts';
import { checkCv, iterateSplits, type Cv } from './check-cv.ts';
import { evaluateVariants, type FoldEvaluation } from './evaluate-variants.ts';
import { HoistedRows } from './hoisted-rows.ts';
import { judgedModel, type Scoring } from './judged-model.ts';
import { isClassifier, type Model } from './model.ts';
import { parameterGrid } from './parameter-grid.ts';
import { predictRows } from './predict-rows.ts';
import type { SearchableModel } from './search.ts';
import type { Params, SearchSpaces } from './search-space.ts';

export interface ValidationCurveOptions {
  /** A splitter, ready splits, or a number of unshuffled folds (stratified for classifiers). Default 5. */
  cv?: Cv;
  /** How to judge predictions. Default null: accuracy for classifiers, else r2. */
  scoring?: Scoring | null;
  /** One group per row, for group splitters. Default null. */
  groups?: Labels | null;
  /** One weight per row; it reaches `fit` and the scorer. Default null: every row 1. */
  sampleWeight?: ArrayLike<number> | null;
  /** How many threads to work in, see crossValidate. Default null: one per core. */
  workers?: number | null;
  /** Stops the work with the signal's reason. Default null. */
  signal?: AbortSignal | null;
}

export interface ValidationCurve {
  /** The options of each point, as changes that `with` takes. */
  params: readonly Params[];
  /** points × folds: scores on the rows that were learned from, in the scorer's own sign. */
  trainScores: DenseMatrix;
  /** points × folds: scores on the rows that were left out. */
  testScores: DenseMatrix;
}

const isList = (v: unknown): boolean => typeof v === 'object' && v !== null && 'length' in v;

const rules: Rules<ValidationCurveOptions> = {
  cv: custom<Cv>(5, 'a number of folds, a splitter or a list of { train, test }', (v) => typeof v === 'number' || (typeof v === 'object' && v !== null)),
  scoring: custom<Scoring | null>(null, 'a name of a scorer, a scorer, or null', (v) => v === null || typeof v === 'string' || typeof v === 'object', 7),
  groups: custom<Labels | null>(null, 'one group per row, or null', (v) => v === null || isList(v), 0),
  sampleWeight: custom<ArrayLike<number> | null>(null, 'one weight per row, or null', (v) => v === null || isList(v), 0),
  workers: optional(integer(1, { min: 1 })),
  signal: custom<AbortSignal | null>(null, 'an AbortSignal, or null', (v) => v === null || v instanceof AbortSignal, 0),
};

const owner = 'validationCurve';

/**
 * Scores on training and test rows for each value of an option: where both are poor the model is too simple, where the test
 * scores fall behind it is too free.
 *
 * X: rows of what the model takes. y: one label or number per row. `searchSpace` has the model's shape, as a search's: mostly
 * one option with its values; several make every combination.
 *
 * Counterpart: scikit-learn's validation_curve, where param_name and param_range stand for searchSpace; losses keep their sign.
 *
 * @throws OptionError for an option or a value that the model does not take; what crossValidate throws
 * @example
 * const { trainScores, testScores } = await validationCurve(model, X, y, { C: [0.01, 0.1, 1, 10] }, { scoring: 'rocAuc' });
 */
export async function validationCurve<M extends Model & SearchableModel>(
  model: M,
  X: InOf<M>,
  given: Labels,
  searchSpace: SearchSpaces<M>,
  options: ValidationCurveOptions = {},
): Promise<ValidationCurve> {
  const { cv, scoring, groups, workers, signal, ...rest } = completeOptions<ValidationCurveOptions>(owner, options, rules);
  const y = storedLabels(given);
  checkSameRows(owner, { X, y, groups: groups ?? undefined });
  const sampleWeight = checkSampleWeight(owner, rest.sampleWeight ?? undefined, y.length);
  const params = parameterGrid(searchSpace as object, owner);
  const judged = params.map((changes) => judgedModel(owner, (model as SearchableModel).with(changes) as unknown as Model, y, scoring));
  const splits = [...iterateSplits(checkCv(owner, cv, y, isClassifier(model)), X, y, groups ?? undefined)];
  if (splits.length === 0) throw new DataError(`${owner}: cv must give at least one split, got none.`);
  const shared = { also: null, keepEstimators: true, errors: 'throw', onFold: null } as const;
  const { variants } = await evaluateVariants(judged, { ...shared, rows: new HoistedRows(X), y, sampleWeight, splits, workers, signal });
  const trainScores = new DenseMatrix(params.length, splits.length);
  const testScores = new DenseMatrix(params.length, splits.length);
  for (const [p, folds] of variants.entries()) {
    const { scorers, methods, classes } = judged[p];
    for (const [f, fold] of folds.entries()) {
      const { estimator, train, scores } = (fold as Extract<FoldEvaluation, { result: unknown }>).result;
      const prediction = await predictRows(estimator as object, takeRows(X as never, train), methods, classes, owner);
      const weights = sampleWeight && { sampleWeight: takeRows(sampleWeight, train) };
      trainScores.row(p)[f] = scorers[0].score(takeRows(y, train), prediction, weights);
      testScores.row(p)[f] = scores[scorers[0].metricName];
    }
  }
  return { params, trainScores, testScores };
}
