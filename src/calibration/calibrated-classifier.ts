import { DataError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import type { Label, Labels } from '../core/labels.ts';
import { takeRows } from '../core/rows.ts';
import { choice, custom, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { checkCv, iterateSplits, type Cv } from '../model-selection/check-cv.ts';
import { crossValPredict } from '../model-selection/cross-val-predict.ts';
import { learnedBy, predictorOf, type PredictionMethod } from '../model-selection/model.ts';
import { type Calibrators, calibrate, fitCalibrators, type CalibrationMethod } from './calibrators.ts';
import { asColumns, type ClassifierModel, estimatorRule, responses, WrappedClassifier, type WrappedFitted } from './wrapped-classifier.ts';

export interface CalibratedClassifierOptions {
  /** What is calibrated: a classifier with decisionFunction or predictProba, or a pipeline that ends in one. Must be given. */
  estimator: ClassifierModel;
  /**
   * From decision values (probabilities, if there are none) to probabilities: 'sigmoid' for few rows and curves like
   * an S; 'isotonic' for any monotone curve and a thousand rows or more; 'temperature' for one factor that sharpens
   * or softens all classes alike. Default 'sigmoid'.
   */
  method?: CalibrationMethod;
  /**
   * Folds for out-of-fold scores: a splitter, ready splits or a number of unshuffled stratified folds. 'prefit' takes
   * the estimator as fitted already, and X and y as rows that it has not seen. Default 5.
   */
  cv?: Cv | 'prefit';
  /**
   * true: one copy of the estimator and its calibrators per fold, whose probabilities are averaged. false: one copy
   * fitted on all rows, calibrated by the out-of-fold scores of all folds. 'auto' is true, or false for 'prefit'.
   * Default 'auto'.
   */
  ensemble?: boolean | 'auto';
}

/** One fitted copy of the estimator with its calibrators. */
export interface CalibratedPart {
  /** What the estimator has learned. */
  estimator: object;
  calibrators: Calibrators;
}

/** What CalibratedClassifier has learned. */
export interface CalibratedClassifierFitted extends WrappedFitted {
  /** One per fold, or a single one without `ensemble`. */
  parts: readonly CalibratedPart[];
  /** What the calibrators map: 'decisionFunction' where the estimator has it, else 'predictProba'. */
  responseMethod: PredictionMethod;
}

/**
 * A classifier whose probabilities mean what they say: of rows with probability 0.8, four in five are positive. The
 * calibrators learn from rows that the model they correct has not seen. More than two classes are calibrated one
 * against the rest and normalised, with 'temperature' all at once.
 *
 * X: whatever the estimator takes. y: one label per row, two classes or more, each in every fold.
 * `fitted`: classes, parts, responseMethod.
 *
 * Counterpart: scikit-learn's CalibratedClassifierCV; cv: 'prefit' stands for a FrozenEstimator. The estimator must
 * be given (scikit-learn's default is a LinearSVC).
 * Source: Platt 1999; Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass probability
 * estimates", KDD 2002; Guo et al. 2017.
 *
 * @throws OptionError without an estimator or for one that gives no scores; DataError for a class with fewer rows than folds
 * @example
 * const calibrated = new CalibratedClassifier({ estimator: new MultinomialNB(), method: 'isotonic', cv: 5 });
 * (await (await calibrated.fit(X, y)).predictProba(Xtest)).at(0, 1);
 */
export class CalibratedClassifier extends WrappedClassifier<CalibratedClassifierOptions, CalibratedClassifierFitted> {
  static override readonly rules: Rules<CalibratedClassifierOptions> = {
    estimator: estimatorRule(),
    method: choice<CalibrationMethod>('sigmoid', ['sigmoid', 'isotonic', 'temperature']),
    cv: custom<Cv | 'prefit'>(
      5,
      "a number of folds of at least 2, a splitter, a list of { train, test } or 'prefit'",
      (v) => v === 'prefit' || (Number.isInteger(v) && (v as number) >= 2) || (typeof v === 'object' && v !== null),
      1,
    ),
    ensemble: custom<boolean | 'auto'>('auto', "true, false or 'auto'", (v) => typeof v === 'boolean' || v === 'auto', 'yes'),
  };

  async fit(X: unknown, y: Labels, options: FitOptions = {}): Promise<this> {
    const classes = this.classesOf(X, y, { binary: false });
    const sampleWeight = checkSampleWeight(this.owner, options.sampleWeight, y.length);
    const responseMethod = this.methodOf(['decisionFunction', 'predictProba']);
    const codes = Int32Array.from(y, (label) => classes.indexOf(label));
    const { cv, ensemble } = this.options;
    let parts: CalibratedPart[];
    if (cv === 'prefit') parts = [await this.#prefit(X, classes, codes, sampleWeight, responseMethod)];
    else {
      this.#checkFolds(cv, classes, codes);
      parts = ensemble === false ? [await this.#single(X, y, cv, classes, codes, sampleWeight, responseMethod)] : await this.#parts(X, y, cv, classes, codes, sampleWeight, responseMethod);
    }
    return this.restore({ classes, parts, responseMethod });
  }

  /** The most probable label of each row; the smaller class on a tie. */
  async predict(X: unknown): Promise<Label[]> {
    const proba = await this.predictProba(X);
    const { classes } = this.fitted;
    return Array.from({ length: proba.rows }, (_, i) => {
      const row = proba.row(i);
      let best = 0;
      for (let k = 1; k < row.length; k++) if (row[k] > row[best]) best = k;
      return classes[best];
    });
  }

  /** rows × classes: the mean of all parts' calibrated probabilities. */
  async predictProba(X: unknown): Promise<DenseMatrix> {
    const { parts, classes, responseMethod } = this.fitted;
    let mean: DenseMatrix | undefined;
    for (const { estimator, calibrators } of parts) {
      const model = this.restored(estimator);
      const proba = calibrate(calibrators, await responses(model, X, responseMethod), classes.length, responseMethod);
      if (!mean) mean = proba;
      else for (let p = 0; p < proba.data.length; p++) mean.data[p] += proba.data[p];
    }
    const result = mean as DenseMatrix;
    for (let p = 0; p < result.data.length; p++) result.data[p] /= parts.length;
    return result;
  }

  async #parts(
    X: unknown,
    y: Labels,
    cv: Cv,
    classes: readonly Label[],
    codes: Int32Array,
    sampleWeight: Float64Array | undefined,
    method: PredictionMethod,
  ): Promise<CalibratedPart[]> {
    const parts: CalibratedPart[] = [];
    for (const { train, test } of iterateSplits(checkCv(this.owner, cv, y, true), X, y, undefined)) {
      const model = this.options.estimator.clone() as ClassifierModel;
      await model.fit(takeRows(X, train), takeRows(y, train), sampleWeight && { sampleWeight: takeRows(sampleWeight, train) });
      const scores = await responses(model, takeRows(X, test), method);
      const columns = this.#columns(model, classes);
      const calibrators = fitCalibrators(this.owner, this.options.method, scores, columns, takeRows(codes, test), sampleWeight && takeRows(sampleWeight, test), method);
      parts.push({ estimator: model.fitted, calibrators });
    }
    return parts;
  }

  async #single(
    X: unknown,
    y: Labels,
    cv: Cv,
    classes: readonly Label[],
    codes: Int32Array,
    sampleWeight: Float64Array | undefined,
    method: PredictionMethod,
  ): Promise<CalibratedPart> {
    const model = this.options.estimator.clone() as ClassifierModel;
    const scores = (await crossValPredict(model, X as never, y, { cv, method, sampleWeight })) as Float64Array | DenseMatrix;
    await model.fit(X, y, sampleWeight && { sampleWeight });
    const columns = this.#columns(model, classes);
    return {
      estimator: model.fitted,
      calibrators: fitCalibrators(this.owner, this.options.method, asColumns(scores, method), columns, codes, sampleWeight, method),
    };
  }

  async #prefit(X: unknown, classes: readonly Label[], codes: Int32Array, sampleWeight: Float64Array | undefined, method: PredictionMethod): Promise<CalibratedPart> {
    const model = this.options.estimator;
    if (!model.isFitted) throw new DataError(`${this.owner}: estimator must be fitted with cv 'prefit'. Fit it on other rows first.`);
    const columns = this.#columns(model, classes);
    return { estimator: model.fitted, calibrators: fitCalibrators(this.owner, this.options.method, await responses(model, X, method), columns, codes, sampleWeight, method) };
  }

  /** Position among all classes of each class that the model has learned. */
  #columns(model: ClassifierModel, classes: readonly Label[]): number[] {
    const learned = learnedBy(predictorOf(model)).classes ?? classes;
    const unknown = learned.find((label) => !classes.includes(label));
    if (unknown !== undefined) throw new DataError(`${this.owner}: y must have every class that the estimator knows, got none of ${show(unknown)}.`);
    return learned.map((label) => classes.indexOf(label));
  }

  #checkFolds(cv: Cv, classes: readonly Label[], codes: Int32Array): void {
    const folds = typeof cv === 'number' ? cv : (cv as { options?: { nSplits?: unknown } }).options?.nSplits;
    if (typeof folds !== 'number') return;
    const counts = new Int32Array(classes.length);
    for (const code of codes) counts[code]++;
    const small = counts.findIndex((count) => count < folds);
    if (small < 0) return;
    throw new DataError(`${this.owner}: every class must have at least ${folds} rows for ${folds} folds, ${show(classes[small])} has ${counts[small]}. Use fewer folds.`);
  }
}
