import { ColumnTransformer, FunctionTransformer, HistGradientBoostingClassifier, OneHotEncoder, Pipeline, TargetEncoder, type PipelineContext } from 'refit';
import { passengers } from '../passengers.ts';

/** What family-logistic knows of passengers, their families and tickets, into gradient boosting. */
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
    ['classify', new HistGradientBoostingClassifier({ learningRate: 0.03, maxIter: 150, maxLeafNodes: 8, l2Regularization: 1, maxFeatures: 0.5, randomState: seed })],
  ]);
