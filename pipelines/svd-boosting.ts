import { HistGradientBoostingClassifier, Pipeline, TfidfVectorizer, TruncatedSVD, type PipelineContext } from 'refit';

/** Latent semantic analysis: words weighted by how rare they are, reduced to a hundred directions, into gradient boosting. */
export default ({ seed }: PipelineContext) =>
  new Pipeline([
    ['tfidf', new TfidfVectorizer({ tokenPattern: /\w+/gu, minDf: 2, sublinearTf: true })],
    ['reduce', new TruncatedSVD({ nComponents: 100, randomState: seed })],
    ['classify', new HistGradientBoostingClassifier({ maxIter: 150, maxLeafNodes: 15, earlyStopping: false, randomState: seed })],
  ]);
