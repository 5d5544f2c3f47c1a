import { DataError } from '../core/errors.ts';
import type { RowSet } from '../core/rows.ts';
import { withArena } from '../kernels/arena.ts';
import { type PackedTexts, unpackTexts } from '../kernels/packed-texts.ts';
import { analysisSignature, type CompleteAnalyzerOptions } from './analysis.ts';
import type { Corpus } from './corpus.ts';
import { countFeatures } from './count-features.ts';
import { type FeatureCounts, lastingCounts } from './feature-counts.ts';
import { featureRecipe } from './feature-recipe.ts';
import { sharedInt32, sharedTexts } from './lasting.ts';
import { readCorpus } from './read-corpus.ts';
import type { Texts } from './texts.ts';

/** What vectorizers accept as X: texts, or texts that were analyzed before. */
export type TextsLike = Texts | AnalyzedTexts;

/** AnalyzedTexts as plain data. */
export interface AnalyzedParts {
  corpus: Corpus;
  rowIds: Int32Array | null;
  counted: [recipe: string, counts: FeatureCounts][];
}

/**
 * Texts after the stateless part of vectorizing: every document a list of token numbers.
 *
 * Analysis learns nothing that depends on which rows are looked at, so it can be done once for a whole data set
 * and sliced by rows afterwards: `take` copies row numbers, not tokens. Features (n-grams without stop words) are
 * counted once for all documents, on first use, and every slice reads from the same counts. What depends on the
 * rows (vocabulary, document frequencies) is learned by the vectorizer from the rows of its slice alone.
 *
 * Made by `hoist(X)` of a vectorizer, or by `analyze`.
 */
export class AnalyzedTexts implements RowSet {
  /** Number of documents. */
  readonly rows: number;
  readonly corpus: Corpus;
  /** Which documents of the corpus these are; null for all, in order. */
  readonly rowIds: Int32Array | null;
  /** Features counted so far, per n-gram range and stop words; shared by all slices. */
  readonly #counted: Map<string, FeatureCounts>;

  constructor(corpus: Corpus, rowIds: Int32Array | null = null, counted = new Map<string, FeatureCounts>()) {
    this.corpus = corpus;
    this.rowIds = rowIds;
    this.#counted = counted;
    this.rows = rowIds ? rowIds.length : corpus.offsets.length - 1;
  }

  /** What it is made of, counts included, for another thread; `fromParts` is the way back. */
  toParts(): AnalyzedParts {
    return { corpus: this.corpus, rowIds: this.rowIds, counted: [...this.#counted] };
  }

  static fromParts({ corpus, rowIds, counted }: AnalyzedParts): AnalyzedTexts {
    return new AnalyzedTexts(corpus, rowIds, new Map(counted));
  }

  /** The given rows, in the given order; tokens and counts are shared. */
  take(rows: ArrayLike<number>): AnalyzedTexts {
    const taken = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) taken[i] = this.rowIds ? this.rowIds[rows[i]] : rows[i];
    return new AnalyzedTexts(this.corpus, taken, this.#counted);
  }

  /** Row i's tokens, in their order. */
  tokens(i: number): string[] {
    const { offsets, ids } = this.corpus;
    const terms = textsOf(this.corpus.terms);
    const document = this.rowIds ? this.rowIds[i] : i;
    return Array.from(ids.subarray(offsets[document], offsets[document + 1]), (id) => terms[id]);
  }

  /** @throws DataError when the texts were analyzed with other options */
  checkAnalysis(owner: string, options: CompleteAnalyzerOptions): void {
    if (sameSignature(analysisSignature(options), this.corpus.signature)) return;
    throw new DataError(
      `${owner}: X must be analyzed with this vectorizer's own options (analyzer, preprocessor, lowercase, stripAccents, ` +
        'tokenPattern, tokenizer), got texts analyzed with others. Pass the texts, or what hoist(texts) of this vectorizer returns.',
    );
  }

  /**
   * Counts of all features of the whole corpus, this slice's rows among them.
   * @throws DataError when the texts were analyzed with other options
   */
  featureCounts(owner: string, options: CompleteAnalyzerOptions): FeatureCounts {
    this.checkAnalysis(owner, options);
    const recipe = featureRecipe(options);
    let counts = this.#counted.get(recipe.key);
    if (counts === undefined) {
      counts = withArena((arena) => lastingCounts(countFeatures(arena, this.corpus, recipe)));
      this.#counted.set(recipe.key, counts);
    }
    return counts;
  }
}

/**
 * Tokenizes texts once: the stateless part of every vectorizer.
 * @param owner the name that starts error messages
 * @throws DataError naming the row that holds no text
 */
function analyze(owner: string, X: Texts, options: CompleteAnalyzerOptions): AnalyzedTexts {
  return withArena((arena) => {
    const { signature, terms, ids, offsets, tooShort } = readCorpus(owner, X, options, arena);
    return new AnalyzedTexts({
      signature,
      terms: sharedTexts(terms),
      ids: sharedInt32(ids),
      offsets: sharedInt32(offsets),
      tooShort: sharedInt32(tooShort),
    });
  });
}

const unpacked = new WeakMap<PackedTexts, readonly string[]>();

function textsOf(terms: PackedTexts): readonly string[] {
  let texts = unpacked.get(terms);
  if (texts === undefined) unpacked.set(terms, (texts = unpackTexts(terms)));
  return texts;
}

/**
 * An analysis with the same options out of `done`, or a new one, which is added to it. Features are counted too,
 * so that whoever shares the result has nothing stateless left to do.
 * @param done what was made of the same texts before
 */
export function analyzeOnce(owner: string, X: Texts, options: CompleteAnalyzerOptions, done?: unknown[]): AnalyzedTexts {
  if (done === undefined) return analyze(owner, X, options);
  const signature = analysisSignature(options);
  let texts = done.find((one): one is AnalyzedTexts => one instanceof AnalyzedTexts && sameSignature(one.corpus.signature, signature));
  if (texts === undefined) {
    texts = analyze(owner, X, options);
    done.push(texts);
  }
  texts.featureCounts(owner, options);
  return texts;
}

function sameSignature(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, k) => value === b[k]);
}
