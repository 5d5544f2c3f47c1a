import { CountVectorizer, LogisticRegression, Pipeline, StandardScaler } from 'refit';

/** The pipeline of the seed script; its peer is in bench/peers/measured.py. */
export const seedPipeline = () =>
  new Pipeline([
    ['count', new CountVectorizer({ tokenPattern: /\w+/gu })],
    ['scale', new StandardScaler({ withMean: false })],
    ['classify', new LogisticRegression({ maxIter: 50_000 })],
  ]);
