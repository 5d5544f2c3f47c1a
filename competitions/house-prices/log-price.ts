import { ColumnTransformer, FunctionTransformer, OneHotEncoder, OutlierClipper, Pipeline, SimpleImputer, StandardScaler, TransformedTarget, columns, type Lasso, type NeuralRegressor, type Ridge } from 'refit';
import { houses } from './houses.ts';

/**
 * A model of the logarithm of the price. No number enters further than 2.5 standard deviations from its
 * mean: two large houses that sold cheaply would else bend every coefficient. A word in fewer than five rows counts
 * as any rare word, and a house without a garage has the garage 'none'.
 */
export const logPrice = (regressor: Ridge | Lasso | NeuralRegressor) =>
  new Pipeline([
    ['houses', new FunctionTransformer({ func: houses })],
    [
      'columns',
      new ColumnTransformer([
        [
          'numbers',
          new Pipeline([
            ['fill', new SimpleImputer({ strategy: 'median' })],
            ['clip', new OutlierClipper({ method: 'sigma', factor: 2.5 })],
            ['scale', new StandardScaler()],
          ]),
          columns.numeric,
        ],
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
    ['price', new TransformedTarget({ regressor, func: 'log1p' })],
  ]);
