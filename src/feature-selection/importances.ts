import { DataError, OptionError } from '../core/errors.ts';
import { custom, type Rule } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';

/** A model that selectors can fit on some columns and ask for the importance of each. */
export interface ImportanceModel {
  readonly options: object;
  readonly isFitted: boolean;
  readonly fitted: object;
  clone(): ImportanceModel;
  with(changes: any): ImportanceModel;
  fit(X: any, y: any, options?: any): Promise<unknown>;
}

/**
 * Where importances stand: 'auto' for `fitted.coef`, else `fitted.featureImportances`; another name for that part of
 * `fitted`; or a function of the fitted model. A matrix has one row per output, an array one value per column.
 */
export type ImportanceGetter = string | ((model: any) => ArrayLike<number> | DenseMatrix);

export const modelRule = (): Rule<ImportanceModel> =>
  custom<ImportanceModel>(
    undefined as never,
    'a classifier or a regressor',
    (v) => ['fit', 'predict', 'clone', 'with'].every((method) => typeof (v as Record<string, unknown> | null)?.[method] === 'function'),
    'a model',
  );

export const getterRule = (): Rule<ImportanceGetter> =>
  custom<ImportanceGetter>('auto', "'auto', a name or a function", (v) => typeof v === 'function' || (typeof v === 'string' && v !== ''), 7);

/** @throws OptionError when the model was left out. */
export function needModel(owner: string, estimator: ImportanceModel | undefined): ImportanceModel {
  if (estimator === undefined) throw new OptionError(`${owner}: estimator must be a classifier or a regressor, got undefined.`);
  return estimator;
}

/** Options with changes applied; a plain object for `estimator` changes that model's own options. */
export function changeModelOptions<O extends { estimator?: any }>(options: O, changes: Partial<O>): O {
  const { estimator } = changes;
  const isChange = estimator !== undefined && estimator !== null && typeof estimator === 'object' && typeof estimator.fit !== 'function';
  return { ...options, ...changes, ...(isChange && options.estimator ? { estimator: options.estimator.with(estimator) } : {}) };
}

/**
 * One importance per column that the fitted model saw: |value| by `order` norm over outputs, or the sum of squares.
 * @param how the order of the norm (1, 2, Infinity), or 'square'
 * @throws DataError when the model tells none, or not one per column
 */
export function importancesOf(owner: string, model: ImportanceModel, getter: ImportanceGetter, cols: number, how: number | 'square'): Float64Array {
  const raw = typeof getter === 'function' ? getter(model) : partOf(owner, lastStage(model), getter);
  const values = raw instanceof DenseMatrix ? raw : new DenseMatrix(1, raw.length, Float64Array.from(raw));
  if (values.cols !== cols) {
    throw new DataError(`${owner}: importances must be one per column (${cols}), the estimator gave ${values.cols}.`);
  }
  const result = new Float64Array(cols);
  for (let j = 0; j < cols; j++) {
    for (let k = 0; k < values.rows; k++) {
      const size = Math.abs(values.data[k * cols + j]);
      if (how === 'square') result[j] += size * size;
      else if (how === Infinity) result[j] = Math.max(result[j], size);
      else result[j] += how === 1 || values.rows === 1 ? size : size ** how;
    }
    if (how !== 'square' && how !== 1 && how !== Infinity && values.rows > 1) result[j] **= 1 / how;
  }
  return result;
}

/** A pipeline's last stage; anything else itself. */
function lastStage(model: object): object {
  const { steps } = model as { steps?: readonly (readonly [string, object])[] };
  return Array.isArray(steps) && steps.length > 0 ? lastStage(steps[steps.length - 1][1]) : model;
}

function partOf(owner: string, model: object, name: string): ArrayLike<number> | DenseMatrix {
  const { fitted } = model as { fitted: Record<string, unknown> };
  const value = name === 'auto' ? (fitted.coef ?? fitted.featureImportances) : fitted[name];
  if (value instanceof DenseMatrix || ArrayBuffer.isView(value) || Array.isArray(value)) return value as ArrayLike<number> | DenseMatrix;
  const wanted = name === 'auto' ? 'coef or featureImportances' : name;
  throw new DataError(
    `${owner}: estimator must have ${wanted} among what it has learned, ${model.constructor.name} has ${show(value)}. Use another model or importanceGetter.`,
  );
}
