import { adultLikeRows } from '../adult-like-rows.ts';
import type { BenchItem } from '../bench-item.ts';

/** A hundred trees on mixed columns with gaps, in one thread or two; both sides grow the same trees. */
const randomForest = (workers: number): BenchItem => ({
  name: workers === 1 ? 'random-forest' : `random-forest-${workers}-threads`,
  title: `RandomForestClassifier, 100 trees, 32,000 × 14, ${workers === 1 ? 'one thread' : `${workers} threads`}`,
  timed: 'call',
  target: { ratio: 0.35 },
  input: (_, quick) => adultLikeRows(quick ? 4000 : 32_000),
  async ours(file) {
    const { columns, ColumnTransformer, OrdinalEncoder, RandomForestClassifier, readCsv } = await import('refit');
    const table = await readCsv(file);
    const encode = new ColumnTransformer([['numbers', 'passthrough', columns.numeric], ['words', new OrdinalEncoder(), columns.categorical]]);
    const X = await encode.fitTransform(table.drop(['label']));
    const y = table.column('label').values as ArrayLike<number>;
    const model = new RandomForestClassifier({ workers });
    return {
      run: () => model.fit(X, y),
      numbers: async ({ fitted }: typeof model) => ({
        nodes: fitted.trees.reduce((sum, tree) => sum + tree.left.length, 0),
        accuracy: await model.score(X, y),
        importances: [...fitted.featureImportances],
      }),
    };
  },
  peer: { script: 'random_forest.py', arguments: [String(workers)] },
  tolerance: 1e-9,
});

export const randomForestOneThread = randomForest(1);
export const randomForestTwoThreads = randomForest(2);
