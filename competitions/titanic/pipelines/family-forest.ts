import { ColumnTransformer, FunctionTransformer, OneHotEncoder, Pipeline, RandomForestClassifier, TargetEncoder, type PipelineContext } from 'refit';
import { passengers } from '../passengers.ts';

/** What family-logistic knows of passengers, their families and tickets, into a random forest. */
export default ({ seed }: PipelineContext) =>
  new Pipeline([
    ['passengers', new FunctionTransformer({ func: passengers })],
    [
      'columns',
      new ColumnTransformer([
        ['numbers', 'passthrough', ['Age', 'logFare', 'SibSp', 'Parch']],
        ['words', new OneHotEncoder({ minFrequency: 5, handleUnknown: 'infrequentIfExist', sparseOutput: false }), ['titleClass', 'sexClass', 'family', 'Embarked', 'deck']],
        ['company', new TargetEncoder({ smooth: 2, randomState: seed }), ['surname', 'Ticket']],
      ]),
    ],
    ['classify', new RandomForestClassifier({ nEstimators: 300, minSamplesLeaf: 4, randomState: seed })],
  ]);
