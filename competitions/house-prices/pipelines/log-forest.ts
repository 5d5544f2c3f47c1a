import { ColumnTransformer, ExtraTreesRegressor, FunctionTransformer, OneHotEncoder, Pipeline, SimpleImputer, TransformedTarget, columns, type PipelineContext } from 'refit';
import { houses } from '../houses.ts';

/** The logarithm of the price by extremely randomised trees: no column needs scaling, and gaps in numbers stay. */
export default ({ seed }: PipelineContext) =>
  new Pipeline([
    ['houses', new FunctionTransformer({ func: houses })],
    [
      'columns',
      new ColumnTransformer([
        ['numbers', 'passthrough', columns.numeric],
        [
          'words',
          new Pipeline([
            ['fill', new SimpleImputer({ strategy: 'constant', fillValue: 'none' })],
            ['encode', new OneHotEncoder({ minFrequency: 5, handleUnknown: 'infrequentIfExist', sparseOutput: false })],
          ]),
          columns.categorical,
        ],
      ]),
    ],
    ['price', new TransformedTarget({ regressor: new ExtraTreesRegressor({ nEstimators: 300, maxFeatures: 0.4, randomState: seed }), func: 'log1p' })],
  ]);
