import type { ClassesSeen } from '../base/classifier.ts';
import type { Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import {
  DiscreteNaiveBayes,
  discreteRules,
  refuseNegative,
  scoreCounts,
  type DiscreteNaiveBayesFitted,
  type DiscreteNaiveBayesOptions,
} from './discrete-naive-bayes.ts';

export type MultinomialNBOptions = DiscreteNaiveBayesOptions;

/**
 * Naive Bayes for counts: a document of class c draws each of its words from one distribution,
 * P(j | c) = (Nⱼ꜀ + αⱼ) / Σⱼ(Nⱼ꜀ + αⱼ), so that ln P(c | x) = ln P(c) + Σⱼ xⱼ ln P(j | c) + const.
 *
 * X: samples × features, dense or CSR, not negative; whole counts or weights such as tf-idf. y: one label per row.
 *
 * `fitted`: classes, classCount, classLogPrior, featureCount, featureLogProb.
 *
 * Counterpart: scikit-learn's MultinomialNB. With `alpha: 0`, a count of 0 adds nothing to a dense row's score
 * either (scikit-learn gives NaN there, and the same as here for a sparse row); a row that no class can have
 * has probabilities NaN in both.
 * Source: Manning, Raghavan, Schütze, "Introduction to Information Retrieval", 2008, ch. 13.
 *
 * @example
 * const model = await new MultinomialNB().fit([[2, 0], [0, 3]], ['ham', 'spam']);
 * await model.predict([[0, 1]]); // ['spam']
 */
export class MultinomialNB extends DiscreteNaiveBayes<MultinomialNBOptions> {
  static override readonly rules: Rules<MultinomialNBOptions> = discreteRules;

  protected countable(X: Matrix): Matrix {
    return refuseNegative(this.owner, X);
  }

  protected featureLogProb(featureCount: DenseMatrix, _classCount: Float64Array, alpha: Float64Array): DenseMatrix {
    const logs = featureCount.copy();
    for (let k = 0; k < logs.rows; k++) {
      const row = logs.row(k);
      let total = 0;
      for (let j = 0; j < row.length; j++) total += row[j] += alpha[j];
      const logTotal = Math.log(total);
      for (let j = 0; j < row.length; j++) row[j] = Math.log(row[j]) - logTotal;
    }
    return logs;
  }

  protected jointLogLikelihood(X: Matrix, { featureLogProb, classLogPrior }: DiscreteNaiveBayesFitted & ClassesSeen): DenseMatrix {
    return scoreCounts(X, featureLogProb, classLogPrior);
  }
}
