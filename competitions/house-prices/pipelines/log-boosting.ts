import { FunctionTransformer, HistGradientBoostingRegressor, Pipeline, TransformedTarget, type PipelineContext } from 'refit';
import { houses } from '../houses.ts';

/** The logarithm of the price by gradient boosting: gaps stay, and words are categories of their own. */
export default ({ seed }: PipelineContext) =>
  new Pipeline([
    ['houses', new FunctionTransformer({ func: houses })],
    [
      'price',
      new TransformedTarget({
        regressor: new HistGradientBoostingRegressor({ learningRate: 0.03, maxIter: 600, maxLeafNodes: 6, minSamplesLeaf: 8, l2Regularization: 2, maxFeatures: 0.3, subsample: 0.8, randomState: seed }),
        func: 'log1p',
      }),
    ],
  ]);
