import { ExtraTreesClassifier, Pipeline, TfidfVectorizer, type PipelineContext } from 'refit';

/** Words weighted by how rare they are, as sparse as they come, into extremely randomised trees. */
export default ({ seed }: PipelineContext) =>
  new Pipeline([
    ['tfidf', new TfidfVectorizer({ tokenPattern: /\w+/gu, minDf: 2, sublinearTf: true })],
    ['classify', new ExtraTreesClassifier({ nEstimators: 200, randomState: seed })],
  ]);
