import { ColumnTransformer, FunctionTransformer, LogisticRegression, OneHotEncoder, Pipeline, SimpleImputer, StandardScaler, TargetEncoder, type PipelineContext } from 'refit';
import { passengers } from '../passengers.ts';

/**
 * As title-logistic, and how those of the same family and of the same ticket fared: families survived or drowned
 * together. The target encoder is cross-fitted, so that no passenger's own fate is among what the model sees.
 */
export default ({ seed }: PipelineContext) =>
  new Pipeline([
    ['passengers', new FunctionTransformer({ func: passengers })],
    [
      'columns',
      new ColumnTransformer([
        ['numbers', new Pipeline([['fill', new SimpleImputer({ strategy: 'median' })], ['scale', new StandardScaler()]]), ['Age', 'logFare', 'SibSp', 'Parch']],
        ['words', new OneHotEncoder({ minFrequency: 5, handleUnknown: 'infrequentIfExist' }), ['titleClass', 'sexClass', 'family', 'Embarked', 'deck']],
        ['company', new TargetEncoder({ smooth: 2, randomState: seed }), ['surname', 'Ticket']],
      ]),
    ],
    ['classify', new LogisticRegression({ maxIter: 1000 })],
  ]);
