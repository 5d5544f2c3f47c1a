import { HistGradientBoostingRegressor, Pipeline, type PipelineContext } from 'refit';

/** Any table into gradient boosting, as it is: gaps stay, and words are categories of their own (up to 255 a column). */
export default ({ seed }: PipelineContext) =>
  new Pipeline([
    ['predict', new HistGradientBoostingRegressor({ learningRate: 0.05, maxIter: 200, maxLeafNodes: 8, minSamplesLeaf: 8, randomState: seed, earlyStopping: false })],
  ]);

/** What `refit run --search` tries. */
export const searchSpace = { predict: { learningRate: [0.03, 0.1], maxLeafNodes: [4, 8, 15], l2Regularization: [0, 1] } };
