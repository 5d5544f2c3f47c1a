import { ColumnTransformer, DateFeatures, OneHotEncoder, Pipeline, RandomForestRegressor, columns, type PipelineContext } from 'refit';

/**
 * Any table into a random forest that predicts numbers: numbers as they are, gaps too, which trees send where it serves
 * better; dates taken apart; words one-hot encoded with those in fewer than five rows joined.
 */
export default ({ seed }: PipelineContext) =>
  new Pipeline([
    [
      'columns',
      new ColumnTransformer([
        ['numbers', 'passthrough', [columns.numeric, columns.boolean]],
        ['words', new OneHotEncoder({ minFrequency: 5, handleUnknown: 'infrequentIfExist', sparseOutput: false }), columns.categorical],
        ['dates', new DateFeatures(), columns.date],
      ]),
    ],
    ['predict', new RandomForestRegressor({ nEstimators: 200, maxFeatures: 0.4, randomState: seed })],
  ]);

/** What `refit run --search` tries. */
export const searchSpace = { predict: { minSamplesLeaf: [1, 2, 4], maxFeatures: [0.2, 0.4, null] } };
