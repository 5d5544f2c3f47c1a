import { NotFittedError, ShapeError } from '../core/errors.ts';
import type { Takes } from '../core/estimator.ts';
import { flag, integer, optional, type Rules } from '../core/rules.ts';
import { Transformer } from '../core/transformer.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { asMatrix, type MatrixLike } from '../matrix/matrix.ts';
import { packTexts } from '../kernels/packed-texts.ts';
import { stopWordSet } from './analysis.ts';
import { analyzeOnce, AnalyzedTexts, type TextsLike } from './analyzed-texts.ts';
import { type AnalyzerOptions, analyzerRules } from './analyzer-options.ts';
import { buildAnalyzer } from './build-analyzer.ts';
import { columnsOfFeatures } from './columns-of-features.ts';
import { countMatrix, withCountMatrix } from './count-matrix.ts';
import { type CountedTexts, withCountedTexts } from './count-texts.ts';
import { documentFrequencies } from './document-frequencies.ts';
import { type DocumentShare, documentShareRule } from './document-share.ts';
import type { FeatureCounts } from './feature-counts.ts';
import { type GivenVocabulary, termsByColumn, vocabularyRule } from './given-vocabulary.ts';
import { learnVocabulary } from './learn-vocabulary.ts';
import { analysisNotes } from './notes.ts';
import { lastingVocabulary, Vocabulary } from './vocabulary.ts';

/** Which features become columns, and what is counted. */
export interface VocabularyOptions extends AnalyzerOptions {
  /** Drop terms that fewer documents have. A count, or a share of the documents. Default 1. */
  minDf?: DocumentShare;
  /** Drop terms that more documents have. A count, or a share of the documents. Default { share: 1 }: keep all. */
  maxDf?: DocumentShare;
  /**
   * Keep only so many terms, those that occur most often in all documents together. Of equally frequent terms the first
   * in code-point order is kept (scikit-learn leaves that to its machine's sort). Default null: all.
   */
  maxFeatures?: number | null;
  /** Count a term once per document, however often it occurs. Default false. */
  binary?: boolean;
  /** Use these terms instead of learning them; minDf, maxDf and maxFeatures then have no effect. Default null. */
  vocabulary?: GivenVocabulary | null;
}

export const vocabularyRules: Rules<VocabularyOptions> = {
  ...analyzerRules,
  minDf: documentShareRule(1),
  maxDf: documentShareRule({ share: 1 }),
  maxFeatures: optional(integer(1, { min: 1 })),
  binary: flag(false),
  vocabulary: vocabularyRule(),
};

/** What every vectorizer with a vocabulary has learned. */
export interface VocabularyFitted {
  /** Terms by column: in code-point order, or as given by the `vocabulary` option. Made when first read. */
  vocabulary: readonly string[];
  /** Whether the vocabulary was given rather than learned. */
  fixedVocabulary: boolean;
  /** Remarks on what the options did to these texts, one sentence each; usually none. */
  notes: readonly string[];
}

/** Counted texts with the columns of their features; null where features are columns. */
export interface Vectorized extends CountedTexts {
  columns: Int32Array | null;
  vocabulary: Vocabulary;
}

/** The terms of fitted records, for whoever holds the record: reading its `vocabulary` would make all the texts. */
const vocabularies = new WeakMap<object, Vocabulary>();

/**
 * What CountVectorizer and TfidfVectorizer share: texts → counts of a learned or given vocabulary.
 *
 * The work has a stateless part, `hoist`, whose result is accepted wherever X is, and whose slices by row need no
 * second analysis: cross-validation hoists once for all folds.
 */
export abstract class VocabularyVectorizer<Options extends VocabularyOptions, Fitted extends VocabularyFitted> extends Transformer<
  Options,
  Fitted,
  TextsLike,
  CsrMatrix
