import type { Takes } from '../core/estimator.ts';
import { DataError, ShapeError } from '../core/errors.ts';
import { compareLabels, type Label } from '../core/labels.ts';
import { choice, custom, flag, type Rules } from '../core/rules.ts';
import { show, showList } from '../core/show.ts';
import { Transformer } from '../core/transformer.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { stackColumns } from '../matrix/stack-columns.ts';
import { columnNames, columnTitle, isMissing, type Cell, type Cells, type CellsLike, type ColumnsSeen } from '../table/cells.ts';
import { columnData, type ColumnData } from '../table/column-data.ts';
import { firstWord } from '../table/first-word.ts';
import { Table } from '../table/table.ts';
import { checkWidth, readAny, widthOf, type AnyColumns, type MissingValues } from './any-columns.ts';
import { columnStatistics, fillColumns, keptColumns, type FillRule } from './column-statistics.ts';
import { missingValuesRule } from './missing-indicator.ts';
import { columnsWithMissing, missingMask } from './missing-mask.ts';

export interface SimpleImputerOptions {
  /** What stands for a missing value besides null. Default NaN. */
  missingValues?: MissingValues;
  /** What fills a column: its mean or median (numbers only), its most frequent value (the smallest of several), or `fillValue`. Default 'mean'. */
  strategy?: 'mean' | 'median' | 'mostFrequent' | 'constant';
  /** Fills with strategy 'constant'. Default null: 0 in columns of numbers, 'missing_value' in text, false in booleans beside text. */
  fillValue?: Label | null;
  /** Whether to add a column of zeros and ones for each column that had missing values in fit. Default false. */
  addIndicator?: boolean;
  /** Whether to keep columns without any value in fit, filled with 0 (or `fillValue`). Default false: they are dropped. */
  keepEmptyFeatures?: boolean;
}

/** What SimpleImputer has learned. */
export interface SimpleImputerFitted extends ColumnsSeen {
  /** What fills each column; NaN for a column that is dropped. */
  statistics: Float64Array | readonly Cell[];
  /** Columns with missing values in fit, which have an indicator; null without `addIndicator`. */
  indicatorFeatures: Int32Array | null;
  /** What there is to know of the data: which columns are dropped. */
  notes: string[];
}

/**
 * Fills missing values, column by column, with what fit learned.
 *
 * X: a Matrix (dense or CSR), a Table, or rows of values. Columns of numbers and booleans only give a Matrix; as soon
 * as one column holds text, the result is a Table. Every value of a column without missing ones stays.
 *
 * `fitted`: statistics, indicatorFeatures, notes, nFeaturesIn, featureNamesIn.
 * @throws DataError for a mean or median of text, and for a fillValue of another type than its column
 *
 * Counterpart: scikit-learn's SimpleImputer. Columns of text and numbers can be filled together; the default
 * fill then goes by column. A sparse column without stored values is one of zeros; there it counts as empty for "constant".
 *
 * @example
 * const imputer = await new SimpleImputer({ strategy: 'median' }).fit([[1], [NaN], [3], [8]]);
 * (await imputer.transform([[NaN]])).toArray(); // [[3]]
 */
export class SimpleImputer extends Transformer<SimpleImputerOptions, SimpleImputerFitted, CellsLike | MatrixLike, Matrix | Table> {
  static override readonly rules: Rules<SimpleImputerOptions> = {
    missingValues: missingValuesRule(),
    strategy: choice('mean', ['mean', 'median', 'mostFrequent', 'constant']),
    fillValue: custom<Label | null>(null, 'a finite number, text, true, false or null', (v) => v === null || Number.isFinite(v) || typeof v === 'string' || typeof v === 'boolean'),
    addIndicator: flag(false),
    keepEmptyFeatures: flag(false),
  };

  static override readonly takes: Takes = 'any';

