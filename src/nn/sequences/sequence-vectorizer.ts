import { DataError } from '../../core/errors.ts';
import type { Takes } from '../../core/estimator.ts';
import { compareCodePoints } from '../../core/labels.ts';
import { choice, integer, optional, type Rules } from '../../core/rules.ts';
import { Transformer } from '../../core/transformer.ts';
import { unpackTexts } from '../../kernels/packed-texts.ts';
import { DenseMatrix } from '../../matrix/dense-matrix.ts';
import { analyzeOnce, AnalyzedTexts, type TextsLike } from '../../text/analyzed-texts.ts';
import { analyzerRules, type AnalyzerOptions } from '../../text/analyzer-options.ts';
import type { CompleteAnalyzerOptions } from '../../text/analysis.ts';
import { padSequences } from './pad-sequences.ts';

/** Stands in a row where the text has no token. */
const PADDING = 0;
/** Stands for every token that the vocabulary lacks. */
export const UNKNOWN = 1;
const FIRST_WORD = 2;

type TokenOptions = Pick<AnalyzerOptions, 'tokenPattern' | 'lowercase' | 'stripAccents' | 'preprocessor' | 'tokenizer'>;

export interface SequenceVectorizerOptions extends TokenOptions {
  /** Words that get a number of their own, those that occur most often; all others count as unknown. Default null: all. */
  maxFeatures?: number | null;
  /** Words in fewer documents count as unknown. Default 1. */
  minDf?: number;
  /** Tokens per row. Default null: as many as the longest text of fit has. */
  maxLength?: number | null;
  /** Where shorter texts are filled up. Default 'pre': a recurrent net then ends with what the text ends with. */
  padding?: 'pre' | 'post';
  /** Where longer texts are cut. Default 'post': the beginning is kept. */
  truncating?: 'pre' | 'post';
}

export interface SequenceVectorizerFitted {
  /** Word k has the number k + 2: most frequent first, code-point order among equals. */
  vocabulary: readonly string[];
  /** Tokens per row. */
  maxLength: number;
  /** How many numbers there are, padding and unknown included: what nn.Embedding takes for numEmbeddings. */
  numEmbeddings: number;
}

/**
 * Turns texts into rows of word numbers, in the order of the words, padded and cut to one length: what nn.Embedding
 * takes. 0 is padding, 1 a word that the vocabulary lacks, 2 the most frequent word of fit's texts, and so on.
 *
 * X: one text per row, or what `hoist` made of them; the result is documents × maxLength. The vocabulary is learned in
 * fit, so that a fold's net knows no word of its test texts.
 *
 * Errors: DataError for rows that hold no text, and for texts without any token.
 *
 * Counterpart: Keras' TextVectorization(output_mode="int"), or torchtext's vocabulary with padded sequences; the
 * analyzer options are CountVectorizer's.
 *
 * @example
 * const vectorizer = await new SequenceVectorizer({ maxLength: 4 }).fit(['the cat', 'the dog sat']);
 * (await vectorizer.transform(['the bird sat'])).toArray(); // [[0, 2, 1, 5]]
 */
export class SequenceVectorizer extends Transformer<SequenceVectorizerOptions, SequenceVectorizerFitted, TextsLike, DenseMatrix> {
  static override readonly takes: Takes = 'texts';
  static override readonly rules: Rules<SequenceVectorizerOptions> = {
    tokenPattern: analyzerRules.tokenPattern,
    lowercase: analyzerRules.lowercase,
    stripAccents: analyzerRules.stripAccents,
    preprocessor: analyzerRules.preprocessor,
    tokenizer: analyzerRules.tokenizer,
    maxFeatures: optional(integer(1, { min: 1 })),
    minDf: integer(1, { min: 1 }),
    maxLength: optional(integer(1, { min: 1 })),
    padding: choice('pre', ['pre', 'post']),
    truncating: choice('post', ['pre', 'post']),
  };

  /** The stateless part: tokens. The result is accepted wherever X is, and can be sliced by rows. */
  hoist(X: TextsLike, done?: unknown[]): AnalyzedTexts {
    return X instanceof AnalyzedTexts ? X : analyzeOnce(this.owner, X, this.#analyzer, done);
  }

  async fit(X: TextsLike): Promise<this> {
    const texts = this.#analyzed(X);
    const { maxFeatures, minDf, maxLength } = this.options;
    const { occurrences, documents, longest } = countTokens(texts);
    const terms = unpackTexts(texts.corpus.terms);
    const known = terms.map((_, id) => id).filter((id) => documents[id] >= minDf);
    if (known.length === 0) {
      throw new DataError(`${this.owner}: the texts must hold at least one token in ${minDf} ${minDf === 1 ? 'document' : 'documents'}, got none. Lower minDf, or change tokenPattern.`);
    }
    known.sort((a, b) => occurrences[b] - occurrences[a] || compareCodePoints(terms[a], terms[b]));
    const vocabulary = known.slice(0, maxFeatures ?? known.length).map((id) => terms[id]);
    return this.restore({ vocabulary, maxLength: maxLength ?? longest, numEmbeddings: vocabulary.length + FIRST_WORD });
  }

  async transform(X: TextsLike): Promise<DenseMatrix> {
    const { vocabulary, maxLength } = this.fitted;
    const { padding, truncating } = this.options;
    const texts = this.#analyzed(X);
    const numbers = new Map(vocabulary.map((word, k) => [word, k + FIRST_WORD]));
    const numberOf = Int32Array.from(unpackTexts(texts.corpus.terms), (term) => numbers.get(term) ?? UNKNOWN);
    const sequences = Array.from({ length: texts.rows }, (_, i) => tokenIds(texts, i).map((id) => numberOf[id]));
    const { data } = padSequences(sequences, { maxLength, padding, truncating, value: PADDING });
    return new DenseMatrix(texts.rows, maxLength, Float64Array.from(data));
  }

  get #analyzer(): CompleteAnalyzerOptions {
    const { tokenPattern, lowercase, stripAccents, preprocessor, tokenizer } = this.options;
    return { analyzer: 'word', ngramRange: [1, 1], stopWords: null, tokenPattern, lowercase, stripAccents, preprocessor, tokenizer };
  }

  #analyzed(X: TextsLike): AnalyzedTexts {
    const texts = this.hoist(X);
    texts.checkAnalysis(this.owner, this.#analyzer);
    return texts;
  }
}

/** Row i's tokens by their numbers in the corpus. */
function tokenIds({ corpus, rowIds }: AnalyzedTexts, i: number): Int32Array {
  const document = rowIds ? rowIds[i] : i;
  return corpus.ids.subarray(corpus.offsets[document], corpus.offsets[document + 1]);
}

/** Per token of the corpus, how often these rows have it, and how many of them. */
function countTokens(texts: AnalyzedTexts): { occurrences: Int32Array; documents: Int32Array; longest: number } {
  const tokens = texts.corpus.terms.starts.length - 1;
  const occurrences = new Int32Array(tokens);
  const documents = new Int32Array(tokens);
  const lastSeen = new Int32Array(tokens).fill(-1);
  let longest = 0;
  for (let i = 0; i < texts.rows; i++) {
    const ids = tokenIds(texts, i);
    longest = Math.max(longest, ids.length);
    for (const id of ids) {
      occurrences[id]++;
      if (lastSeen[id] !== i) documents[id]++;
      lastSeen[id] = i;
    }
  }
  return { occurrences, documents, longest };
}
