import { declareAtOnce } from '../core/at-once.ts';
import type { Rules } from '../core/rules.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { TextsLike } from './analyzed-texts.ts';
import { type VocabularyFitted, type VocabularyOptions, vocabularyRules, VocabularyVectorizer } from './vocabulary-vectorizer.ts';

export type CountVectorizerOptions = VocabularyOptions;

/**
 * Turns texts into counts of their terms (words, runs of words, or runs of characters), one column per term.
 *
 * X: one text per row, or what `hoist` made of them; the result is documents × terms, sparse, ascending columns. The
 * vocabulary is what fit's texts hold, in code-point order; terms met only later are passed over. A document without
 * known terms is a row of zeros.
 *
 * `fitted` holds `vocabulary` (terms by column; `columnOf(term)` looks one up), `fixedVocabulary` and `notes`.
 * With the `vocabulary` option, `transform` works without `fit`.
 *
 * Errors: OptionError for a vocabulary that cannot be used; DataError for rows that hold no text, texts without any
 * term, bounds that leave no term, and texts hoisted with other analyzer options.
 *
 * Counterpart: scikit-learn's CountVectorizer. It reads files and bytes too, which here is the caller's work; `minDf`
 * and `maxDf` write the share of all documents `{ share: 1 }`, since 1.0 is 1 in JavaScript; counts are doubles;
 * remarks are in `fitted.notes` rather than warnings. Letters that Unicode has got since version 14 are letters here.
 *
 * @example
 * const counts = await new CountVectorizer({ ngramRange: [1, 2] }).fitTransform(['see the cat', 'the dog']);
 * counts.cols; // 7: cat, dog, see, see the, the, the cat, the dog
 */
export class CountVectorizer extends VocabularyVectorizer<CountVectorizerOptions, VocabularyFitted> {
  static override readonly rules: Rules<CountVectorizerOptions> = vocabularyRules;

  static {
    declareAtOnce(CountVectorizer.prototype.fitTransform, (owner: CountVectorizer, [X], use) => owner.learn(X, (vectorized) => owner.withMatrix(vectorized, use)));
  }

  async fit(X: TextsLike): Promise<this> {
    return this.learn(X, () => this);
  }

  override async fitTransform(X: TextsLike): Promise<CsrMatrix> {
    return this.learn(X, (vectorized) => this.toMatrix(vectorized));
  }

  async transform(X: TextsLike): Promise<CsrMatrix> {
    return this.count(X);
  }

  protected learnMore(): object {
    return {};
  }
}
