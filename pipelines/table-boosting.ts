import { HistGradientBoostingClassifier, Pipeline, type PipelineContext } from 'refit';

/** Any table into gradient boosting, as it is: gaps stay, and words are categories of their own (up to 255 a column). */
export default ({ seed }: PipelineContext) =>
  new Pipeline([
    ['classify', new HistGradientBoostingClassifier({ learningRate: 0.05, maxIter: 150, maxLeafNodes: 15, minSamplesLeaf: 10, earlyStopping: false, randomState: seed })],
  ]);

/** What `refit run --search` tries. */
export const searchSpace = { classify: { learningRate: [0.03, 0.1], maxLeafNodes: [7, 15, 31], l2Regularization: [0, 1] } };
