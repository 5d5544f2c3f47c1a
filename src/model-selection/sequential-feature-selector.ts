import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { choice, custom, either, integer, number, optional, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { FeatureSelector, type ColumnsKept } from '../feature-selection/feature-selector.ts';
import { changeModelOptions, modelRule, needModel, type ImportanceModel } from '../feature-selection/importances.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { checkCv, iterateSplits, type Cv } from './check-cv.ts';
import { evaluateVariants, type JudgedModel } from './evaluate-variants.ts';
import { HoistedRows } from './hoisted-rows.ts';
import { judgedModel, type Scoring } from './judged-model.ts';
import { isClassifier, type Model } from './model.ts';
import type { Split } from './splitter.ts';

export interface SequentialFeatureSelectorOptions {
  /** The model whose scores decide; clones of it are fitted. Must be given. */
  estimator?: Model;
  /**
   * How many columns to keep: a whole number below that of X, a share of them in (0, 1), rounded down, or 'auto': half of them,
   * or with `tol` as many as bring enough. Default 'auto'.
   */
  nFeaturesToSelect?: number | 'auto';
  /** With 'auto', stop once a step makes the score better by less than this; below 0 only for 'backward'. Default null: never. */
  tol?: number | null;
  /** 'forward': begin with none and add columns. 'backward': begin with all and drop columns. Default 'forward'. */
  direction?: 'forward' | 'backward';
  /** How to judge columns. Default null: accuracy for classifiers, else r2. */
  scoring?: Scoring | null;
  /** A splitter, ready splits, or a number of unshuffled folds (stratified for classifiers). Default 5. */
  cv?: Cv;
  /** How many threads to work in, see crossValidate. Default null: one per core. */
  workers?: number | null;
}

export interface SequentialFeatureSelectorFitted extends ColumnsKept {
  /** How many columns are kept. */
  nFeaturesToSelect: number;
  /** The columns in the order in which they were added, or dropped. */
  order: Int32Array;
  /** Mean score over the folds after each of these steps, in the scorer's own sign. */
  scores: Float64Array;
}

/**
 * Keeps columns chosen one by one: each step adds the column (or drops it) with which the model's mean score over folds is
 * best; the first of several that are as good.
 *
 * X: rows × columns, two columns or more, dense or sparse. y: one label or number per row. steps × columns × folds models are
 * fitted.
 *
 * `fitted`: columns, nFeaturesToSelect, order, scores.
 *
 * Counterpart: scikit-learn's SequentialFeatureSelector; support_ is getSupport(). A score for which lower is better counts as
 * it is: `tol` is what it falls by. sampleWeight weighs scores too. NaN in X is refused, by models that take it as well: impute first.
 * Source: Ferri, Pudil, Hatef and Kittler, "Comparative study of techniques for large-scale feature selection", 1994.
 *
 * @throws OptionError without a model, for more columns than X has less one, or none; ShapeError for a single column; DataError without y
 * @example
 * const selector = await new SequentialFeatureSelector({ estimator: new Ridge(), nFeaturesToSelect: 5 }).fit(X, y);
 * selector.fitted.columns;
 */
export class SequentialFeatureSelector extends FeatureSelector<SequentialFeatureSelectorOptions, SequentialFeatureSelectorFitted> {
  static override readonly rules: Rules<SequentialFeatureSelectorOptions> = {
    estimator: modelRule(),
    nFeaturesToSelect: either<number | 'auto'>([integer(1, { min: 1 }), number(0.5, { min: 0, max: 1, openMin: true, openMax: true }), choice('auto', ['auto'])], 'auto'),
    tol: optional(number(0)),
    direction: choice<'forward' | 'backward'>('forward', ['forward', 'backward']),
    scoring: custom<Scoring | null>(null, 'a name of a scorer, a scorer, or null', (v) => v === null || typeof v === 'string' || typeof v === 'object', 7),
    cv: custom<Cv>(5, 'a number of folds, a splitter or a list of { train, test }', (v) => Number.isInteger(v) || (typeof v === 'object' && v !== null), 'five'),
    workers: optional(integer(1, { min: 1 })),
  };

  override with(changes: Partial<SequentialFeatureSelectorOptions>): this {
    return super.with(changeModelOptions(this.options as SequentialFeatureSelectorOptions, changes));
  }

  protected async learn(X: Matrix, y: ArrayLike<unknown> | undefined, sampleWeight: Float64Array | undefined): Promise<SequentialFeatureSelectorFitted> {
    const { direction, tol, cv } = this.options;
    const estimator = needModel(this.owner, this.options.estimator as unknown as ImportanceModel | undefined) as unknown as Model;
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one value per row.`);
    const wanted = this.#wanted(X.cols);
    const labels = y as Labels;
    const splits = [...iterateSplits(checkCv(this.owner, cv, labels, isClassifier(estimator)), X, labels, undefined)];
    const isAuto = this.options.nFeaturesToSelect === 'auto';
    const most = isAuto || direction === 'forward' ? wanted : X.cols - wanted;
    const marked = new Set<number>();
    const scores: number[] = [];
    while (marked.size < most) {
      const { column, score, gain } = await this.#best(estimator, X, labels, sampleWeight, splits, marked, scores.at(-1));
      if (isAuto && tol !== null && gain < tol) break;
      marked.add(column);
      scores.push(score);
    }
    const columns = Int32Array.from({ length: X.cols }, (_, j) => j).filter((j) => marked.has(j) === (direction === 'forward'));
    return { columns, nFeaturesToSelect: columns.length, order: Int32Array.from(marked), scores: Float64Array.from(scores) };
  }

  #wanted(cols: number): number {
    const { nFeaturesToSelect, tol, direction } = this.options;
    if (cols < 2) throw new ShapeError(`${this.owner}: X must have at least 2 columns, got ${cols}.`);
    if (tol !== null && tol < 0 && direction === 'forward') throw new OptionError(`${this.owner}: tol must be at least 0 with direction 'forward', got ${tol}.`);
    if (nFeaturesToSelect === 'auto') return tol === null ? Math.floor(cols / 2) : cols - 1;
    const wanted = Number.isInteger(nFeaturesToSelect) ? nFeaturesToSelect : Math.floor(cols * nFeaturesToSelect);
    if (wanted >= 1 && wanted < cols) return wanted;
    throw new OptionError(`${this.owner}: nFeaturesToSelect must come to 1 to ${cols - 1} of ${cols} columns, got ${nFeaturesToSelect}.`);
  }

  /** The column whose mark makes the best score, that score, and how much better it is than the last. */
  async #best(estimator: Model, X: Matrix, y: Labels, sampleWeight: Float64Array | undefined, splits: readonly Split[], marked: ReadonlySet<number>, last: number | undefined): Promise<{ column: number; score: number; gain: number }> {
    const isForward = this.options.direction === 'forward';
    const judged = judgedModel(this.owner, estimator, y, this.options.scoring);
    const sign = judged.scorers[0].better === 'lower' ? -1 : 1;
    let best: { column: number; score: number } | undefined;
    for (let column = 0; column < X.cols; column++) {
      if (marked.has(column)) continue;
      const kept = Array.from({ length: X.cols }, (_, j) => j).filter((j) => (marked.has(j) || j === column) === isForward);
      const score = await this.#meanScore(judged, X.takeCols(kept), y, sampleWeight, splits);
      if (best === undefined || sign * score > sign * best.score) best = { column, score };
    }
    const { column, score } = best!;
    return { column, score, gain: last === undefined ? Infinity : sign * (score - last) };
  }

  async #meanScore(judged: JudgedModel, X: Matrix, y: Labels, sampleWeight: Float64Array | undefined, splits: readonly Split[]): Promise<number> {
    const { workers } = this.options;
    const shared = { also: null, keepEstimators: false, signal: null, errors: 'throw', onFold: null } as const;
    const { variants } = await evaluateVariants([judged], { ...shared, rows: new HoistedRows(X), y, sampleWeight, splits, workers });
    const [{ metricName }] = judged.scorers;
    return variants[0].reduce((sum, fold) => sum + ('result' in fold ? fold.result.scores[metricName] : Number.NaN), 0) / splits.length;
  }
}