> {
  static override readonly takes: Takes = 'texts';

  /**
   * The stateless part of this vectorizer's work: preprocessing and tokens, nothing that depends on which rows there are.
   * The result is accepted wherever X is, by every vectorizer with the same analyzer options, and can be sliced by rows.
   *
   * @param done what was hoisted from the same X before: an analysis with the same options is taken from it, or added to it
   */
  hoist(X: TextsLike, done?: unknown[]): AnalyzedTexts {
    return X instanceof AnalyzedTexts ? X : analyzeOnce(this.owner, X, this.vocabularyOptions, done);
  }

  /** One text → its features, in scikit-learn's order: to see what a document becomes. */
  buildAnalyzer(): (text: string) => string[] {
    return buildAnalyzer(this.owner, this.vocabularyOptions);
  }

  /** The stop words in force, or null. */
  getStopWords(): ReadonlySet<string> | null {
    return stopWordSet(this.vocabularyOptions.stopWords);
  }

  /** The column of a term, or undefined when it has none. */
  columnOf(term: string): number | undefined {
    const col = this.known().find(packTexts([term]), 0);
    return col < 0 ? undefined : col;
  }

  /** The terms, by column. */
  override featureNamesOut(): string[] {
    return [...this.known().texts()];
  }

  /**
   * Per row, the terms whose value is not 0, by column. Order and number of words are lost.
   * @throws ShapeError unless X has a column per term
   */
  inverseTransform(X: MatrixLike): string[][] {
    const vocabulary = this.known().texts();
    const matrix = asMatrix(this.owner, X, { minRows: 0 });
    if (matrix.cols !== vocabulary.length) {
      throw new ShapeError(`${this.owner}: X has ${matrix.cols} columns, but the vocabulary has ${vocabulary.length} terms.`);
    }
    return Array.from({ length: matrix.rows }, (_, i) => {
      const terms: string[] = [];
      if (matrix.kind === 'csr') {
        for (let p = matrix.indptr[i]; p < matrix.indptr[i + 1]; p++) if (matrix.data[p] !== 0) terms.push(vocabulary[matrix.indices[p]]);
      } else {
        matrix.row(i).forEach((value, j) => value !== 0 && terms.push(vocabulary[j]));
      }
      return terms;
    });
  }

  /** What fit learns besides the vocabulary. @param documentFrequency per term, the number of documents that have it */
  protected abstract learnMore(rows: number, documentFrequency: () => Int32Array): Omit<Fitted, keyof VocabularyFitted>;

  /** Learns (or takes) the vocabulary, finds the columns of X's features, and hands both to `work`. */
  protected learn<Result>(X: TextsLike, work: (vectorized: Vectorized) => Result): Result {
    const options = this.vocabularyOptions;
    // A vocabulary that cannot be used is refused before the work.
    const given = options.vocabulary === null ? null : termsByColumn(this.owner, options.vocabulary);
    return withCountedTexts(this.owner, X, options, (counted) => {
      const { columns, vocabulary, documentFrequency } = given ? takeGiven(counted, given) : this.#learnTerms(counted);
      const notes = analysisNotes(this.owner, options, counted.words, given);
      const record = {
        get vocabulary() {
          return vocabulary.texts();
        },
        fixedVocabulary: given !== null,
        notes,
        ...this.learnMore(counted.rows, documentFrequency),
      } as unknown as Fitted;
      vocabularies.set(record, vocabulary);
      this.restore(record);
      return work({ ...counted, columns, vocabulary });
    });
  }

  #learnTerms(counted: CountedTexts): LearnedTerms {
    const { features, rowIds, isLent } = counted;
    const { columns, length, documentFrequency } = learnVocabulary(this.owner, features, rowIds, this.vocabularyOptions);
    const { terms } = features;
    if (columns === null) {
      const vocabulary = isLent ? lastingVocabulary(terms) : Vocabulary.ofPacked(terms);
      if (!isLent) vocabulary.found.set(features, null);
      return { columns, vocabulary, documentFrequency };
    }
    const vocabulary = Vocabulary.someOf(terms, columns, length);
    // Before the arena ends.
    if (isLent) vocabulary.packed();
    vocabulary.found.set(features, columns);
    return { columns, vocabulary, documentFrequency };
  }

  /** Counts of the known terms; other terms are passed over. */
  protected count(X: TextsLike): CsrMatrix {
    const vocabulary = this.known();
    return withCountedTexts(this.owner, X, this.vocabularyOptions, (counted) =>
      this.toMatrix({ ...counted, vocabulary, columns: columnsIn(vocabulary, counted.features) }),
    );
  }

  protected toMatrix(vectorized: Vectorized): CsrMatrix {
    return countMatrix(vectorized, vectorized.columns, vectorized.vocabulary, this.vocabularyOptions.binary);
  }

  /** The same, lent to `use`. */
  protected withMatrix<Result>(vectorized: Vectorized, use: (X: CsrMatrix) => Result): Result {
    return withCountMatrix(vectorized, vectorized.columns, vectorized.vocabulary, this.vocabularyOptions.binary, use);
  }

  /** The vocabulary, learned or given. @throws NotFittedError when it is neither */
  protected known(): Vocabulary {
    const given = this.vocabularyOptions.vocabulary;
    if (!this.isFitted && (given === null || !this.worksUnfitted)) {
      throw new NotFittedError(`${this.owner}: fit must come first. Call await fit(X) before transform, or give a vocabulary.`);
    }
    const holder = this.isFitted ? this.fitted : this.options;
    let vocabulary = vocabularies.get(holder);
    if (vocabulary === undefined) {
      vocabulary = Vocabulary.ofTexts(this.isFitted ? this.fitted.vocabulary : termsByColumn(this.owner, given as GivenVocabulary));
      vocabularies.set(holder, vocabulary);
    }
    return vocabulary;
  }

  /** Whether a given vocabulary is all there is to know. */
  protected get worksUnfitted(): boolean {
    return true;
  }

  /** The options as this class knows them; a subclass adds its own. */
  protected get vocabularyOptions(): Readonly<Required<VocabularyOptions>> {
    return this.options as Readonly<Required<VocabularyOptions>>;
  }
}

/** A vocabulary with the columns of some features and, per term, the number of documents that have it. */
interface LearnedTerms {
  columns: Int32Array | null;
  vocabulary: Vocabulary;
  documentFrequency: () => Int32Array;
}

function takeGiven({ features, rowIds }: CountedTexts, given: readonly string[]): LearnedTerms {
  const vocabulary = Vocabulary.ofTexts(given);
  const columns = columnsIn(vocabulary, features) as Int32Array;
  const documentFrequency = (): Int32Array => {
    const byFeature = documentFrequencies(features, rowIds);
    const byColumn = new Int32Array(given.length);
    for (let f = 0; f < columns.length; f++) if (columns[f] >= 0) byColumn[columns[f]] = byFeature[f];
    return byColumn;
  };
  return { columns, vocabulary, documentFrequency };
}

function columnsIn(vocabulary: Vocabulary, features: FeatureCounts): Int32Array | null {
  let columns = vocabulary.found.get(features);
  if (columns === undefined) vocabulary.found.set(features, (columns = columnsOfFeatures(features.terms, vocabulary)));
  return columns;
}
