import { AdaBoostClassifier, CountVectorizer, Pipeline } from 'refit';

/** Fifty stumps over the 200 commonest words, each for what the ones before it missed. */
export default ({ seed }: { seed: number }) =>
  new Pipeline([
    ['count', new CountVectorizer({ maxFeatures: 200 })],
    ['classify', new AdaBoostClassifier({ nEstimators: 50, randomState: seed })],
  ]);
