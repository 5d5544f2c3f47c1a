import { declareAtOnce } from '../core/at-once.ts';
import type { Rules } from '../core/rules.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { TextsLike } from './analyzed-texts.ts';
import { inverseDocumentFrequency, type TfidfOptions, tfidfRules, weighCounts } from './tfidf-weights.ts';
import { type VocabularyFitted, type VocabularyOptions, vocabularyRules, VocabularyVectorizer } from './vocabulary-vectorizer.ts';

export interface TfidfVectorizerOptions extends VocabularyOptions, TfidfOptions {}

interface Fitted extends VocabularyFitted {
  /** One inverse document frequency per term; null without useIdf. */
  idf: Float64Array | null;
}

/**
 * Turns texts into tf-idf weights of their terms: CountVectorizer followed by TfidfTransformer, with the formula there.
 *
 * X: one text per row, or what `hoist` made of them; the result is documents × terms, sparse, each row of length 1
 * unless `norm` says otherwise. A document without known terms is a row of zeros.
 *
 * `fitted` holds `idf` besides CountVectorizer's `vocabulary`, `fixedVocabulary` and `notes`. Unlike CountVectorizer it
 * needs `fit` even with a given vocabulary, for the idf. Errors as CountVectorizer's and
 * TfidfTransformer's.
 *
 * Counterpart: scikit-learn's TfidfVectorizer; differences as CountVectorizer's.
 *
 * @example
 * const X = await new TfidfVectorizer({ sublinearTf: true, minDf: 2 }).fitTransform(texts);
 * const letters = new TfidfVectorizer({ analyzer: 'char_wb', ngramRange: [3, 5] });
 */
export class TfidfVectorizer extends VocabularyVectorizer<TfidfVectorizerOptions, Fitted> {
  static override readonly rules: Rules<TfidfVectorizerOptions> = { ...vocabularyRules, ...tfidfRules };

  static {
    declareAtOnce(TfidfVectorizer.prototype.fitTransform, (owner: TfidfVectorizer, [X], use) =>
      owner.learn(X, (vectorized) => owner.withMatrix(vectorized, (counts) => use(weighCounts(owner.owner, counts, owner.fitted.idf, owner.options)))),
    );
  }

  protected override get worksUnfitted(): boolean {
    return false;
  }

  async fit(X: TextsLike): Promise<this> {
    return this.learn(X, () => this);
  }

  override async fitTransform(X: TextsLike): Promise<CsrMatrix> {
    return this.learn(X, (vectorized) => weighCounts(this.owner, this.toMatrix(vectorized), this.fitted.idf, this.options));
  }

  async transform(X: TextsLike): Promise<CsrMatrix> {
    return weighCounts(this.owner, this.count(X), this.fitted.idf, this.options);
  }

  protected learnMore(rows: number, documentFrequency: () => Int32Array): { idf: Float64Array | null } {
    const { useIdf, smoothIdf } = this.options;
    return { idf: useIdf ? inverseDocumentFrequency(documentFrequency(), rows, smoothIdf) : null };
  }
}
