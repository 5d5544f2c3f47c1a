import { DataError } from '../core/errors.ts';
import { custom, optional, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { FeatureSelector, type ColumnsKept } from './feature-selector.ts';
import { changeModelOptions, getterRule, importancesOf, modelRule, needModel, type ImportanceGetter, type ImportanceModel } from './importances.ts';

export interface RFEOptions {
  /** The model whose importances decide; clones of it are fitted. Must be given. */
  estimator?: ImportanceModel;
  /** How many columns to keep: a whole number, or a share in (0, 1). Default null: half of them. */
  nFeaturesToSelect?: number | null;
  /** How many columns to drop each time: a whole number, or a share of all columns in (0, 1). Default 1. */
  step?: number;
  /** Where importances stand in the model; see ImportanceGetter. Default 'auto'. */
  importanceGetter?: ImportanceGetter;
}

export interface RFEFitted extends ColumnsKept {
  /** 1 for columns kept, then one more for each time columns were dropped since: the first to go rank highest. */
  ranking: Int32Array;
}

export const countOrShare = (v: unknown): boolean =>
  typeof v === 'number' && ((Number.isInteger(v) && v >= 1) || (v > 0 && v < 1));

/**
 * Recursive feature elimination: fits a model, drops the columns that matter least to it, and again, until enough
 * are gone. Importances are squares, summed over classes. `fitted`: columns, ranking.
 *
 * @throws OptionError without a model; DataError for a model that tells no importances
 * Counterpart: scikit-learn's RFE. It selects only; put the model after it in a pipeline to predict.
 * Source: Guyon, Weston, Barnhill and Vapnik, "Gene selection for cancer classification using support vector
 * machines", Machine Learning 46, 2002.
 *
 * @example
 * new Pipeline([['select', new RFE({ estimator: new Ridge(), nFeaturesToSelect: 20 })], ['model', new Ridge()]]);
 */
export class RFE extends FeatureSelector<RFEOptions, RFEFitted> {
  static override readonly rules: Rules<RFEOptions> = {
    estimator: modelRule(),
    nFeaturesToSelect: optional(custom<number>(1, 'a whole number of at least 1, or a share in (0, 1)', countOrShare, -2)),
    step: custom<number>(1, 'a whole number of at least 1, or a share in (0, 1)', countOrShare, 0),
    importanceGetter: getterRule(),
  };

  override with(changes: Partial<RFEOptions>): this {
    return super.with(changeModelOptions(this.options as RFEOptions, changes));
  }

  protected async learn(X: Matrix, y: ArrayLike<unknown> | undefined, sampleWeight: Float64Array | undefined): Promise<RFEFitted> {
    const { nFeaturesToSelect, step, importanceGetter } = this.options;
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one value per row.`);
    const keep = nFeaturesToSelect === null ? Math.floor(X.cols / 2) : nFeaturesToSelect < 1 ? Math.trunc(X.cols * nFeaturesToSelect) : nFeaturesToSelect;
    return eliminate(this.owner, needModel(this.owner, this.options.estimator), X, y, sampleWeight, { keep, step, importanceGetter });
  }
}

export interface Elimination {
  /** Stop with this many columns. */
  keep: number;
  step: number;
  importanceGetter: ImportanceGetter;
  /** Called with each model and its columns before the next are dropped, and with the last model too. */
  onStep?: (model: ImportanceModel, columns: Int32Array) => Promise<void>;
}

/** Drops columns step by step; the ranking says when each went. */
export async function eliminate(
  owner: string,
  estimator: ImportanceModel,
  X: Matrix,
  y: ArrayLike<unknown>,
  sampleWeight: Float64Array | undefined,
  { keep, step, importanceGetter, onStep }: Elimination,
): Promise<RFEFitted> {
  const most = step < 1 ? Math.max(1, Math.trunc(step * X.cols)) : step;
  const ranking = new Int32Array(X.cols).fill(1);
  let columns = Int32Array.from({ length: X.cols }, (_, j) => j);
  const fit = async (): Promise<ImportanceModel> => {
    const model = estimator.clone();
    await model.fit(X.takeCols(columns), y, sampleWeight && { sampleWeight });
    return model;
  };
  while (columns.length > keep) {
    const model = await fit();
    await onStep?.(model, columns);
    const importances = importancesOf(owner, model, importanceGetter, columns.length, 'square');
    const order = Array.from(importances.keys()).sort((a, b) => importances[a] - importances[b]);
    const dropped = new Set(order.slice(0, Math.min(most, columns.length - keep)));
    columns = columns.filter((_, k) => !dropped.has(k));
    for (let j = 0; j < X.cols; j++) ranking[j]++;
    for (const j of columns) ranking[j] = 1;
  }
  if (onStep) await onStep(await fit(), columns);
  return { columns, ranking };
}
