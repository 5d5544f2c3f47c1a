import { ColumnTransformer, DateFeatures, LogisticRegression, OneHotEncoder, Pipeline, SimpleImputer, StandardScaler, columns } from 'refit';

/**
 * Any table: gaps in numbers filled with the median, numbers scaled, dates taken apart, words one-hot encoded with
 * those in fewer than five rows joined, into a logistic regression.
 */
export default () =>
  new Pipeline([
    [
      'columns',
      new ColumnTransformer([
        ['numbers', new Pipeline([['fill', new SimpleImputer({ strategy: 'median' })], ['scale', new StandardScaler()]]), [columns.numeric, columns.boolean]],
        ['words', new OneHotEncoder({ minFrequency: 5, handleUnknown: 'infrequentIfExist' }), columns.categorical],
        [
          'dates',
          new Pipeline([['parts', new DateFeatures()], ['fill', new SimpleImputer({ strategy: 'median' })], ['scale', new StandardScaler()]]),
          columns.date,
        ],
      ]),
    ],
    ['classify', new LogisticRegression({ maxIter: 1000 })],
  ]);
