import { DataError, OptionError, ShapeError } from '../../core/errors.ts';
import { show } from '../../core/show.ts';
import { add, equal, mul, neg } from '../operators/arithmetic.ts';
import { constant } from '../operators/constants.ts';
import { unsqueeze } from '../operators/reshape.ts';
import { logSoftmax } from '../operators/softmax.ts';
import { sum } from '../operators/sum-and-expand.ts';
import { showShape } from '../shape.ts';
import { Constant } from '../tensor.ts';
import type { Loss } from './loss.ts';

export interface CrossEntropyOptions {
  /** A weight per class. Default: all 1. */
  classWeights?: ArrayLike<number>;
  /** The share of a target that is spread evenly over all classes. Default 0. */
  labelSmoothing?: number;
}

/**
 * −log of the probability that softmax of the scores gives to the true class. Scores: [N, classes]; target: the
 * classes' numbers, 0 … classes − 1, int32 [N]. With class weights, the mean is over the weights of the rows' classes.
 *
 * Counterpart: torch.nn.CrossEntropyLoss.
 *
 * @example
 * nn.crossEntropy({ labelSmoothing: 0.1 })
 */
export function crossEntropy({ classWeights, labelSmoothing = 0 }: CrossEntropyOptions = {}): Loss {
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) throw new OptionError(`crossEntropy: labelSmoothing must be a number in [0, 1], got ${show(labelSmoothing)}.`);
  const weights = classWeights && Array.from(classWeights);
  if (weights?.some((weight) => !(weight >= 0 && weight < Infinity))) throw new OptionError(`crossEntropy: classWeights must be numbers in [0, ∞), got ${show(classWeights)}.`);

  return {
    name: 'crossEntropy',
    target(prediction) {
      if (prediction.length !== 2) throw new ShapeError(`crossEntropy: the net must return scores [N, classes], it returns ${showShape(prediction)}. End it with Linear(…, classes).`);
      if (weights && weights.length !== prediction[1]) throw new ShapeError(`crossEntropy: classWeights must have a number for each of ${prediction[1]} classes, got ${weights.length}.`);
      return { shape: [prediction[0]], type: 'int32' };
    },
    checkTarget(target, [, classes]) {
      for (let i = 0; i < target.length; i++) {
        if (!(target[i] >= 0 && target[i] < classes)) {
          throw new DataError(`crossEntropy: targets must be class numbers in 0…${classes - 1}, row ${i} of the batch has ${target[i]}. Give the net an output for every class.`);
        }
      }
    },
    rows(scores, target) {
      const classes = scores.shape[1];
      const numbers = new Constant([1, classes], Array.from({ length: classes }, (_, k) => k), 'int32');
      const oneHot = equal(unsqueeze(target, 1), numbers);
      const row = weights && constant([1, classes], weights);
      const weighted = row ? mul(oneHot, row) : oneHot;
      const share = labelSmoothing / classes;
      const wanted = labelSmoothing === 0 ? weighted : add(mul(weighted, 1 - labelSmoothing), row ? constant([1, classes], weights!.map((w) => w * share)) : constant([], [share]));
      const losses = neg(sum(mul(logSoftmax(scores), wanted), 1));
      return { losses, weights: row && sum(weighted, 1) };
    },
  };
}
