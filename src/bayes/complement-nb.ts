import type { ClassesSeen, Target } from '../base/classifier.ts';
import { flag, type Rules } from '../core/rules.ts';
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

export interface ComplementNBOptions extends DiscreteNaiveBayesOptions {
  /** Whether to divide each class's weights by their sum, as the paper's table 4 does. Default false. */
  norm?: boolean;
}

/** What ComplementNB has learned. */
export interface ComplementNBFitted extends DiscreteNaiveBayesFitted {
  /** Σ of featureCount over classes, one per feature. */
  featureAll: Float64Array;
}

/**
 * Naive Bayes by what a class is not: with P(j | ¬c) = (N̄ⱼ꜀ + αⱼ) / Σⱼ(N̄ⱼ꜀ + αⱼ) over the rows of all other
 * classes, the score of class c is −Σⱼ xⱼ ln P(j | ¬c). Steadier than MultinomialNB where classes differ much
 * in size.
 *
 * X: samples × features, dense or CSR, not negative. y: one label per row. Priors do not enter the score
 * (they would if there were one class only).
 *
 * `fitted`: classes, classCount, classLogPrior, featureCount, featureAll, featureLogProb (the weights).
 *
 * Counterpart: scikit-learn's ComplementNB.
 * Source: Rennie, Shih, Teevan, Karger, "Tackling the poor assumptions of naive Bayes text classifiers",
 * ICML 2003.
 *
 * @example
 * const model = await new ComplementNB().fit([[2, 0], [0, 3]], ['ham', 'spam']);
 * await model.predict([[0, 1]]); // ['spam']
 */
export class ComplementNB extends DiscreteNaiveBayes<ComplementNBOptions, ComplementNBFitted> {
  static override readonly rules: Rules<ComplementNBOptions> = { ...discreteRules, norm: flag(false) };

  protected countable(X: Matrix): Matrix {
    return refuseNegative(this.owner, X);
  }

  protected override learnMore(X: Matrix, y: Target, before: (ComplementNBFitted & ClassesSeen) | undefined): ComplementNBFitted {
    const learned = super.learnMore(X, y, before);
    return { ...learned, featureAll: sumOverClasses(learned.featureCount) };
  }

  protected featureLogProb(featureCount: DenseMatrix, _classCount: Float64Array, alpha: Float64Array): DenseMatrix {
    const all = sumOverClasses(featureCount);
    const weights = new DenseMatrix(featureCount.rows, featureCount.cols);
    for (let k = 0; k < weights.rows; k++) {
      const counts = featureCount.row(k);
      const row = weights.row(k);
      let total = 0;
      for (let j = 0; j < row.length; j++) total += row[j] = all[j] + alpha[j] - counts[j];
      let sum = 0;
      for (let j = 0; j < row.length; j++) sum += row[j] = Math.log(row[j] / total);
      const divisor = this.options.norm ? sum : -1;
      for (let j = 0; j < row.length; j++) row[j] /= divisor;
    }
    return weights;
  }

  protected jointLogLikelihood(X: Matrix, { featureLogProb, classLogPrior }: ComplementNBFitted & ClassesSeen): DenseMatrix {
    return scoreCounts(X, featureLogProb, classLogPrior.length === 1 ? classLogPrior : undefined);
  }
}

function sumOverClasses(featureCount: DenseMatrix): Float64Array {
  const sums = new Float64Array(featureCount.cols);
  for (let k = 0; k < featureCount.rows; k++) {
    const row = featureCount.row(k);
    for (let j = 0; j < sums.length; j++) sums[j] += row[j];
  }
  return sums;
}
