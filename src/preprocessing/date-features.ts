import { CellsTransformer } from '../base/cells-transformer.ts';
import { DataError, OptionError } from '../core/errors.ts';
import { choice, custom, type Rules } from '../core/rules.ts';
import { show, showList } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { columnNames, columnTitle, isMissing, type Cell, type Cells, type ColumnsSeen } from '../table/cells.ts';
import { parseDate } from '../table/parse-date.ts';
import { cyclePosition, cyclicParts, datePart, dateParts, type CyclicPart, type DatePart } from './calendar.ts';

export interface DateFeaturesOptions {
  /** Calendar parts of each column, in this order. Default ['year', 'month', 'day', 'dayOfWeek', 'dayOfYear']. */
  parts?: readonly DatePart[];
  /** Parts that come round, each given as sine and cosine of its angle, so that December stands next to January. Default []. */
  cyclic?: readonly CyclicPart[];
  /** Days since: a date as text, the earliest date of the column in fit ('first'), or null for no such column. Default null. */
  since?: string | null;
  /** Pairs [later, earlier] of column names (or positions): the days between them. Default []. */
  differences?: readonly (readonly [string | number, string | number])[];
  /** How text is read: year first as in 2024-05-31, or 31/05/2024 ('dayFirst'), or 05/31/2024 ('monthFirst'). Default 'yearFirst'. */
  order?: 'yearFirst' | 'dayFirst' | 'monthFirst';
  /** Text that is no date: an error, or missing. Default 'error'. */
  handleInvalid?: 'error' | 'missing';
}

/** What DateFeatures has learned. */
export interface DateFeaturesLearned {
  /** The reference of `since` for each column, milliseconds since 1970-01-01 UTC; null without `since`. */
  reference: Float64Array | null;
}

const DAY = 86_400_000;
const SLASHED = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(.*)$/;

const listOf = <T extends string>(defaultValue: readonly T[], values: readonly T[]) =>
  custom<readonly T[]>(defaultValue, `a list of ${values.map(show).join(', ')}`, (v) => Array.isArray(v) && v.every((part) => values.includes(part)), ['no such part']);

/**
 * Numbers from dates: calendar parts, sine and cosine of what comes round, days since a date, days between columns.
 *
 * X: a Table, or rows of values: dates, text, or numbers that are milliseconds since 1970-01-01 UTC. Result: dense;
 * for each column its parts, its cycles and `since`, in this order, then the differences. A missing date is NaN in all
 * of its features: put an imputer after this stage. Everything is in UTC, so that results do not depend on the machine.
 *
 * `fitted`: reference, nFeaturesIn, featureNamesIn. Names of columns: `sold_month`, `sold_month_sin`, `sold_daysSince`,
 * `sold_minus_built_days`. scikit-learn has no counterpart; parts are those of pandas' Series.dt.
 *
 * @throws DataError for text that is no date, naming row, column and value
 *
 * @example
 * const dates = await new DateFeatures({ parts: ['month'], since: 'first' }).fit({ sold: ['2024-05-31', '2024-06-02'] });
 * (await dates.transform({ sold: ['2024-06-02'] })).toArray(); // [[6, 2]]
 */
