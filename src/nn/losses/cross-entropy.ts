import { DataError, OptionError, ShapeError } from '../../core/errors.ts';
import { choice } from '../../core/rules.ts';
import { show } from '../../core/show.ts';
import { add, equal, mul, neg } from '../operators/arithmetic.ts';
import { constant } from '../operators/constants.ts';
import { unsqueeze } from '../operators/reshape.ts';
import { logSoftmax } from '../operators/softmax.ts';
import { sum } from '../operators/sum-and-expand.ts';
import { showShape } from '../shape.ts';
import { Constant, type Tensor } from '../tensor.ts';
import type { Loss } from './loss.ts';

export interface CrossEntropyOptions {
  /** A weight per class. Default: all 1. */
  classWeights?: ArrayLike<number>;
  /** The share of a target that is spread evenly over all classes. Default 0. */
  labelSmoothing?: number;
  /** What a target is: the class's number, or a probability for each class, as of mixed or doubtful samples. Default 'classes'. */
  targets?: 'classes' | 'probabilities';
}

const kinds = choice('classes', ['classes', 'probabilities']);

/** By how much probabilities of a row may miss a sum of 1: they come in single precision, rounded by whoever wrote them. */
const MISSING = 1e-3;

/**
 * −log of the probability that softmax of the scores gives to the true class. Scores: [N, classes]; target: the
 * classes' numbers, 0 … classes − 1, int32 [N]. With class weights, the mean is over the weights of the rows' classes.
 * With probabilities as targets, [N, classes], it is −Σₖ pₖ log softmax(scores)ₖ, each class times its weight, and the
 * mean is over the rows.
 *
 * Counterpart: torch.nn.CrossEntropyLoss.
 *
 * @example
 * nn.crossEntropy({ labelSmoothing: 0.1 })
 */
export function crossEntropy({ classWeights, labelSmoothing = 0, targets = 'classes' }: CrossEntropyOptions = {}): Loss {
  if (!kinds.accepts(targets)) throw new OptionError(`crossEntropy: targets must be ${kinds.expected}, got ${show(targets)}.`);
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) throw new OptionError(`crossEntropy: labelSmoothing must be a number in [0, 1], got ${show(labelSmoothing)}.`);
  const weights = classWeights && Array.from(classWeights);
  if (weights?.some((weight) => !(weight >= 0 && weight < Infinity))) throw new OptionError(`crossEntropy: classWeights must be numbers in [0, ∞), got ${show(classWeights)}.`);
  const areClasses = targets === 'classes';

  return {
    name: 'crossEntropy',
    target(prediction) {
      if (prediction.length !== 2) throw new ShapeError(`crossEntropy: the net must return scores [N, classes], it returns ${showShape(prediction)}. End it with Linear(…, classes).`);
      if (weights && weights.length !== prediction[1]) throw new ShapeError(`crossEntropy: classWeights must have a number for each of ${prediction[1]} classes, got ${weights.length}.`);
      return areClasses ? { shape: [prediction[0]], type: 'int32' } : { shape: prediction, type: 'float32' };
    },
    checkTarget(target, [, classes]) {
      if (!areClasses) return checkProbabilities(target, classes);
      for (let i = 0; i < target.length; i++) {
        if (!(target[i] >= 0 && target[i] < classes)) {
          throw new DataError(`crossEntropy: targets must be class numbers in 0…${classes - 1}, row ${i} of the batch has ${target[i]}. Give the net an output for every class.`);
        }
      }
    },
    rows(scores, target) {
      const classes = scores.shape[1];
      const row = weights && constant([1, classes], weights);
      const shares = areClasses ? oneHot(target, classes) : target;
      const weighted = row ? mul(shares, row) : shares;
      const share = labelSmoothing / classes;
      const wanted = labelSmoothing === 0 ? weighted : add(mul(weighted, 1 - labelSmoothing), row ? constant([1, classes], weights!.map((w) => w * share)) : constant([], [share]));
      const losses = neg(sum(mul(logSoftmax(scores), wanted), 1));
      return { losses, weights: areClasses && row ? sum(weighted, 1) : undefined };
    },
  };
}

/** 1 at each row's class, else 0. */
function oneHot(target: Tensor, classes: number): Tensor {
  return equal(unsqueeze(target, 1), new Constant([1, classes], Array.from({ length: classes }, (_, k) => k), 'int32'));
}

/** @throws DataError naming the first row whose numbers are no probabilities of all classes */
function checkProbabilities(target: ArrayLike<number>, classes: number): void {
  for (let start = 0; start < target.length; start += classes) {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += target[start + k] >= 0 ? target[start + k] : Number.NaN;
    if (Math.abs(sum - 1) <= MISSING) continue;
    const shown = Array.from({ length: classes }, (_, k) => target[start + k]);
    throw new DataError(`crossEntropy: targets must be probabilities that add up to 1, row ${start / classes} of the batch has ${show(shown)}. Divide them by their sum.`);
  }
}
