import { CountVectorizer, LogisticRegression, Pipeline, StandardScaler } from 'refit';

/** Word counts, scaled to unit variance, into a logistic regression: the pipeline this project grew out of. */
export default () =>
  new Pipeline([
    ['count', new CountVectorizer({ tokenPattern: /\w+/gu })],
    ['scale', new StandardScaler({ withMean: false })],
    ['classify', new LogisticRegression({ maxIter: 50_000 })],
  ]);

/** What `refit run --search` tries. */
export const searchSpace = { classify: { C: [0.01, 0.1, 1, 10, 100] } };
