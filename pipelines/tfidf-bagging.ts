import { BaggingClassifier, LinearSVC, Pipeline, TfidfVectorizer } from 'refit';

/** Ten linear SVCs, each on rows drawn at random. */
export default ({ seed }: { seed: number }) =>
  new Pipeline([
    ['tfidf', new TfidfVectorizer()],
    ['classify', new BaggingClassifier({ estimator: new LinearSVC(), nEstimators: 10, randomState: seed })],
  ]);
