import type { Target } from '../base/label-classifier.ts';
import { OptionError } from '../core/errors.ts';
import { number, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { KernelClassifier, kernelClassifierRules, type Bounds, type KernelClassifierOptions } from './kernel-classifier.ts';

export interface NuSVCOptions extends KernelClassifierOptions {
  /**
   * At most this share of the rows ends within the margin, and at least this share supports the machine, in (0, 1]; both by
   * weight and pair of classes. Default 0.5.
   */
  nu?: number;
}

/**
 * Support vector classification with a kernel K and a share ν of rows within the margin in place of SVC's cost. Per pair
 * of classes (y = +1 and −1), the dual
 *
 *     min over 0 ≤ αᵢ ≤ wᵢ, Σyᵢαᵢ = 0, Σαᵢ = ν·Σwᵢ of ½·Σᵢⱼ αᵢαⱼyᵢyⱼK(xᵢ, xⱼ),
 *
 * wᵢ the row's weight, gives the decision value Σ yᵢαᵢK(xᵢ, x) + b, scaled so that the margin is at ±1. Three classes or
 * more are decided by the votes of all pairs. X, y, what `fitted` holds, probabilities and precision as for SVC.
 *
 * @throws OptionError where nu is more than a pair of classes allows: twice the smaller class's share of their weight;
 * for breakTies with 'ovo'. DataError where no margin is left, and ShapeError, DataError as SVC.
 *
 * Counterpart: scikit-learn's NuSVC, libsvm's steps; without its class_weight, which it takes and does not heed.
 * Source: Schölkopf, Smola, Williamson, Bartlett, "New support vector algorithms", Neural Computation 12, 2000.
 *
 * @example
 * const model = await new NuSVC({ nu: 0.1 }).fit(X, y);
 * await model.predict(Xnew);
 */
export class NuSVC extends KernelClassifier<NuSVCOptions> {
  static override readonly rules: Rules<NuSVCOptions> = { nu: number(0.5, { min: 0, max: 1, openMin: true }), ...kernelClassifierRules };

  protected bounds({ classes, codes, sampleWeight }: Target): Bounds {
    const { nu } = this.options;
    const totals = new Float64Array(classes.length);
    const costOf = (i: number): number => (sampleWeight ? sampleWeight[i] : 1);
    codes.forEach((code, i) => (totals[code] += costOf(i)));
    for (let i = 0; i < totals.length; i++) {
      for (let j = i + 1; j < totals.length; j++) {
        const smaller = Math.min(totals[i], totals[j]);
        if ((nu * (totals[i] + totals[j])) / 2 <= smaller) continue;
        const most = (2 * smaller) / (totals[i] + totals[j]);
        throw new OptionError(`${this.owner}: nu must be at most ${Number(most.toPrecision(3))} for the classes ${show(classes[i])} and ${show(classes[j])}, which weigh ${totals[i]} and ${totals[j]}, got ${nu}.`);
      }
    }
    return { costOf, nu };
  }
}
