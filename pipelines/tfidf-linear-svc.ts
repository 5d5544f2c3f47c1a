import { LinearSVC, Pipeline, TfidfVectorizer } from 'refit';

/** Words and word pairs, weighted by how rare they are, into a linear support vector machine: scores, no probabilities. */
export default () =>
  new Pipeline([
    ['tfidf', new TfidfVectorizer({ tokenPattern: /\w+/gu, ngramRange: [1, 2], minDf: 2, sublinearTf: true })],
    ['classify', new LinearSVC({ C: 1 })],
  ]);
