import { DataError, OptionError } from '../core/errors.ts';
import { completeOptions, custom, integer, type Rules } from '../core/rules.ts';
import type { Label } from '../core/labels.ts';
import { rowCount } from '../core/rows.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, isMatrix } from '../matrix/matrix.ts';
import { Table } from '../table/table.ts';

export interface PartialDependenceOptions {
  /** Points of the grid for a column with more distinct values. Default 100. */
  gridResolution?: number;
  /** Quantiles between which the grid lies. Default [0.05, 0.95]. */
  percentiles?: readonly [number, number];
}

/** How predictions change with one column, all others as they are. */
export interface PartialDependence {
  /** The column's name: a Table's, else x0, x1, …. */
  name: string;
  /** Values that the column was set to: numbers ascending, or categories. */
  grid: readonly Label[];
  /** Classes that the outputs stand for (two classes: the second alone); null for numbers. */
  outputs: readonly Label[] | null;
  /** Outputs × grid: the mean prediction. */
  average: DenseMatrix;
  /** Rows × grid, one per output: each row's prediction ("individual conditional expectation", ICE). */
  individual: readonly DenseMatrix[];
}

const rules: Rules<PartialDependenceOptions> = {
  gridResolution: integer(100, { min: 2 }),
  percentiles: custom<readonly [number, number]>(
    [0.05, 0.95],
    'two ascending numbers in [0, 1]',
    (v) => Array.isArray(v) && v.length === 2 && v[0] >= 0 && v[0] < v[1] && v[1] <= 1,
    [1, 0],
  ),
};

/**
 * What a fitted model predicts when one column is set to each value of a grid in every row, on average and row by row.
 * Any model or pipeline will do: probabilities are asked of classifiers, numbers of regressors.
 *
 * The grid is the column's distinct values where there are at most `gridResolution` (always for text and booleans), else
 * as many points at equal distances between the percentiles. Rows that no data resemble (a child of 80 kg) count too.
 *
 * @param column number, or a Table's name
 * @throws OptionError for a column that X lacks, DataError for one without values
 * Counterpart: scikit-learn's partial_dependence(kind="both", method="brute") of one feature.
 * Source: Friedman, 2001; Goldstein et al., "Peeking inside the black box", 2015.
 *
 * @example
 * const { grid, average } = await partialDependence(model, X, 'age');
 */
export async function partialDependence(model: any, X: any, column: number | string, options: PartialDependenceOptions = {}): Promise<PartialDependence> {
  const { gridResolution, percentiles } = completeOptions<PartialDependenceOptions>('partialDependence', options, rules);
  const source = isMatrix(X) || Array.isArray(X) ? asMatrix('partialDependence', X, { allowNaN: true }).toDense() : Table.from(X);
  const rows = rowCount(source);
  const names = source instanceof Table ? source.names : Array.from({ length: source.cols }, (_, j) => `x${j}`);
  const j = typeof column === 'number' ? column : names.indexOf(column);
  if (!(Number.isInteger(j) && j >= 0 && j < names.length)) {
    throw new OptionError(`partialDependence: column must be one of X's (${names.map(show).join(', ')}), got ${show(column)}.`);
  }
  const values = source instanceof Table ? (source.data(names[j]).values as ArrayLike<Label | null>) : source.col(j);
  const grid = gridOf(names[j], values, gridResolution, percentiles);
  const classes: readonly Label[] | null = typeof model.predictProba === 'function' ? lastOf(model).fitted.classes : null;
  const outputs = classes !== null && classes.length === 2 ? [classes[1]] : classes;
  const count = outputs?.length ?? 1;
  const individual = Array.from({ length: count }, () => new DenseMatrix(rows, grid.length));
  const average = new DenseMatrix(count, grid.length);
  for (const [g, value] of grid.entries()) {
    const changed = withValue(source, names[j], j, value);
    const predicted: ArrayLike<number> = classes === null ? await model.predict(changed) : (await model.predictProba(changed)).data;
    const width = classes?.length ?? 1;
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < rows; i++) {
        const one = predicted[i * width + (width === 2 ? 1 : k)];
        individual[k].data[i * grid.length + g] = one;
        average.data[k * grid.length + g] += one / rows;
      }
    }
  }
  return { name: names[j], grid, outputs, average, individual };
}

/** A pipeline's last stage; any other model itself. */
const lastOf = (model: any): any => (Array.isArray(model.steps) ? lastOf(model.steps[model.steps.length - 1][1]) : model);

function gridOf(name: string, values: ArrayLike<Label | null>, resolution: number, [low, high]: readonly [number, number]): Label[] {
  const present = Array.from(values).filter((value): value is Label => value !== null && value === value);
  if (present.length === 0) throw new DataError(`partialDependence: column ${show(name)} must have a value in some row, got none.`);
  const distinct = [...new Set(present)].sort((a, b) => (a < b ? -1 : 1));
  if (typeof distinct[0] !== 'number' || distinct.length <= resolution) return distinct;
  const sorted = Float64Array.from(present as number[]).sort();
  // scipy's mquantiles: plotting positions between (0.4, 0.4).
  const quantile = (share: number): number => {
    const at = sorted.length * share + 0.4 + 0.2 * share;
    const before = Math.floor(Math.min(Math.max(at, 1), sorted.length - 1));
    const rest = Math.min(Math.max(at - before, 0), 1);
    return (1 - rest) * sorted[before - 1] + rest * sorted[before];
  };
  const [first, last] = [quantile(low), quantile(high)];
  if (first === last) return distinct;
  return Array.from({ length: resolution }, (_, i) => first + ((last - first) * i) / (resolution - 1));
}

/** X with one column set to one value. */
function withValue(X: Table | DenseMatrix, name: string, j: number, value: Label): Table | DenseMatrix {
  if (X instanceof Table) {
    const filled = X.with({ [name]: new Array<Label>(X.rows).fill(value) });
    return X.kind(name) === 'date' ? X.with({ [name]: new Array<Date>(X.rows).fill(new Date(value as number)) }) : filled;
  }
  const changed = X.copy();
  for (let i = 0; i < X.rows; i++) changed.data[i * X.cols + j] = value as number;
  return changed;
}
