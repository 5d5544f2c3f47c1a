import { adultLikeRows } from '../adult-like-rows.ts';
import type { BenchItem } from '../bench-item.ts';

/** Mixed columns with gaps, categories as whole numbers: in one thread, or in as many as each side is fastest with. */
const boostingTable = (threads: 1 | 'best'): BenchItem => ({
  name: threads === 1 ? 'boosting-table' : 'boosting-table-best',
  title: `HistGradientBoosting against LightGBM, 32,000 × 14, ${threads === 1 ? 'one thread' : 'threads as each likes best'}`,
  timed: 'call',
  target: { ratio: threads === 1 ? 0.8 : 1 },
  input: (_, quick) => adultLikeRows(quick ? 4000 : 32_000),
  async ours(file) {
    const { columns, ColumnTransformer, HistGradientBoostingClassifier, OrdinalEncoder, readCsv, rocAucScore } = await import('refit');
    const table = await readCsv(file);
    const encode = new ColumnTransformer([['numbers', 'passthrough', columns.numeric], ['words', new OrdinalEncoder(), columns.categorical]]);
    const X = await encode.fitTransform(table.drop(['label']));
    const y = Int32Array.from(table.numbers('label'));
    const model = new HistGradientBoostingClassifier({ earlyStopping: false, workers: threads === 1 ? 1 : null });
    return {
      run: () => model.fit(X, y),
      numbers: async () => ({ auc: rocAucScore(y, (await model.predictProba(X)).col(1)) }),
    };
  },
  peer: { script: 'boosting.py', arguments: ['table', String(threads)] },
  // Bins and the order of equal gains differ.
  tolerance: 0.01,
});

export const boostingTableOneThread = boostingTable(1);
export const boostingTableBest = boostingTable('best');
