import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import type { Rules } from '../core/rules.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { inverseDocumentFrequency, type TfidfOptions, tfidfRules, weighCounts } from './tfidf-weights.ts';

interface Learned {
  /** One inverse document frequency per column; null without useIdf. */
  idf: Float64Array | null;
}

/**
 * Turns counts into tf-idf weights: a term weighs more the more often a document has it, and less the more documents
 * have it.
 *
 *     weight(d, t) = tf(d, t) · (ln((n + 1) / (df(t) + 1)) + 1),  then each row is divided by its norm
 *
 * with n the number of documents in fit and df(t) how many of them have t; without smoothIdf both 1s inside the
 * logarithm go. The 1 outside keeps terms that every document has.
 *
 * X: documents × terms, counts, dense or sparse; the result is sparse, of the same shape. Rows without terms stay
 * zero. `fitted` holds `idf` and `nFeaturesIn`.
 *
 * @throws DataError for a row to be normalised with a term of infinite idf, which without smoothIdf no row of fit had
 *
 * Counterpart: scikit-learn's TfidfTransformer. Source: Manning, Raghavan and Schütze, Introduction to Information
 * Retrieval (2008), section 6.2, but for the two constants.
 *
 * @example
 * const counts = await new CountVectorizer().fitTransform(texts);
 * const weights = await new TfidfTransformer({ sublinearTf: true }).fitTransform(counts);
 */
export class TfidfTransformer extends MatrixTransformer<TfidfOptions, Learned> {
  static override readonly rules: Rules<TfidfOptions> = tfidfRules;

  protected learn(X: Matrix): Learned {
    const { useIdf, smoothIdf } = this.options;
    return { idf: useIdf ? inverseDocumentFrequency(documentFrequency(X), X.rows, smoothIdf) : null };
  }

  protected apply(X: Matrix, { idf }: Learned & FeaturesSeen): CsrMatrix {
    return weighCounts(this.owner, X.kind === 'csr' ? X.copy() : CsrMatrix.fromDense(X), idf, this.options);
  }
}

/** Per column, the number of rows with an entry; in a sparse matrix a stored zero is one, as in scikit-learn. */
function documentFrequency(X: Matrix): Int32Array {
  const frequency = new Int32Array(X.cols);
  if (X.kind === 'csr') {
    for (let p = 0; p < X.nnz; p++) frequency[X.indices[p]]++;
  } else {
    for (let p = 0; p < X.data.length; p++) if (X.data[p] !== 0) frequency[p % X.cols]++;
  }
  return frequency;
}
