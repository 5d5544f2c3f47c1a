import { ColumnTransformer, FunctionTransformer, LogisticRegression, OneHotEncoder, Pipeline, SimpleImputer, StandardScaler } from 'refit';
import { passengers } from '../passengers.ts';

/** Title, class and sex, family and deck, into a logistic regression. */
export default () =>
  new Pipeline([
    ['passengers', new FunctionTransformer({ func: passengers })],
    [
      'columns',
      new ColumnTransformer([
        ['numbers', new Pipeline([['fill', new SimpleImputer({ strategy: 'median' })], ['scale', new StandardScaler()]]), ['Age', 'logFare', 'SibSp', 'Parch']],
        ['words', new OneHotEncoder({ minFrequency: 5, handleUnknown: 'infrequentIfExist' }), ['titleClass', 'sexClass', 'family', 'Embarked', 'deck']],
      ]),
    ],
    ['classify', new LogisticRegression({ maxIter: 1000 })],
  ]);