  async fit(X: CellsLike | MatrixLike): Promise<this> {
    const read = readAny(this.owner, X, this.options.missingValues);
    const statistics = read.matrix !== undefined ? columnStatistics(read.matrix, this.#rule('0')) : this.#values(read.cells);
    const seen: ColumnsSeen = { nFeaturesIn: widthOf(read), featureNamesIn: read.names };
    const dropped = columnNames(this.owner, seen).filter((_, j) => statistics[j] !== statistics[j]);
    const notes = dropped.length === 0 ? [] : [`${this.owner}: columns without any value are dropped: ${showList(dropped)}. Set keepEmptyFeatures: true to keep them.`];
    return this.restore({ ...seen, statistics, indicatorFeatures: this.options.addIndicator ? columnsWithMissing(read) : null, notes });
  }

  override async transform(X: Table): Promise<Matrix | Table>;
  override async transform(X: MatrixLike): Promise<Matrix>;
  override async transform(X: CellsLike | MatrixLike): Promise<any>;
  override async transform(X: CellsLike | MatrixLike): Promise<any> {
    const { fitted } = this;
    const read = readAny(this.owner, X, this.options.missingValues, { seen: fitted, minRows: 0 });
    checkWidth(this.owner, read, fitted);
    const { statistics, indicatorFeatures } = fitted;
    const kept = keptColumns(statistics);
    const numeric = kept.every((j) => typeof statistics[j] === 'number' || typeof statistics[j] === 'boolean');
    if (read.matrix !== undefined && numeric) {
      const filled = fillColumns(read.matrix, Float64Array.from(statistics as ArrayLike<number>, Number));
      return indicatorFeatures === null ? filled : stackColumns([filled, missingMask(read, indicatorFeatures)]);
    }
    return this.#fillTable(read, kept);
  }

  /**
   * Takes indicators back: marked values become missing again, dropped columns come back as missing.
   * @throws DataError without `addIndicator`
   */
  async inverseTransform(X: MatrixLike): Promise<Matrix> {
    const { statistics, indicatorFeatures, nFeaturesIn } = this.fitted;
    if (indicatorFeatures === null) throw new DataError(`${this.owner}: inverseTransform needs the indicators of addIndicator: true.`);
    const filled = asMatrix(this.owner, X, { minRows: 0 }).toDense();
    const kept = keptColumns(statistics);
    if (filled.cols !== kept.length + indicatorFeatures.length) {
      throw new ShapeError(`${this.owner}: X has ${filled.cols} columns, but transform returns ${kept.length + indicatorFeatures.length}.`);
    }
    const { missingValues } = this.options;
    const missing = typeof missingValues === 'number' ? missingValues : Number.NaN;
    const original = new DenseMatrix(filled.rows, nFeaturesIn, new Float64Array(filled.rows * nFeaturesIn).fill(missing));
    for (let i = 0; i < filled.rows; i++) {
      kept.forEach((j, at) => (original.data[i * nFeaturesIn + j] = filled.at(i, at)));
      indicatorFeatures.forEach((j, at) => {
        if (filled.at(i, kept.length + at) !== 0) original.data[i * nFeaturesIn + j] = missing;
      });
    }
    return original;
  }

  override featureNamesOut(inputNames?: readonly string[]): string[] {
    const { statistics, indicatorFeatures } = this.fitted;
    const names = columnNames(this.owner, this.fitted, inputNames);
    const kept = names.filter((_, j) => statistics[j] === statistics[j]);
    return [...kept, ...Array.from(indicatorFeatures ?? [], (j) => `missingindicator_${names[j]}`)];
  }

  #rule(title: string): FillRule {
    const { strategy, fillValue, keepEmptyFeatures } = this.options;
    return { strategy, fillValue: strategy === 'constant' ? numericFill(this.owner, fillValue, title) : 0, keepEmptyFeatures };
  }

  #values(X: Cells): Cell[] {
    const { strategy, fillValue } = this.options;
    return X.columns.map((values, j): Cell => {
      const title = columnTitle(X.names, j);
      const type = typeOf(this.owner, values, title);
      if ((strategy === 'mean' || strategy === 'median') && type === 'string') {
        const { row, isStray } = firstWord(values);
        const remedy = isStray ? 'Correct it, or name it in naWords when you read the file' : "Use strategy: 'mostFrequent' or 'constant'";
        throw new DataError(`${this.owner}: strategy '${strategy}' needs numbers, row ${row} column ${title} has ${show(values[row])}. ${remedy}.`);
      }
      const isEmpty = Array.prototype.every.call(values, isMissing);
      if (!isEmpty && strategy === 'constant' && type !== 'number') return otherFill(this.owner, fillValue, type, title);
      if (!isEmpty && strategy === 'mostFrequent') return mode(values);
      const numbers = DenseMatrix.column(Array.from(values, (value) => (isMissing(value) ? Number.NaN : Number(value))));
      return columnStatistics(numbers, this.#rule(title))[0];
    });
  }

