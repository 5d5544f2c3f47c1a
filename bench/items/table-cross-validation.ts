import { adultLikeRows } from '../adult-like-rows.ts';
import type { BenchItem } from '../bench-item.ts';

/** Impute, scale and one-hot inside a ColumnTransformer, then a logistic regression; five folds. */
export const tableCrossValidation: BenchItem = {
  name: 'table-cross-validation',
  title: 'ColumnTransformer and LogisticRegression, 32,000 × 14, 5 folds',
  timed: 'call',
  target: { ratio: 0.5 },
  input: (_, quick) => adultLikeRows(quick ? 4000 : 32_000),
  async ours(file) {
    const { columns, ColumnTransformer, crossValidate, LogisticRegression, OneHotEncoder, Pipeline, readCsv, SimpleImputer, StandardScaler, StratifiedKFold } =
      await import('refit');
    const table = await readCsv(file);
    const X = table.drop(['label']);
    const y = table.column('label');
    const cv = new StratifiedKFold({ nSplits: 5, shuffle: true, randomState: 0 });
    const pipeline = (): any =>
      new Pipeline([
        [
          'prepare',
          new ColumnTransformer([
            ['numbers', new Pipeline([['impute', new SimpleImputer({ strategy: 'median' })], ['scale', new StandardScaler()]]), columns.numeric],
            ['words', new OneHotEncoder({ handleUnknown: 'ignore' }), columns.categorical],
          ]),
        ],
        ['classify', new LogisticRegression({ maxIter: 1000 })],
      ]);
    return {
      run: () => crossValidate(pipeline(), X as any, y as any, { cv, scoring: 'accuracy' }),
      numbers: ({ folds }: { folds: { scores: { accuracy: number } }[] }) => ({ accuracy: folds.map(({ scores }) => scores.accuracy) }),
    };
  },
  peer: { script: 'table_cross_validation.py' },
  tolerance: 1e-6,
};