export class DateFeatures extends CellsTransformer<DateFeaturesOptions, DateFeaturesLearned> {
  static override readonly rules: Rules<DateFeaturesOptions> = {
    parts: listOf<DatePart>(['year', 'month', 'day', 'dayOfWeek', 'dayOfYear'], dateParts),
    cyclic: listOf<CyclicPart>([], cyclicParts),
    since: custom<string | null>(null, "a date as '2024-05-31', 'first' or null", (v) => v === null || v === 'first' || (typeof v === 'string' && !Number.isNaN(parseDate(v))), 'yesterday'),
    differences: custom<readonly (readonly [string | number, string | number])[]>(
      [],
      'a list of pairs of columns',
      (v) => Array.isArray(v) && v.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((c) => typeof c === 'string' || Number.isInteger(c))),
      ['sold'],
    ),
    order: choice('yearFirst', ['yearFirst', 'dayFirst', 'monthFirst']),
    handleInvalid: choice('error', ['error', 'missing']),
  };

  protected learn(X: Cells): DateFeaturesLearned {
    const times = this.#times(X);
    const width = times.length * this.#perColumn() + this.options.differences.length;
    if (width === 0) throw new OptionError(`${this.owner}: parts, cyclic, since or differences must ask for something, got nothing.`);
    this.#pairs({ nFeaturesIn: X.columns.length, featureNamesIn: X.names });
    const { since } = this.options;
    if (since === null) return { reference: null };
    return {
      reference: Float64Array.from(times, (column, j) => {
        if (since !== 'first') return parseDate(since);
        const first = column.reduce((least, time) => (time < least ? time : least), Infinity);
        if (first < Infinity) return first;
        throw new DataError(`${this.owner}: column ${columnTitle(X.names, j)} must have a date for since: 'first', got none.`);
      }),
    };
  }

  protected apply(X: Cells, fitted: DateFeaturesLearned & ColumnsSeen): Matrix {
    const times = this.#times(X);
    const { parts, cyclic } = this.options;
    const pairs = this.#pairs(fitted);
    const width = times.length * this.#perColumn() + pairs.length;
    const result = new DenseMatrix(X.rows, width);
    const { data } = result;
    let at = 0;
    const write = (column: Float64Array, value: (time: number) => number): void => {
      for (let i = 0; i < X.rows; i++) data[i * width + at] = column[i] === column[i] ? value(column[i]) : Number.NaN;
      at++;
    };
    times.forEach((column, j) => {
      for (const part of parts) write(column, (time) => datePart(time, part));
      for (const part of cyclic) {
        write(column, (time) => Math.sin(2 * Math.PI * cyclePosition(time, part)));
        write(column, (time) => Math.cos(2 * Math.PI * cyclePosition(time, part)));
      }
      const { reference } = fitted;
      if (reference !== null) write(column, (time) => (time - reference[j]) / DAY);
    });
    for (const [later, earlier] of pairs) {
      for (let i = 0; i < X.rows; i++) data[i * width + at] = (times[later][i] - times[earlier][i]) / DAY;
      at++;
    }
    return result;
  }

  override featureNamesOut(inputNames?: readonly string[]): string[] {
    const { parts, cyclic, since } = this.options;
    const names = columnNames(this.owner, this.fitted, inputNames);
    const features = [...parts, ...cyclic.flatMap((part) => [`${part}_sin`, `${part}_cos`]), ...(since === null ? [] : ['daysSince'])];
    const differences = this.#pairs(this.fitted).map(([later, earlier]) => `${names[later]}_minus_${names[earlier]}_days`);
    return [...names.flatMap((name) => features.map((feature) => `${name}_${feature}`)), ...differences];
  }

  #perColumn(): number {
    const { parts, cyclic, since } = this.options;
    return parts.length + 2 * cyclic.length + (since === null ? 0 : 1);
  }

  #pairs(seen: ColumnsSeen): [number, number][] {
    const names = columnNames(this.owner, seen);
    const position = (column: string | number): number => {
      const j = typeof column === 'number' ? column : names.indexOf(column);
      if (j >= 0 && j < names.length) return j;
      throw new OptionError(`${this.owner}: differences must name columns of X (${showList(names)}), got ${show(column)}.`);
    };
    return this.options.differences.map(([later, earlier]) => [position(later), position(earlier)]);
  }

  #times(X: Cells): Float64Array[] {
    return X.columns.map((values, j) =>
      Float64Array.from({ length: X.rows }, (_, i) => {
        const value = values[i];
        if (isMissing(value)) return Number.NaN;
        const time = this.#timeOf(value);
        if (time === time || (typeof value === 'string' && this.options.handleInvalid === 'missing')) return time;
        throw new DataError(
          `${this.owner}: X must hold dates, row ${i} column ${columnTitle(X.names, j)} has ${show(value)}. ` +
            (typeof value === 'string' ? "Set order, or handleInvalid: 'missing'." : 'Choose columns of dates.'),
        );
      }),
    );
  }

  #timeOf(value: Cell): number {
    if (typeof value === 'number') return Math.abs(value) <= 8.64e15 ? value : Number.NaN;
    if (typeof value !== 'string') return Number.NaN;
    const { order } = this.options;
    const text = value.trim();
    const match = order === 'yearFirst' ? null : SLASHED.exec(text);
    if (match === null) return parseDate(text);
    const [, a, , b, year, rest] = match;
    const [day, month] = order === 'dayFirst' ? [a, b] : [b, a];
    return parseDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${rest}`);
  }
}