  #fillTable({ matrix, cells }: AnyColumns, kept: Int32Array): Table {
    const { fitted } = this;
    const { statistics, indicatorFeatures } = fitted;
    const names = columnNames(this.owner, fitted);
    const source = cells?.table ?? null;
    const valuesOf = (j: number): ArrayLike<Cell> => (cells === undefined ? matrix.toDense().col(j) : cells.columns[j]);
    const columns = Array.from(kept, (j): [string, ColumnData] => {
      const name = names[j];
      const stored = source?.has(name) === true ? source.data(name) : undefined;
      const values = valuesOf(j);
      // Other values were read where some of those stored stand for missing ones.
      if (stored !== undefined && stored.values === values && isComplete(stored, statistics[j])) return [name, stored];
      const filled = this.#filled(j, values, statistics[j]);
      return [name, stored?.kind === 'date' ? { kind: 'date', values: Float64Array.from(filled as number[]) } : columnData(this.owner, name, filled)];
    });
    if (indicatorFeatures !== null) {
      const mask = missingMask(cells === undefined ? { matrix: matrix!, names: null } : { cells, names: null }, indicatorFeatures).toDense();
      indicatorFeatures.forEach((j, at) => columns.push([`missingindicator_${names[j]}`, columnData(this.owner, names[j], mask.col(at))]));
    }
    return new Table(columns, cells?.rows ?? matrix!.rows);
  }

  #filled(j: number, values: ArrayLike<Cell>, fill: Cell): Cell[] {
    const isText = typeof fill === 'string';
    return Array.from(values, (value, i) => {
      if (isMissing(value)) return fill;
      if ((typeof value === 'string') === isText) return value;
      throw new DataError(`${this.owner}: column ${columnTitle(this.fitted.featureNamesIn, j)} must hold ${isText ? 'text' : 'numbers'} as in fit, row ${i} has ${show(value)}.`);
    });
  }
}

/** Whether a Table's column, of the kind of what it would be filled with, has a value in every row: it may stay the same, with what is known of it. */
function isComplete({ kind, values }: ColumnData, fill: Cell): boolean {
  if (kind === 'text') return typeof fill === 'string' && !values.includes(null);
  return kind === 'number' && typeof fill === 'number' && !values.some(Number.isNaN);
}

/** The value that occurs most often, the smallest of several. */
function mode(values: ArrayLike<Cell>): Label {
  const counts = new Map<Label, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!isMissing(value)) counts.set(value as Label, (counts.get(value as Label) ?? 0) + 1);
  }
  return [...counts].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && compareLabels(b[0], a[0]) < 0) ? b : a))[0];
}

/** The type of a column's values; 'number' where there is none. @throws DataError for mixed types. */
function typeOf(owner: string, values: ArrayLike<Cell>, title: string): string {
  let type: string | undefined;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (isMissing(value)) continue;
    if (type !== undefined && typeof value !== type) {
      throw new DataError(`${owner}: column ${title} must hold values of one type, got ${type} and ${typeof value} (${show(value)} in row ${i}). Make them all text or all numbers.`);
    }
    type = typeof value;
  }
  return type ?? 'number';
}

function numericFill(owner: string, fillValue: Label | null, title: string): number {
  if (fillValue === null) return 0;
  if (typeof fillValue !== 'string') return Number(fillValue);
  throw new DataError(`${owner}: fillValue must be a number for column ${title}, which holds numbers, got ${show(fillValue)}.`);
}

function otherFill(owner: string, fillValue: Label | null, type: string, title: string): Cell {
  if (fillValue === null) return type === 'string' ? 'missing_value' : false;
  if (typeof fillValue === type) return fillValue;
  const kind = type === 'string' ? 'text' : 'true or false';
  throw new DataError(`${owner}: fillValue must be ${kind} for column ${title}, which holds ${kind}, got ${show(fillValue)}.`);
}
