import { KNeighborsClassifier, Pipeline, TfidfVectorizer } from 'refit';

/** The votes of the three most similar texts, the more similar counting more. */
export default () =>
  new Pipeline([
    ['tfidf', new TfidfVectorizer({ tokenPattern: /\w+/gu, sublinearTf: true })],
    ['classify', new KNeighborsClassifier({ nNeighbors: 3, metric: 'cosine', weights: 'distance' })],
  ]);
