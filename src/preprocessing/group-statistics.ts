import { CellsTransformer } from '../base/cells-transformer.ts';
import { DataError, ShapeError } from '../core/errors.ts';
import { median as middle } from '../core/median.ts';
import { custom, integer, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { columnNames, columnTitle, isMissing, type Cell, type Cells, type ColumnsSeen } from '../table/cells.ts';
import { categoryCodes, learnCategories } from './categories.ts';

/** What is told of a group's values; std has n − 1 below the fraction, as in pandas. */
const STATISTICS = { count, mean, std, min, median, max } as const;
export type GroupStatistic = keyof typeof STATISTICS;
const names = Object.keys(STATISTICS) as GroupStatistic[];

export interface GroupStatisticsOptions {
  /** How many leading columns name a row's group; the others hold numbers. Default 1. */
  keys?: number;
  /** What is told of each column of numbers within the row's group: 'count', 'mean', 'std', 'min', 'median', 'max'. Default ['mean', 'std']. */
  statistics?: readonly GroupStatistic[];
}

/** What GroupStatistics has learned. */
export interface GroupStatisticsLearned {
  /** Categories of each key: ascending, then null, then NaN. */
  categories: readonly (readonly Cell[])[];
  /** Each group's number among all combinations of categories, in the order of rows of `values`. */
  groups: Float64Array;
  /** Groups × (columns of numbers × statistics). */
  values: DenseMatrix;
  /** The same of all rows. */
  overall: Float64Array;
}

const isStatistics = (v: unknown): boolean => Array.isArray(v) && v.length > 0 && new Set(v).size === v.length && v.every((one) => names.includes(one));

/**
 * What the rows of the same group say of each number: the mean income in a district, the largest order of a customer. The groups'
 * statistics are learned in fit, so that in a fold they come from training rows only.
 *
 * X: a Table, a dense Matrix, or rows of values; the first `keys` columns name the group (a missing value is a name too), all others
 * hold numbers, whose missing values do not count. Result: a dense matrix, for each column of numbers one column per statistic, in
 * the order of `statistics`. A group that fit did not see, or that has too few values for a statistic, gets that of all rows, and
 * for 'count' the number of values it has. A column of numbers without any value gives NaN.
 *
 * Rows count alike: `sampleWeight` changes nothing. For the mean of the target take TargetEncoder, which leaves a row's own out.
 *
 * `fitted`: categories, groups, values, overall, nFeaturesIn, featureNamesIn.
 * scikit-learn has no counterpart; it is pandas' df.groupby(keys).agg(statistics), joined to the rows.
 *
 * @throws ShapeError for no column of numbers; DataError for a word among numbers
 * @example
 * const stage = await new GroupStatistics({ statistics: ['mean'] }).fit([['a', 1], ['a', 3], ['b', 7]]);
 * (await stage.transform([['a', 0], ['z', 0]])).toArray(); // [[2], [3.67]]
 */
export class GroupStatistics extends CellsTransformer<GroupStatisticsOptions, GroupStatisticsLearned> {
  static override readonly rules: Rules<GroupStatisticsOptions> = {
    keys: integer(1, { min: 1 }),
    statistics: custom<readonly GroupStatistic[]>(['mean', 'std'], `a list of ${names.map((name) => `'${name}'`).join(', ')}, each once`, isStatistics, ['mode']),
  };

  protected learn(X: Cells): GroupStatisticsLearned {
    const { keys, statistics } = this.options;
    if (X.width <= keys) throw new ShapeError(`${this.owner}: X must have a column of numbers behind ${keys === 1 ? 'the key' : `the ${keys} keys`}, got ${X.width} ${X.width === 1 ? 'column' : 'columns'}. Add one, or lower keys.`);
    const categories = learnCategories(this.owner, firstColumns(X, keys), 'auto', false).categories;
    const numbers = groupNumbers(X, categories);
    const groups = Float64Array.from(new Set(numbers)).sort();
    const { rows, starts } = rowsByGroup(numbers, groups);
    const width = (X.width - keys) * statistics.length;
    const values = new DenseMatrix(groups.length, width);
    const overall = new Float64Array(width);
    for (let j = keys; j < X.width; j++) {
      const column = numbersOf(this.owner, X, j);
      const first = (j - keys) * statistics.length;
      const all = present(column, rows, 0, rows.length);
      statistics.forEach((name, s) => (overall[first + s] = ofAll(name, all)));
      for (let g = 0; g < groups.length; g++) {
        const own = present(column, rows, starts[g], starts[g + 1]);
        statistics.forEach((name, s) => {
          const value = STATISTICS[name](own);
          values.data[g * width + first + s] = value === value ? value : overall[first + s];
        });
      }
    }
    return { categories, groups, values, overall };
  }

  protected apply(X: Cells, { categories, groups, values, overall }: GroupStatisticsLearned & ColumnsSeen): Matrix {
    const position = new Map(Array.from(groups, (group, g) => [group, g]));
    const result = new DenseMatrix(X.rows, values.cols);
    const numbers = groupNumbers(X, categories);
    const { cols } = values;
    for (let i = 0; i < numbers.length; i++) {
      const g = position.get(numbers[i]);
      const [from, first] = g === undefined ? [overall, 0] : [values.data, g * cols];
      for (let k = 0; k < cols; k++) result.data[i * cols + k] = from[first + k];
    }
    return result;
  }

  /** `income_mean_by_district`. */
  override featureNamesOut(inputNames?: readonly string[]): string[] {
    const { keys, statistics } = this.options;
    const all = columnNames(this.owner, this.fitted, inputNames);
    const by = all.slice(0, keys).join('_');
    return all.slice(keys).flatMap((name) => statistics.map((statistic) => `${name}_${statistic}_by_${by}`));
  }
}

/** The columns that name groups; of numbers nobody wants the categories. */
function firstColumns(X: Cells, width: number): Cells {
  return {
    rows: X.rows,
    width,
    names: X.names,
    oneMissing: X.oneMissing,
    table: X.table,
    codes: (j) => X.codes(j),
    get columns() {
      return X.columns;
    },
  };
}

/** What stands for a group without a statistic of its own: one value has no spread, an unknown group no rows. */
function ofAll(name: GroupStatistic, values: Float64Array): number {
  return name === 'count' || (name === 'std' && values.length === 1) ? 0 : STATISTICS[name](values);
}

/** Each row's group as a number, −1 where a key has a value that fit did not see. */
function groupNumbers(X: Cells, categories: readonly (readonly Cell[])[]): Float64Array {
  const numbers = new Float64Array(X.rows);
  categories.forEach((list, j) => {
    const codes = categoryCodes(X, j, list);
    for (let i = 0; i < numbers.length; i++) numbers[i] = numbers[i] < 0 || codes[i] < 0 ? -1 : numbers[i] * list.length + codes[i];
  });
  return numbers;
}

/** The rows of each group in turn, those of group g from `starts[g]` on. */
function rowsByGroup(numbers: Float64Array, groups: Float64Array): { rows: Int32Array; starts: Int32Array } {
  const position = new Map(Array.from(groups, (group, g) => [group, g]));
  const codes = new Int32Array(numbers.length);
  const starts = new Int32Array(groups.length + 1);
  for (let i = 0; i < codes.length; i++) {
    codes[i] = position.get(numbers[i]) as number;
    starts[codes[i] + 1]++;
  }
  for (let g = 0; g < groups.length; g++) starts[g + 1] += starts[g];
  const next = starts.slice();
  const rows = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) rows[next[codes[i]]++] = i;
  return { rows, starts };
}

