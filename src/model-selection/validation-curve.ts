import { DataError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { checkSameRows } from '../core/rows.ts';
import { completeOptions } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { InOf } from '../pipeline/stage.ts';
import { storedLabels } from '../table/stored-labels.ts';
import { checkCv, iterateSplits } from './check-cv.ts';
import { curveRules, foldScores, type CurveOptions } from './curve-scores.ts';
import { evaluateVariants } from './evaluate-variants.ts';
import { HoistedRows } from './hoisted-rows.ts';
import { judgedModel } from './judged-model.ts';
import { isClassifier, type Model } from './model.ts';
import { parameterGrid } from './parameter-grid.ts';
import type { SearchableModel } from './search.ts';
import type { Params, SearchSpaces } from './search-space.ts';

/** As a curve's. */
export type ValidationCurveOptions = CurveOptions;

export interface ValidationCurve {
  /** The options of each point, as changes that `with` takes. */
  params: readonly Params[];
  /** points × folds: scores on the rows that were learned from, in the scorer's own sign. */
  trainScores: DenseMatrix;
  /** points × folds: scores on the rows that were left out. */
  testScores: DenseMatrix;
}

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
  const { cv, scoring, groups, workers, signal, ...rest } = completeOptions<CurveOptions>(owner, options, curveRules);
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
    for (const [f, fold] of folds.entries()) {
      const scores = await foldScores(owner, judged[p], fold, { X, y, sampleWeight });
      trainScores.row(p)[f] = scores.train;
      testScores.row(p)[f] = scores.test;
    }
  }
  return { params, trainScores, testScores };
}
