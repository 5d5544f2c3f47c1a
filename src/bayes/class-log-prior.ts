import { OptionError } from '../core/errors.ts';

/** What naive Bayes classifiers over counts and categories are told of their classes' priors. */
export interface PriorOptions {
  /** Whether to learn class priors from the data; otherwise all classes are equally likely. Default true. */
  fitPrior?: boolean;
  /** Class priors, in ascending order of classes, in place of learned ones. Default null. */
  classPrior?: ArrayLike<number> | null;
}

/** ln P(class), one per class: as given, from their weights, or equal. @throws OptionError for another number of priors than classes */
export function classLogPrior(owner: string, { fitPrior, classPrior }: Readonly<Required<PriorOptions>>, classCount: Float64Array): Float64Array {
  if (classPrior !== null) {
    if (classPrior.length !== classCount.length) {
      throw new OptionError(`${owner}: classPrior must have one value per class (${classCount.length}), got ${classPrior.length}.`);
    }
    return Float64Array.from(classPrior, Math.log);
  }
  if (!fitPrior) return new Float64Array(classCount.length).fill(-Math.log(classCount.length));
  const logTotal = Math.log(classCount.reduce((a, b) => a + b, 0));
  return classCount.map((count) => Math.log(count) - logTotal);
}
