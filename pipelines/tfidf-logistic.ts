import { LogisticRegression, Pipeline, TfidfVectorizer } from 'refit';

/** Words and word pairs, weighted by how rare they are, into a weakly penalised logistic regression. */
export default () =>
  new Pipeline([
    ['tfidf', new TfidfVectorizer({ tokenPattern: /\w+/gu, ngramRange: [1, 2], minDf: 2, sublinearTf: true })],
    ['classify', new LogisticRegression({ C: 100, maxIter: 1000 })],
  ]);

/** What `refit run --search` tries. */
export const searchSpace = { classify: { C: [1, 10, 100, 1000] } };
