import { DataError } from '../core/errors.ts';
import type { Takes } from '../core/estimator.ts';
import { compareCodePoints } from '../core/labels.ts';
import { custom, flag, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { Transformer } from '../core/transformer.ts';
import { CsrBuilder } from '../matrix/csr-builder.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { forEntries, type RecordsLike } from './record-entries.ts';

export interface DictVectorizerOptions {
  /** Between the name and the text in the name of a column. Default '='. */
  separator?: string;
  /** Whether to return a CsrMatrix. Default true. */
  sparse?: boolean;
  /** Whether columns are ordered by name, by code point; else as they come. Default true. */
  sort?: boolean;
}

/** What DictVectorizer has learned. */
export interface DictVectorizerFitted {
  /** Names of the columns. */
  featureNames: readonly string[];
}

/**
 * Rows by names as a matrix: a number takes a column of its name; a text takes the column name=text, with 1 where the row has
 * it; a list of texts a column for each.
 *
 * X: objects or maps, one a row, or a Table, or a Matrix, whose columns are called x0, x1, …. true counts as 1, false as 0, null
 * as NaN; undefined is left out. The result is rows × columns, sparse, or dense with sparse: false. Columns that fit did not see
 * are passed over. A text that comes twice in a list counts twice.
 *
 * `fitted`: featureNames.
 *
 * Counterpart: scikit-learn's DictVectorizer; its vocabulary_ is the position in featureNames. restrict() returns a new one.
 *
 * @throws DataError for rows without names, none, or values of another kind
 * @example
 * const rows = await new DictVectorizer({ sparse: false }).fitTransform([{ city: 'Rome', age: 3 }, { city: 'Oslo' }]);
 * rows.toArray(); // [[3, 0, 1], [0, 1, 0]], columns age, city=Oslo, city=Rome
 */
export class DictVectorizer extends Transformer<DictVectorizerOptions, DictVectorizerFitted, RecordsLike, Matrix> {
  static override readonly takes: Takes = 'table';

  static override readonly rules: Rules<DictVectorizerOptions> = {
    separator: custom('=', 'a text', (v) => typeof v === 'string'),
    sparse: flag(true),
    sort: flag(true),
  };

  async fit(X: RecordsLike): Promise<this> {
    const names = new Set<string>();
    let rows = 0;
    forEntries(this.owner, X, (name, value, row) => this.#features(name, value, row, (feature) => names.add(feature)), () => rows++);
    this.#checkRows(rows);
    const featureNames = [...names];
    return this.restore({ featureNames: this.options.sort ? featureNames.sort(compareCodePoints) : featureNames });
  }

  /** `fit` and `transform` in one pass over X. */
  override async fitTransform(X: RecordsLike): Promise<Matrix> {
    const columnOf = new Map<string, number>();
    const found = this.#collect(X, (feature) => {
      let column = columnOf.get(feature);
      if (column === undefined) columnOf.set(feature, (column = columnOf.size));
      return column;
    });
    this.#checkRows(found.rows);
    const made = found.build(columnOf.size);
    const featureNames = [...columnOf.keys()];
    if (this.options.sort) featureNames.sort(compareCodePoints);
    this.restore({ featureNames });
    return this.#asAsked(this.options.sort ? made.takeCols(featureNames.map((name) => columnOf.get(name) as number)) : made);
  }

  async transform(X: RecordsLike): Promise<Matrix> {
    const { featureNames } = this.fitted;
    const columnOf = new Map(featureNames.map((name, j) => [name, j]));
    return this.#asAsked(this.#collect(X, (feature) => columnOf.get(feature)).build(featureNames.length));
  }

  /** Rows by names again, zeros left out; texts stay names of columns, with 1. @throws ShapeError unless X has the columns of `fitted` */
  async inverseTransform(X: MatrixLike): Promise<Record<string, number>[]> {
    const { featureNames } = this.fitted;
    const matrix = asMatrix(this.owner, X, { minRows: 0, allowNaN: true });
    checkFeatures(this.owner, matrix, featureNames.length);
    return Array.from({ length: matrix.rows }, (_, i) => {
      const row: Record<string, number> = {};
      const [from, to] = matrix.kind === 'csr' ? [matrix.indptr[i], matrix.indptr[i + 1]] : [i * matrix.cols, (i + 1) * matrix.cols];
      for (let p = from; p < to; p++) if (matrix.data[p] !== 0) row[featureNames[matrix.kind === 'csr' ? matrix.indices[p] : p - from]] = matrix.data[p];
      return row;
    });
  }

  /**
   * A fitted vectorizer with some of the columns only, as of a feature selector's support.
   * @param support one boolean a column, or numbers of columns in the order they are to have
   */
  restrict(support: readonly boolean[] | ArrayLike<number>): DictVectorizer {
    const { featureNames } = this.fitted;
    const given = Array.from(support as ArrayLike<boolean | number>);
    const kept = given.every((value) => typeof value === 'boolean') ? featureNames.filter((_, j) => given[j]) : given.map((j) => featureNames[j as number]);
    const odd = kept.indexOf(undefined as unknown as string);
    if (odd >= 0) throw new DataError(`${this.owner}: support must hold numbers of columns below ${featureNames.length}, got ${show(given[odd])}.`);
    return this.clone().restore({ featureNames: kept });
  }

  override featureNamesOut(): string[] {
    return [...this.fitted.featureNames];
  }

  #collect(X: RecordsLike, columnOf: (feature: string) => number | undefined): CsrBuilder {
    const builder = new CsrBuilder();
    const add = (feature: string, value: number): void => {
      const column = columnOf(feature);
      if (column !== undefined) builder.add(column, value);
    };
    forEntries(this.owner, X, (name, value, row) => this.#features(name, value, row, add), () => builder.endRow());
    return builder;
  }

  #features(name: string, value: unknown, row: number, add: (feature: string, value: number) => void): void {
    if (typeof value === 'string') add(name + this.options.separator + value, 1);
    else if (typeof value === 'number' || typeof value === 'boolean') add(name, Number(value));
    else if (value === null) add(name, Number.NaN);
    else if (Array.isArray(value) || value instanceof Set) {
      for (const text of value) {
        if (typeof text !== 'string') throw new DataError(`${this.owner}: a list must hold texts, ${show(name)} of row ${row} has ${show(text)}.`);
        add(name + this.options.separator + text, 1);
      }
    } else if (value !== undefined) throw new DataError(`${this.owner}: a value must be a number, a text or a list of texts, ${show(name)} of row ${row} has ${show(value)}.`);
  }

  #checkRows(rows: number): void {
    if (rows === 0) throw new DataError(`${this.owner}: X must have at least 1 row, got none.`);
  }

  #asAsked(made: CsrMatrix): Matrix {
    return this.options.sparse ? made : made.toDense();
  }
}
