import { DataError } from '../core/errors.ts';
import type { Takes } from '../core/estimator.ts';
import { murmurHash3 } from '../core/murmur-hash3.ts';
import { choice, flag, integer, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { Transformer } from '../core/transformer.ts';
import { CsrBuilder } from '../matrix/csr-builder.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { isMatrix } from '../matrix/matrix.ts';
import { Table } from '../table/table.ts';
import { forEntries, type RecordsLike } from './record-entries.ts';

export interface FeatureHasherOptions {
  /** Number of columns; more columns, fewer features that share one. Default 2²⁰. */
  nFeatures?: number;
  /**
   * What a row is: 'dict', an object or a map of names and values; 'pair', a list of [name, value]; 'string', a list of names,
   * each with value 1. A Table and a Matrix have rows of names and values. Default 'dict'.
   */
  inputType?: 'dict' | 'pair' | 'string';
  /** Whether a value is taken with a minus where the hash is negative, so that features in one column cancel on average. Default true. */
  alternateSign?: boolean;
}

/** FeatureHasher learns nothing. */
export interface FeatureHasherFitted {
  /** Number of columns. */
  nFeatures: number;
}

/** Rows as `inputType` says. */
export type HashableRows = RecordsLike | ArrayLike<Iterable<readonly [string, unknown]>> | ArrayLike<Iterable<string>>;

/** Hashes that are remembered. */
const MOST_KNOWN = 1_000_000;

/**
 * Rows of named values as a matrix of a fixed number of columns, without learning names: a feature's column is its hash,
 *
 *     h = MurmurHash3₃₂(UTF-8 of the name),  column |h| mod nFeatures,  the value times +1 for h ≥ 0 and −1 otherwise.
 *
 * A text as a value makes the feature name=text of value 1; true counts as 1, false as 0; undefined and 0 are left out. Values
 * in one column are added up; what cancels leaves a stored zero.
 *
 * X: rows as `inputType` says. The result is rows × nFeatures, sparse. `transform` works without `fit`.
 *
 * Counterpart: scikit-learn's FeatureHasher, which has no names of columns.
 * Source: Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009.
 *
 * @throws DataError for rows of another kind, none, or values that are neither numbers nor texts
 * @example
 * const X = await new FeatureHasher({ nFeatures: 2 ** 10 }).transform([{ city: 'Rome', age: 3 }, { city: 'Oslo' }]);
 * X.cols; // 1024
 */
export class FeatureHasher extends Transformer<FeatureHasherOptions, FeatureHasherFitted, HashableRows, CsrMatrix> {
  static override readonly takes: Takes = 'table';

  static override readonly rules: Rules<FeatureHasherOptions> = {
    nFeatures: integer(2 ** 20, { min: 1, max: 2 ** 31 - 1 }),
    inputType: choice<'dict' | 'pair' | 'string'>('dict', ['dict', 'pair', 'string']),
    alternateSign: flag(true),
  };

  /** Learns nothing. */
  async fit(_X?: HashableRows): Promise<this> {
    return this.restore({ nFeatures: this.options.nFeatures });
  }

  override async fitTransform(X: HashableRows): Promise<CsrMatrix> {
    await this.fit(X);
    return this.transform(X);
  }

  async transform(X: HashableRows): Promise<CsrMatrix> {
    const { nFeatures, alternateSign } = this.options;
    const builder = new CsrBuilder();
    const hashes = new KnownHashes();
    const add = (name: string, text: string | undefined, value: number): void => {
      const hash = hashes.of(name, text);
      builder.add(Math.abs(hash) % nFeatures, alternateSign && hash < 0 ? -value : value);
    };
    this.#forFeatures(X, add, () => builder.endRow());
    if (builder.rows === 0) throw new DataError(`${this.owner}: X must have at least 1 row, got none.`);
    return builder.build(nFeatures);
  }

  /** Columns have no names of their own: hash0, hash1, …. */
  override featureNamesOut(): string[] {
    return Array.from({ length: this.options.nFeatures }, (_, j) => `hash${j}`);
  }

  #forFeatures(X: HashableRows, add: (name: string, text: string | undefined, value: number) => void, end: () => void): void {
    const visit = (name: string, value: unknown, row: number): void => {
      if (typeof value === 'string') add(name, value, 1);
      else if (typeof value === 'number' || typeof value === 'boolean') {
        if (Number(value) !== 0) add(name, undefined, Number(value));
      } else if (value !== undefined) throw new DataError(`${this.owner}: a value must be a number or a text, ${show(name)} of row ${row} has ${show(value)}. Fill or drop it.`);
    };
    const { inputType } = this.options;
    if (inputType === 'dict' || X instanceof Table || isMatrix(X)) return forEntries(this.owner, X as RecordsLike, visit, end);
    for (let i = 0; i < X.length; i++) {
      const row: unknown = X[i];
      if (typeof row !== 'object' || row === null || !(Symbol.iterator in row)) {
        throw new DataError(`${this.owner}: every row must be a list of ${inputType === 'pair' ? '[name, value]' : 'names'}, row ${i} has ${show(row)}.`);
      }
      for (const item of row as Iterable<unknown>) this.#visitItem(item, i, visit);
      end();
    }
  }

  #visitItem(item: unknown, row: number, visit: (name: string, value: unknown, row: number) => void): void {
    const isPair = this.options.inputType === 'pair';
    const pair = !isPair ? [item, 1] : Array.isArray(item) && item.length === 2 ? item : [];
    const [name, value]: unknown[] = pair;
    if (typeof name !== 'string') throw new DataError(`${this.owner}: a row must hold ${isPair ? '[name, value]' : 'names'}, row ${row} has ${show(item)}.`);
    visit(name, value, row);
  }
}

/** Hashes of names, and of names with texts, by both: the same ones come again and again. */
class KnownHashes {
  readonly #ofNames = new Map<string, number>();
  readonly #ofTexts = new Map<string, Map<string, number>>();
  #size = 0;

  of(name: string, text: string | undefined): number {
    if (text === undefined) return this.#find(this.#ofNames, name, name);
    let texts = this.#ofTexts.get(name);
    if (!texts) this.#ofTexts.set(name, (texts = new Map()));
    return texts.get(text) ?? this.#find(texts, text, `${name}=${text}`);
  }

  #find(known: Map<string, number>, key: string, feature: string): number {
    let hash = known.get(key);
    if (hash === undefined) {
      hash = murmurHash3(feature);
      if (this.#size++ < MOST_KNOWN) known.set(key, hash);
    }
    return hash;
  }
}
