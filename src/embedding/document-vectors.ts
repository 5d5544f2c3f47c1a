import { OptionError } from '../core/errors.ts';
import { choice, custom, flag, optional, type Rules } from '../core/rules.ts';
import { Transformer } from '../core/transformer.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { tokenRules, tokensOf, type TextsOrTokens, type TokenOptions } from './tokens.ts';
import { WordVectors } from './word-vectors.ts';
import { Word2Vec, type Word2VecOptions } from './word2vec.ts';

export interface DocumentVectorsOptions extends TokenOptions {
  /** Vectors to average, such as readWordVectors gives them. Default null: `word2vec` learns them from the training texts. */
  vectors?: WordVectors | null;
  /** Options of the Word2Vec that learns vectors where none are given; it takes tokenPattern and lowercase from here. Default {}. */
  word2vec?: Omit<Word2VecOptions, 'tokenPattern' | 'lowercase'>;
  /** How words count: 'mean' counts every occurrence alike, 'idf' by ln((1 + texts) / (1 + texts with the word)) + 1. Default 'mean'. */
  weighting?: 'mean' | 'idf';
  /** Whether to bring each text's vector to length 1. Default false. */
  normalize?: boolean;
}

/** What DocumentVectors has learned. */
export interface DocumentVectorsFitted {
  /** Words that have a vector. */
  words: readonly string[];
  /** words × vectorSize, row-major. */
  vectors: Float32Array;
  vectorSize: number;
  /** One weight per word with 'idf', else null. */
  idf: Float64Array | null;
}

/**
 * A text's vector: the weighted mean of its words' vectors, Σ w·v / Σ w over occurrences of words that have one; a
 * text without any gets zeros.
 *
 * X: texts, or lists of tokens. The result is dense, rows × vectorSize. Everything is learned from the texts in fit
 * only: vectors, unless they are given, and how many texts have a word. `y` is not used.
 * `fitted`: words, vectors, vectorSize, idf.
 *
 * Source: Arora, Liang and Ma, "A simple but tough-to-beat baseline for sentence embeddings", ICLR 2017, weighs alike.
 *
 * @example
 * new Pipeline([['vectors', new DocumentVectors({ weighting: 'idf' })], ['classify', new LogisticRegression()]]);
 */
export class DocumentVectors extends Transformer<DocumentVectorsOptions, DocumentVectorsFitted, TextsOrTokens, DenseMatrix> {
  static override readonly takes = 'texts';

  static override readonly rules: Rules<DocumentVectorsOptions> = {
    ...tokenRules,
    vectors: optional(custom<WordVectors>(undefined as never, 'WordVectors', (v) => v instanceof WordVectors)),
    word2vec: custom({}, 'options of Word2Vec', (v) => typeof v === 'object' && v !== null && !Array.isArray(v)),
    weighting: choice<'mean' | 'idf'>('mean', ['mean', 'idf']),
    normalize: flag(false),
  };

  /** The words in rows, with the record they were made of. */
  #known: { fitted: DocumentVectorsFitted; vectors: WordVectors } | undefined;

  /** @throws OptionError for options that Word2Vec does not take @returns this */
  async fit(X: TextsOrTokens, _y?: ArrayLike<unknown>): Promise<this> {
    const { vectors: given, word2vec, weighting } = this.options;
    if (given && Object.keys(word2vec).length > 0) throw new OptionError(`${this.owner}: word2vec must be left out where vectors are given.`);
    const tokens = tokensOf(this.owner, X, this.options);
    const known = given ?? (await new Word2Vec(word2vec).fit(tokens)).wordVectors;
    const idf = weighting === 'idf' ? inverseFrequencies(tokens, known) : null;
    return this.restore({ words: known.words, vectors: known.vectors, vectorSize: known.size, idf });
  }

  async transform(X: TextsOrTokens): Promise<DenseMatrix> {
    const { idf, vectorSize: size, vectors } = this.fitted;
    const known = this.#wordVectors();
    const tokens = tokensOf(this.owner, X, this.options);
    const result = new DenseMatrix(tokens.length, size);
    for (const [i, text] of tokens.entries()) {
      const row = result.row(i);
      let total = 0;
      for (const word of text) {
        const at = known.rowOf(word);
        if (at === undefined) continue;
        const weight = idf ? idf[at] : 1;
        total += weight;
        for (let c = 0; c < size; c++) row[c] += weight * vectors[at * size + c];
      }
      if (this.options.normalize) total = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
      if (total > 0) for (let c = 0; c < size; c++) row[c] /= total;
    }
    return result;
  }

  override featureNamesOut(): string[] {
    return Array.from({ length: this.fitted.vectorSize }, (_, c) => `${this.owner.toLowerCase()}${c}`);
  }

  #wordVectors(): WordVectors {
    const { fitted } = this;
    if (this.#known?.fitted !== fitted) this.#known = { fitted, vectors: new WordVectors(fitted.words, fitted.vectors, fitted.vectorSize) };
    return this.#known.vectors;
  }
}

function inverseFrequencies(tokens: readonly (readonly string[])[], known: WordVectors): Float64Array {
  const texts = new Float64Array(known.words.length);
  for (const text of tokens) {
    for (const word of new Set(text)) {
      const row = known.rowOf(word);
      if (row !== undefined) texts[row]++;
    }
  }
  return texts.map((count) => Math.log((1 + tokens.length) / (1 + count)) + 1);
}
