import { NotFittedError, ShapeError } from '../core/errors.ts';
import type { Takes } from '../core/estimator.ts';
import { flag, integer, optional, type Rules } from '../core/rules.ts';
import { Transformer } from '../core/transformer.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { asMatrix, type MatrixLike } from '../matrix/matrix.ts';
import { stopWordSet } from './analysis.ts';
import { analyzeOnce, AnalyzedTexts, type TextsLike } from './analyzed-texts.ts';
import { type AnalyzerOptions, analyzerRules } from './analyzer-options.ts';
import { buildAnalyzer } from './build-analyzer.ts';
import { columnsOfFeatures } from './columns-of-features.ts';
import { countMatrix } from './count-matrix.ts';
import { type DocumentShare, documentShareRule } from './document-share.ts';
import type { FeatureCounts } from './feature-counts.ts';
import { type GivenVocabulary, termsByColumn, vocabularyRule } from './given-vocabulary.ts';
import { learnVocabulary } from './learn-vocabulary.ts';
import { analysisNotes } from './notes.ts';

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
  /** Terms by column: in code-point order, or as given by the `vocabulary` option. */
  vocabulary: readonly string[];
  /** Whether the vocabulary was given rather than learned. */
  fixedVocabulary: boolean;
  /** Remarks on what the options did to these texts, one sentence each; usually none. */
  notes: readonly string[];
}

/** Counts of known terms, with what was needed to learn them. */
export interface Vectorized {
  features: FeatureCounts;
  rowIds: Int32Array | null;
  /** Feature → column. */
  columns: Int32Array;
  known: VocabularyFitted;
}

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

  /** Columns of features that were looked up before, while their texts live: a slice of the same texts asks for them again. */
  readonly #found = new WeakMap<FeatureCounts, { vocabulary: readonly string[]; columns: Int32Array }>();
  #lookup: { vocabulary: readonly string[]; columns: ReadonlyMap<string, number> } | undefined;

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
    return this.#columnsByTerm(this.known().vocabulary).get(term);
  }

  /** The terms, by column. */
  override featureNamesOut(): string[] {
    return [...this.known().vocabulary];
  }

  /**
   * Per row, the terms whose value is not 0, by column. Order and number of words are lost.
   * @throws ShapeError unless X has a column per term
   */
  inverseTransform(X: MatrixLike): string[][] {
    const { vocabulary } = this.known();
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

  /** Learns (or takes) the vocabulary and finds the columns of X's features. */
  protected learnFrom(X: TextsLike): Vectorized & { documentFrequency: () => Int32Array } {
    const options = this.vocabularyOptions;
    const { vocabulary } = options;
    // A vocabulary that cannot be used is refused before the work.
    const given = vocabulary === null ? null : termsByColumn(this.owner, vocabulary);
    const texts = this.hoist(X);
    const { rowIds } = texts;
    const features = texts.featureCounts(this.owner, options);
    const notes = analysisNotes(this.owner, options, texts, given);
    if (given) {
      const known: VocabularyFitted = { vocabulary: given, fixedVocabulary: true, notes };
      const columns = this.#columns(features, given);
      return { features, rowIds, columns, known, documentFrequency: () => frequencies(features, rowIds, columns, given.length) };
    }
    const learned = learnVocabulary(this.owner, features, rowIds, options);
    const known: VocabularyFitted = { vocabulary: learned.terms, fixedVocabulary: false, notes };
    this.#found.set(features, { vocabulary: learned.terms, columns: learned.columns });
    return { features, rowIds, columns: learned.columns, known, documentFrequency: () => learned.documentFrequency };
  }

  /** Counts of the known terms; other terms are passed over. */
  protected count(X: TextsLike): CsrMatrix {
    const known = this.known();
    const texts = this.hoist(X);
    const features = texts.featureCounts(this.owner, this.vocabularyOptions);
    return this.toMatrix({ features, rowIds: texts.rowIds, columns: this.#columns(features, known.vocabulary), known });
  }

  protected toMatrix({ features, rowIds, columns, known }: Vectorized): CsrMatrix {
    return countMatrix(features, rowIds, columns, known.vocabulary.length, this.vocabularyOptions.binary);
  }

  /** What is known of the vocabulary: learned, or given. @throws NotFittedError when it is neither */
  protected known(): VocabularyFitted {
    if (this.isFitted) return this.fitted;
    const { vocabulary } = this.vocabularyOptions;
    if (vocabulary === null || !this.worksUnfitted) {
      throw new NotFittedError(`${this.owner}: fit must come first. Call await fit(X) before transform, or give a vocabulary.`);
    }
    return { vocabulary: termsByColumn(this.owner, vocabulary), fixedVocabulary: true, notes: [] };
  }

  /** Whether a given vocabulary is all there is to know. */
  protected get worksUnfitted(): boolean {
    return true;
  }

  /** The options as this class knows them; a subclass adds its own. */
  protected get vocabularyOptions(): Readonly<Required<VocabularyOptions>> {
    return this.options as Readonly<Required<VocabularyOptions>>;
  }

  #columns(features: FeatureCounts, vocabulary: readonly string[]): Int32Array {
    const found = this.#found.get(features);
    if (found?.vocabulary === vocabulary) return found.columns;
    const columns = columnsOfFeatures(features.terms, vocabulary, () => this.#columnsByTerm(vocabulary));
    this.#found.set(features, { vocabulary, columns });
    return columns;
  }

  #columnsByTerm(vocabulary: readonly string[]): ReadonlyMap<string, number> {
    if (this.#lookup?.vocabulary !== vocabulary) {
      const columns = new Map<string, number>();
      for (let j = 0; j < vocabulary.length; j++) columns.set(vocabulary[j], j);
      this.#lookup = { vocabulary, columns };
    }
    return this.#lookup!.columns;
  }
}

function frequencies({ indptr, indices }: FeatureCounts, rowIds: Int32Array | null, columns: Int32Array, cols: number): Int32Array {
  const frequency = new Int32Array(cols);
  const rows = rowIds ? rowIds.length : indptr.length - 1;
  for (let i = 0; i < rows; i++) {
    const row = rowIds ? rowIds[i] : i;
    for (let p = indptr[row]; p < indptr[row + 1]; p++) if (columns[indices[p]] >= 0) frequency[columns[indices[p]]]++;
  }
  return frequency;
}
