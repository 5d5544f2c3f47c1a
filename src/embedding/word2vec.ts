import { DataError } from '../core/errors.ts';
import { Estimator } from '../core/estimator.ts';
import { compareCodePoints } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { integer, number, seed, type Rules } from '../core/rules.ts';
import { tokenRules, tokensOf, type TextsOrTokens, type TokenOptions } from './tokens.ts';
import { trainWord2Vec, type NumberedTexts } from './train-word2vec.ts';
import { WordVectors, type Analogy, type Neighbour } from './word-vectors.ts';

export interface Word2VecOptions extends TokenOptions {
  /** Length of a vector. Default 100. */
  vectorSize?: number;
  /** Farthest place of a word that is predicted from another; each time a random number of places up to it is taken. Default 5. */
  window?: number;
  /** Words that occur less often are left out. Default 5. */
  minCount?: number;
  /** Random words against each one that is there. Default 5. */
  negative?: number;
  /** Share of the corpus above which words are skipped at random; 0 skips none. Default 1e-3. */
  sample?: number;
  /** Power of counts in proportion to which random words are drawn. Default 0.75. */
  nsExponent?: number;
  /** Passes over the corpus. Default 5. */
  epochs?: number;
  /** Step size at the start. Default 0.025. */
  alpha?: number;
  /** Step size at the end, to which it falls along a line. Default 1e-4. */
  minAlpha?: number;
  /** Seed. Default null, which is 0. */
  randomState?: number | null;
}

/** What Word2Vec has learned. */
export interface Word2VecFitted {
  /** The vocabulary, most common first, then by code point. */
  words: readonly string[];
  /** How often each word occurs. */
  counts: Float64Array;
  /** words × vectorSize, row-major. */
  vectors: Float32Array;
}

/**
 * word2vec: a vector for each word, such that words of like neighbourhoods get like vectors. Skip-gram with negative
 * sampling: maximises Σ ln σ(x_near·y_word) + Σ ln σ(−x_near·y_random) over all words near each other, and keeps x.
 *
 * X: texts, or lists of tokens. One text is a neighbourhood: windows do not reach into the next. `y` is not used.
 * `fitted`: words, counts, vectors.
 *
 * Counterpart: gensim's Word2Vec(sg=1, hs=0, workers=1). The same seed gives the same vectors on every machine, though not
 * gensim's, whose random numbers differ.
 * Source: Mikolov, Sutskever, Chen, Corrado and Dean, "Distributed representations of words and phrases and their
 * compositionality", NIPS 2013.
 *
 * @throws DataError for no word that occurs minCount times
 * @example
 * const word2vec = await new Word2Vec({ vectorSize: 100, epochs: 10 }).fit(texts);
 * word2vec.mostSimilar('money', 5);
 */
export class Word2Vec extends Estimator<Word2VecOptions, Word2VecFitted> {
  static override readonly takes = 'texts';

  static override readonly rules: Rules<Word2VecOptions> = {
    ...tokenRules,
    vectorSize: integer(100, { min: 1 }),
    window: integer(5, { min: 1 }),
    minCount: integer(5, { min: 1 }),
    negative: integer(5, { min: 1 }),
    sample: number(1e-3, { min: 0, max: 1 }),
    nsExponent: number(0.75),
    epochs: integer(5, { min: 1 }),
    alpha: number(0.025, { min: 0, openMin: true }),
    minAlpha: number(1e-4, { min: 0 }),
    randomState: seed(),
  };

  #vectors: WordVectors | undefined;

  /** @returns this */
  async fit(X: TextsOrTokens, _y?: ArrayLike<unknown>): Promise<this> {
    const tokens = tokensOf(this.owner, X, this.options);
    const { words, texts } = this.#numbered(tokens);
    const vectors = trainWord2Vec(texts, this.options, new RandomState(this.options.randomState));
    return this.restore({ words, counts: texts.counts, vectors });
  }

  override restore(fitted: Word2VecFitted): this {
    this.#vectors = undefined;
    return super.restore(fitted);
  }

  /** The words with their vectors, for questions and for DocumentVectors. @throws NotFittedError before fit */
  get wordVectors(): WordVectors {
    const { words, vectors } = this.fitted;
    return (this.#vectors ??= new WordVectors(words, vectors, this.options.vectorSize));
  }

  /** The nearest words by cosine; see WordVectors. */
  mostSimilar(to: string | Analogy, count = 10): Neighbour[] {
    return this.wordVectors.mostSimilar(to, count);
  }

  #numbered(tokens: readonly (readonly string[])[]): { words: string[]; texts: NumberedTexts } {
    const { minCount } = this.options;
    const occurrences = new Map<string, number>();
    for (const text of tokens) for (const word of text) occurrences.set(word, (occurrences.get(word) ?? 0) + 1);
    const common = [...occurrences].filter(([, count]) => count >= minCount).sort(([a, m], [b, n]) => n - m || compareCodePoints(a, b));
    if (common.length === 0) {
      throw new DataError(`${this.owner}: X must have a word that occurs at least ${minCount} times, got ${occurrences.size} rarer ones. Lower minCount.`);
    }
    const row = new Map(common.map(([word], i) => [word, i]));
    const offsets = new Int32Array(tokens.length + 1);
    const ids = new Int32Array(common.reduce((sum, [, count]) => sum + count, 0));
    let at = 0;
    for (const [t, text] of tokens.entries()) {
      for (const word of text) {
        const id = row.get(word);
        if (id !== undefined) ids[at++] = id;
      }
      offsets[t + 1] = at;
    }
    return { words: common.map(([word]) => word), texts: { ids, offsets, counts: Float64Array.from(common, ([, count]) => count) } };
  }
}
