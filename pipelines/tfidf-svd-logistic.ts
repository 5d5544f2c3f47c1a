import { LogisticRegression, Pipeline, TfidfVectorizer, TruncatedSVD } from 'refit';

/** Latent semantic analysis: words weighted by how rare they are, reduced to a hundred directions, into a logistic regression. */
export default () =>
  new Pipeline([
    ['tfidf', new TfidfVectorizer({ tokenPattern: /\w+/gu, minDf: 2, sublinearTf: true })],
    ['reduce', new TruncatedSVD({ nComponents: 100, randomState: 43 })],
    ['classify', new LogisticRegression({ C: 100, maxIter: 1000 })],
  ]);
