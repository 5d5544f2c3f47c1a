import { ColumnTransformer, LogisticRegression, OneHotEncoder, Pipeline, SimpleImputer, StandardScaler, columns } from 'refit';

/**
 * Any table: gaps in numbers filled with the median, numbers scaled, words one-hot encoded with those in fewer than
 * five rows joined, into a logistic regression.
 */
export default () =>
  new Pipeline([
    [
      'columns',
      new ColumnTransformer([
        ['numbers', new Pipeline([['fill', new SimpleImputer({ strategy: 'median' })], ['scale', new StandardScaler()]]), [columns.numeric, columns.boolean]],
        ['words', new OneHotEncoder({ minFrequency: 5, handleUnknown: 'infrequentIfExist' }), columns.categorical],
      ]),
    ],
    ['classify', new LogisticRegression({ maxIter: 1000 })],
  ]);
