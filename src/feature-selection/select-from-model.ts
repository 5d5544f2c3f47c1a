import { DataError, NotFittedError, OptionError } from '../core/errors.ts';
import { median } from '../core/median.ts';
import { custom, flag, integer, optional, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { FeatureSelector, positions, type ColumnsKept } from './feature-selector.ts';
import { changeModelOptions, getterRule, importancesOf, modelRule, needModel, type ImportanceGetter, type ImportanceModel } from './importances.ts';

export interface SelectFromModelOptions {
  /** The model whose importances decide; a clone of it is fitted, unless `prefit`. Must be given. */
  estimator?: ImportanceModel;
  /**
   * Columns of at least this importance are kept: a number, 'mean', 'median', or a multiple such as '1.25*mean'.
   * Default null: 1e-5 for models with a lasso penalty only, else 'mean'.
   */
  threshold?: number | string | null;
  /** Whether `estimator` is fitted already and is only asked. Default false. */
  prefit?: boolean;
  /** Norm over the rows of coef for several classes: 1, 2, … or Infinity. Default 1. */
  normOrder?: number;
  /** Most columns to keep, the most important first; null for as many as reach the threshold. Default null. */
  maxFeatures?: number | null;
  /** Where importances stand in the model; see ImportanceGetter. Default 'auto'. */
  importanceGetter?: ImportanceGetter;
}

export interface SelectFromModelFitted extends ColumnsKept {
  /** One per column. */
  importances: Float64Array;
  /** The threshold as a number. */
  threshold: number;
}

const MULTIPLE = /^\s*(?:([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*\*\s*)?(mean|median)\s*$/i;

/**
 * Keeps the columns that a model finds important: by |coef| of a linear model, or by featureImportances of trees.
 * Options of the model inside are changed with `selector.with({ estimator: { C: 0.1 } })`.
 * `fitted`: columns, importances, threshold.
 *
 * @throws OptionError without a model; NotFittedError with `prefit` and a model that is not fitted; DataError for a
 * model that tells no importances
 * Counterpart: scikit-learn's SelectFromModel.
 *
 * @example
 * new SelectFromModel({ estimator: new Lasso({ alpha: 0.01 }) });
 */
export class SelectFromModel extends FeatureSelector<SelectFromModelOptions, SelectFromModelFitted> {
  static override readonly rules: Rules<SelectFromModelOptions> = {
    estimator: modelRule(),
    threshold: custom<number | string | null>(
      null,
      "a number, 'mean', 'median', a multiple such as '1.25*mean', or null",
      (v) => v === null || (typeof v === 'number' && !Number.isNaN(v)) || (typeof v === 'string' && MULTIPLE.test(v)),
      'most',
    ),
    prefit: flag(false),
    normOrder: custom<number>(1, 'a whole number of at least 1, or Infinity', (v) => v === Infinity || (Number.isInteger(v) && (v as number) >= 1), 0),
    maxFeatures: optional(integer(1, { min: 0 })),
    importanceGetter: getterRule(),
  };

  override with(changes: Partial<SelectFromModelOptions>): this {
    return super.with(changeModelOptions(this.options as SelectFromModelOptions, changes));
  }

  protected async learn(X: Matrix, y: ArrayLike<unknown> | undefined, sampleWeight: Float64Array | undefined): Promise<SelectFromModelFitted> {
    const { prefit, normOrder, maxFeatures, importanceGetter } = this.options;
    const given = needModel(this.owner, this.options.estimator);
    if (prefit && !given.isFitted) throw new NotFittedError(`${this.owner}: estimator must be fitted with prefit, but is not. Fit it first, or leave prefit out.`);
    if (!prefit && y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one value per row.`);
    const model = prefit ? given : given.clone();
    if (!prefit) await model.fit(X, y, sampleWeight && { sampleWeight });
    const importances = importancesOf(this.owner, model, importanceGetter, X.cols, normOrder);
    const threshold = this.#limit(model, importances);
    const marks = Array.from(importances, (importance) => importance >= threshold);
    if (maxFeatures !== null) {
      const order = Array.from(importances.keys()).sort((a, b) => importances[b] - importances[a]);
      for (const j of order.slice(maxFeatures)) marks[j] = false;
    }
    return { columns: positions(marks), importances, threshold };
  }

  #limit(model: ImportanceModel, importances: Float64Array): number {
    const threshold = this.options.threshold ?? (isLasso(model) ? 1e-5 : 'mean');
    if (typeof threshold === 'number') return threshold;
    const [, factor = '1', reference] = MULTIPLE.exec(threshold) ?? [];
    if (reference === undefined) throw new OptionError(`${this.owner}: threshold must be a multiple of mean or median, got ${show(threshold)}.`);
    return Number(factor) * (reference.toLowerCase() === 'mean' ? importances.reduce((sum, value) => sum + value, 0) / importances.length : median(importances.slice()));
  }
}

/** Whether a model's penalty is a lasso and nothing else, so that unimportant coefficients are exactly zero. */
function isLasso(model: ImportanceModel): boolean {
  if (/Lasso/.test(model.constructor.name)) return true;
  const { l1Ratio: learned } = model.fitted as { l1Ratio?: unknown };
  const { l1Ratio: given, penalty } = model.options as { l1Ratio?: unknown; penalty?: unknown };
  return learned === 1 || (learned === undefined && given === 1) || penalty === 'l1';
}
