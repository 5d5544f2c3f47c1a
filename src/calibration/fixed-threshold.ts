import type { FitOptions } from '../core/fit-options.ts';
import type { Label, Labels } from '../core/labels.ts';
import { custom, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { posLabelRule, responseMethodRule, ThresholdedClassifier, type ResponseMethod, type ThresholdFitted } from './thresholded-classifier.ts';
import { type ClassifierModel, estimatorRule } from './wrapped-classifier.ts';

export interface FixedThresholdOptions {
  /** A classifier of two classes, or a pipeline that ends in one. Must be given. */
  estimator: ClassifierModel;
  /** Least score of the positive class; 'auto' is 0.5 for probabilities, 0 for decision values. Default 'auto'. */
  threshold?: number | 'auto';
  /** The positive label. Default null: the greater of the two. */
  posLabel?: Label | null;
  /** What the threshold is on; 'auto' is predictProba where the estimator has it. Default 'auto'. */
  responseMethod?: ResponseMethod;
}

/**
 * A classifier of two classes with a threshold of your own: rows score at least `threshold` or get the other label.
 *
 * X: whatever the estimator takes. `fitted`: estimator, classes, posLabel, responseMethod, threshold.
 *
 * Counterpart: scikit-learn's FixedThresholdClassifier, which wants posLabel for labels other than 0, 1 and −1.
 *
 * @throws OptionError without an estimator; DataError unless y has two classes
 * @example
 * const careful = new FixedThreshold({ estimator: new LogisticRegression(), threshold: 0.9 });
 */
export class FixedThreshold extends ThresholdedClassifier<FixedThresholdOptions, ThresholdFitted> {
  static override readonly rules: Rules<FixedThresholdOptions> = {
    estimator: estimatorRule(),
    threshold: custom<number | 'auto'>('auto', "a finite number or 'auto'", (v) => v === 'auto' || Number.isFinite(v), 'half'),
    posLabel: posLabelRule(),
    responseMethod: responseMethodRule(),
  };

  async fit(X: unknown, y: Labels, options: FitOptions = {}): Promise<this> {
    const classes = this.classesOf(X, y, { binary: true });
    const posLabel = this.positiveOf(classes);
    const responseMethod = this.responseMethod();
    const sampleWeight = checkSampleWeight(this.owner, options.sampleWeight, y.length);
    const model = this.options.estimator.clone() as ClassifierModel;
    await model.fit(X, y, sampleWeight && { sampleWeight });
    const { threshold } = this.options;
    return this.restore({
      estimator: model.fitted,
      classes,
      posLabel,
      responseMethod,
      threshold: threshold !== 'auto' ? threshold : responseMethod === 'predictProba' ? 0.5 : 0,
    });
  }
}
