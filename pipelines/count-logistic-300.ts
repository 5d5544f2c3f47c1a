import { CountVectorizer, LogisticRegression, Pipeline, StandardScaler } from 'refit';

/** count-logistic on the 300 most frequent words: what count-logistic-mljs is to be compared with. */
export default () =>
  new Pipeline([
    ['count', new CountVectorizer({ tokenPattern: /\w+/gu, maxFeatures: 300 })],
    ['scale', new StandardScaler({ withMean: false })],
    ['classify', new LogisticRegression({ maxIter: 50_000 })],
  ]);
