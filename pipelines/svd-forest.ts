import { Pipeline, RandomForestClassifier, TfidfVectorizer, TruncatedSVD, type PipelineContext } from 'refit';

/** Latent semantic analysis: words weighted by how rare they are, reduced to fifty directions, into a random forest. */
export default ({ seed }: PipelineContext) =>
  new Pipeline([
    ['tfidf', new TfidfVectorizer({ tokenPattern: /\w+/gu, minDf: 2, sublinearTf: true })],
    ['reduce', new TruncatedSVD({ nComponents: 50, randomState: seed })],
    ['classify', new RandomForestClassifier({ nEstimators: 200, randomState: seed })],
  ]);
