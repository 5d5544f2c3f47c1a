import type { ClassesSeen } from '../base/classifier.ts';
import { number, optional, type Rules } from '../core/rules.ts';
import { binarize } from '../matrix/binarize.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import {
  DiscreteNaiveBayes,
  discreteRules,
  scoreCounts,
  type DiscreteNaiveBayesFitted,
  type DiscreteNaiveBayesOptions,
} from './discrete-naive-bayes.ts';

export interface BernoulliNBOptions extends DiscreteNaiveBayesOptions {
  /** Values of X above it, at least 0, count as present, others as absent; null where X holds 0 and 1 already. Default 0. */
  binarize?: number | null;
}

/**
 * Naive Bayes for presence and absence: with pⱼ꜀ = (Nⱼ꜀ + αⱼ) / (N꜀ + 2αⱼ), Nⱼ꜀ of the N꜀ rows of class c having
 * feature j, ln P(c | x) = ln P(c) + Σⱼ [xⱼ ln pⱼ꜀ + (1 − xⱼ) ln(1 − pⱼ꜀)] + const. An absent word speaks too.
 *
 * X: samples × features, dense or CSR; values above `binarize` count as 1. y: one label per row.
 *
 * `fitted`: classes, classCount, classLogPrior, featureCount, featureLogProb (ln p).
 *
 * Counterpart: scikit-learn's BernoulliNB, where a list as `alpha` fails.
 * Source: Manning, Raghavan, Schütze, "Introduction to Information Retrieval", 2008, §13.3.
 *
 * @example
 * const model = await new BernoulliNB().fit([[2, 0], [0, 3]], ['ham', 'spam']);
 * await model.predict([[0, 1]]); // ['spam']
 */
export class BernoulliNB extends DiscreteNaiveBayes<BernoulliNBOptions> {
  static override readonly rules: Rules<BernoulliNBOptions> = { ...discreteRules, binarize: optional(number(0, { min: 0 }), 0) };

  protected countable(X: Matrix): Matrix {
    const { binarize: threshold } = this.options;
    return threshold === null ? X : binarize(this.owner, X, threshold);
  }

  protected featureLogProb(featureCount: DenseMatrix, classCount: Float64Array, alpha: Float64Array): DenseMatrix {
    const logs = featureCount.copy();
    for (let k = 0; k < logs.rows; k++) {
      const row = logs.row(k);
      for (let j = 0; j < row.length; j++) row[j] = Math.log(row[j] + alpha[j]) - Math.log(classCount[k] + 2 * alpha[j]);
    }
    return logs;
  }

  /** Σⱼ [xⱼ ln p + (1 − xⱼ) ln(1 − p)] as Σⱼ ln(1 − p) + Σⱼ xⱼ (ln p − ln(1 − p)): absent features cost nothing. */
  protected jointLogLikelihood(X: Matrix, { featureLogProb, classLogPrior }: DiscreteNaiveBayesFitted & ClassesSeen): DenseMatrix {
    const weights = new DenseMatrix(featureLogProb.rows, featureLogProb.cols);
    const bias = classLogPrior.slice();
    for (let k = 0; k < weights.rows; k++) {
      const present = featureLogProb.row(k);
      const row = weights.row(k);
      for (let j = 0; j < row.length; j++) {
        const absent = Math.log1p(-Math.exp(present[j]));
        row[j] = present[j] - absent;
        bias[k] += absent;
      }
    }
    return scoreCounts(this.countable(X), weights, bias);
  }
}
