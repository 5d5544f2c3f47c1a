import type { Takes } from '../core/estimator.ts';
import { choice, flag, integer, type Rules } from '../core/rules.ts';
import { Transformer } from '../core/transformer.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { unpackTexts } from '../kernels/packed-texts.ts';
import { stopWordSet } from './analysis.ts';
import { analyzeOnce, AnalyzedTexts, type TextsLike } from './analyzed-texts.ts';
import { type AnalyzerOptions, analyzerRules } from './analyzer-options.ts';
import { buildAnalyzer } from './build-analyzer.ts';
import { type CountedTexts, withCountedTexts } from './count-texts.ts';
import type { FeatureCounts } from './feature-counts.ts';
import { murmurHash3 } from '../core/murmur-hash3.ts';
import { normalizeRows } from './normalize-rows.ts';
import { analysisNotes } from './notes.ts';
import { RowSorter } from './row-sorter.ts';
import { type WordTally, wordTally } from './word-tally.ts';

export interface HashingVectorizerOptions extends AnalyzerOptions {
  /** Number of columns, up to 2³¹ − 2; more columns, fewer terms that share one. Default 2²⁰. */
  nFeatures?: number;
  /** Count a column once per document. As in scikit-learn this replaces every value by 1, signs too. Default false. */
  binary?: boolean;
  /** Scale each row to length 1: 'l2', 'l1', or null not at all. Default 'l2'. */
  norm?: 'l1' | 'l2' | null;
  /** Count a term down instead of up where its hash is negative, so that terms in one column cancel on average. Default true. */
  alternateSign?: boolean;
}

interface Fitted {
  /** Number of columns. */
  nFeatures: number;
  /** Remarks on what the options did to the texts of fit, one sentence each; usually none. */
  notes: readonly string[];
}

/** Where each feature goes: slots are the columns in use, ascending. */
interface Hashed {
  columns: Int32Array;
  slot: Int32Array;
  sign: Int8Array;
}

/**
 * Turns texts into counts of their terms without a vocabulary: a term's column is its hash,
 *
 *     h = MurmurHash3₃₂(UTF-8 of the term),  column |h| mod nFeatures,  value +1 for h ≥ 0 and −1 otherwise
 *
 * so that nothing is learned and nothing grows, but a column may stand for several terms and has no name.
 *
 * X: one text per row, or what `hoist` made of them; the result is documents × nFeatures, sparse, ascending columns.
 * Terms that cancel leave a stored zero. `fitted` holds `nFeatures` and `notes`; `transform` works without `fit`.
 *
 * Errors: DataError for rows that hold no text and for texts hoisted with other analyzer options.
 *
 * Counterpart: scikit-learn's HashingVectorizer. Source: Weinberger et al., Feature Hashing for Large Scale Multitask
 * Learning (2009).
 *
 * @example
 * const X = await new HashingVectorizer({ nFeatures: 2 ** 18 }).transform(texts);
 * X.cols; // 262144
 */
export class HashingVectorizer extends Transformer<HashingVectorizerOptions, Fitted, TextsLike, CsrMatrix> {
  static override readonly takes: Takes = 'texts';

  static override readonly rules: Rules<HashingVectorizerOptions> = {
    ...analyzerRules,
    nFeatures: integer(2 ** 20, { min: 1, max: 2 ** 31 - 2 }),
    binary: flag(false),
    norm: choice('l2', ['l1', 'l2', null]),
    alternateSign: flag(true),
  };

  /** The stateless part of the work, which here is all of it but the hashing; see CountVectorizer. */
  hoist(X: TextsLike, done?: unknown[]): AnalyzedTexts {
    return X instanceof AnalyzedTexts ? X : analyzeOnce(this.owner, X, this.options, done);
  }

  /** One text → its features, in scikit-learn's order. */
  buildAnalyzer(): (text: string) => string[] {
    return buildAnalyzer(this.owner, this.options);
  }

  /** The stop words in force, or null. */
  getStopWords(): ReadonlySet<string> | null {
    return stopWordSet(this.options.stopWords);
  }

  /** Learns nothing; checks X and takes notes. */
  async fit(X: TextsLike): Promise<this> {
    const { corpus, rowIds } = this.hoist(X);
    return this.#takeNotes(wordTally(corpus, rowIds));
  }

  override async fitTransform(X: TextsLike): Promise<CsrMatrix> {
    return withCountedTexts(this.owner, X, this.options, (counted) => this.#takeNotes(counted.words).#count(counted));
  }

  async transform(X: TextsLike): Promise<CsrMatrix> {
    return withCountedTexts(this.owner, X, this.options, (counted) => this.#count(counted));
  }

  #count({ features, rowIds }: CountedTexts): CsrMatrix {
    const { nFeatures, binary, norm, alternateSign } = this.options;
    const counts = sumHashed(features, rowIds, hashed(features, nFeatures, alternateSign), nFeatures);
    if (binary) counts.data.fill(1);
    if (norm !== null) normalizeRows(counts, norm);
    return counts;
  }

  /** Columns have no terms: hash0, hash1, …. */
  override featureNamesOut(): string[] {
    return Array.from({ length: this.options.nFeatures }, (_, j) => `hash${j}`);
  }

  #takeNotes(words: WordTally): this {
    return this.restore({ nFeatures: this.options.nFeatures, notes: analysisNotes(this.owner, this.options, words, null) });
  }
}

/** Hashes every distinct feature once. */
function hashed(features: FeatureCounts, nFeatures: number, alternateSign: boolean): Hashed {
  const terms = unpackTexts(features.terms);
  const column = new Int32Array(terms.length);
  const sign = new Int8Array(terms.length).fill(1);
  for (let f = 0; f < terms.length; f++) {
    const h = murmurHash3(terms[f]);
    column[f] = Math.abs(h) % nFeatures;
    if (alternateSign && h < 0) sign[f] = -1;
  }
  const columns = column.slice().sort().filter((col, k, sorted) => k === 0 || col !== sorted[k - 1]);
  const slotOf = new Map<number, number>();
  columns.forEach((col, slot) => slotOf.set(col, slot));
  return { columns, slot: column.map((col) => slotOf.get(col) as number), sign };
}

function sumHashed(X: FeatureCounts, rowIds: Int32Array | null, { columns, slot, sign }: Hashed, nFeatures: number): CsrMatrix {
  const rows = rowIds ? rowIds.length : X.indptr.length - 1;
  const indptr = new Int32Array(rows + 1);
  let most = 0;
  for (let i = 0; i < rows; i++) {
    const row = rowIds ? rowIds[i] : i;
    most += X.indptr[row + 1] - X.indptr[row];
  }
  const indices = new Int32Array(most);
  const data = new Float64Array(most);
  const sorter = new RowSorter(columns.length);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    const row = rowIds ? rowIds[i] : i;
    for (let p = X.indptr[row]; p < X.indptr[row + 1]; p++) {
      const f = X.indices[p];
      sorter.add(slot[f], sign[f] * X.counts[p]);
    }
    at = sorter.drain(indices, data, at);
    indptr[i + 1] = at;
  }
  for (let p = 0; p < at; p++) indices[p] = columns[indices[p]];
  return new CsrMatrix(rows, nFeatures, indptr, indices.slice(0, at), data.slice(0, at));
}
