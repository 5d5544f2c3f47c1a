import { ColumnTransformer, DateFeatures, OneHotEncoder, Pipeline, RandomForestClassifier, columns, type PipelineContext } from 'refit';

/**
 * Any table into a random forest: numbers as they are, gaps too, which trees send where it serves better; dates taken
 * apart; words one-hot encoded with those in fewer than five rows joined.
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
    ['classify', new RandomForestClassifier({ nEstimators: 200, minSamplesLeaf: 2, randomState: seed })],
  ]);

/** What `refit run --search` tries. */
export const searchSpace = { classify: { minSamplesLeaf: [1, 2, 4, 8], maxFeatures: ['sqrt', 0.5] } };