/** @throws DataError naming the first value that is no number */
function numbersOf(owner: string, X: Cells, j: number): Float64Array {
  const name = X.names?.[j];
  if (name !== undefined && X.table?.kind(name) === 'number') return X.table.numbers(name);
  const column = X.columns[j];
  return Float64Array.from({ length: X.rows }, (_, i) => {
    const value = column[i];
    if (isMissing(value)) return Number.NaN;
    if (typeof value === 'string') throw new DataError(`${owner}: column ${columnTitle(X.names, j)} must hold numbers, row ${i} has ${show(value)}. Put the columns that name groups first, and say how many there are in keys.`);
    return Number(value);
  });
}

/** The values of some rows that are there. */
function present(column: Float64Array, rows: Int32Array, from: number, to: number): Float64Array {
  const values = new Float64Array(to - from);
  let there = 0;
  for (let p = from; p < to; p++) {
    const value = column[rows[p]];
    if (value === value) values[there++] = value;
  }
  return values.subarray(0, there);
}

// Of values without NaN; NaN where there are too few.
function count(values: Float64Array): number {
  return values.length;
}
function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
function std(values: Float64Array): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}
function min(values: Float64Array): number {
  let least = values.length === 0 ? Number.NaN : values[0];
  for (let i = 1; i < values.length; i++) if (values[i] < least) least = values[i];
  return least;
}
function median(values: Float64Array): number {
  return values.length === 0 ? Number.NaN : middle(values.slice());
}
function max(values: Float64Array): number {
  let most = values.length === 0 ? Number.NaN : values[0];
  for (let i = 1; i < values.length; i++) if (values[i] > most) most = values[i];
  return most;
}
