import { CountVectorizer, Pipeline, StandardScaler } from 'refit';
import { MlClassifier } from 'refit/adapters';

/**
 * count-logistic-300 with ml.js' logistic regression, on the 300 most frequent words, a size at which it finishes: it knows
 * no sparse rows, no intercept and no penalty, and stops after a given number of steps. Needs npm install
 * ml-logistic-regression.
 */
export default () =>
  new Pipeline([
    ['count', new CountVectorizer({ tokenPattern: /\w+/gu, maxFeatures: 300 })],
    ['scale', new StandardScaler({ withMean: false })],
    ['classify', new MlClassifier({ package: 'ml-logistic-regression', modelOptions: { numSteps: 100, learningRate: 1e-4 } })],
  ]);
