import { HistGradientBoostingClassifier } from '../boosting/hist-gradient-boosting-classifier.ts';
import { RandomState } from '../core/random-state.ts';
import { takeRows } from '../core/rows.ts';
import { featureImportances } from '../explain/feature-importances.ts';
import { LogisticRegression } from '../linear/logistic-regression.ts';
import { crossValidate } from '../model-selection/cross-validate.ts';
import { StratifiedKFold } from '../model-selection/stratified-k-fold.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { OrdinalEncoder } from '../preprocessing/ordinal-encoder.ts';
import { Table } from '../table/table.ts';
import { TfidfVectorizer } from '../text/tfidf-vectorizer.ts';
import type { CompetitionData } from './competition-data.ts';
import type { Drift } from './diagnostics.ts';

/** Rows of each side that are looked at. */
const MOST_ROWS = 3000;
const MOST_NAMES = 10;

/**
 * Adversarial validation: a model learns to tell training rows from test rows, by boosted trees over columns or by a
 * logistic regression over words. An area of 0.5 under its cross-validated ROC curve says that they are drawn alike; one
 * near 1 says that scores on training rows may not hold on test rows, and the inputs it leans on say why.
 * @returns null for too few rows
 */
export async function trainTestDrift(data: CompetitionData, seed: number): Promise<Drift | null> {
  const random = new RandomState(seed);
  const drawn = (rows: number): Int32Array => Int32Array.from(random.permutation(rows).subarray(0, MOST_ROWS)).sort();
  const [train, test] = [drawn(data.y.length), drawn(data.testIds.length)];
  if (train.length < 20 || test.length < 20) return null;
  const side = [...Array.from(train, () => 'train'), ...Array.from(test, () => 'test')];
  const cv = new StratifiedKFold({ nSplits: 3, shuffle: true, randomState: seed });
  const judge = async (model: any, X: unknown): Promise<number> => {
    const { folds } = await crossValidate(model, X as never, side as never, { cv, scoring: 'rocAuc', workers: 1 });
    return folds.reduce((sum, { scores }) => sum + (scores as { rocAuc: number }).rocAuc, 0) / folds.length;
  };
  if (data.X instanceof Table && data.testX instanceof Table) {
    const X = await comparable(takeRows(data.X, train), takeRows(data.testX, test));
    if (X === null) return null;
    const model = new HistGradientBoostingClassifier({ maxIter: 30, maxLeafNodes: 15, randomState: seed, earlyStopping: false });
    const auc = await judge(model, X);
    const { importances } = featureImportances(await model.clone().fit(X as never, side));
    return { auc, of: 'columns', ...most(X.names, importances) };
  }
  const X = [...(takeRows(data.X as readonly string[], train) as string[]), ...(takeRows(data.testX as readonly string[], test) as string[])];
  const model = new Pipeline([
    ['words', new TfidfVectorizer({ minDf: 2, maxFeatures: 5000, sublinearTf: true })],
    ['classify', new LogisticRegression({ C: 1 })],
  ]);
  const auc = await judge(model, X);
  await model.fit(X, side);
  const { words, classify } = model.namedSteps;
  return { auc, of: 'terms', ...most(words.featureNamesOut(), classify.fitted.coef.data.map(Math.abs)) };
}

/** Both sides as one table of numbers; columns that one side lacks are left out. Null where none is left. */
async function comparable(train: Table, test: Table): Promise<Table | null> {
  const names = train.names.filter((name) => test.has(name));
  if (names.length === 0) return null;
  const columns: Record<string, Float64Array> = {};
  for (const name of names) {
    const kinds = [train.kind(name), test.kind(name)];
    const isText = kinds.some((kind) => kind === 'text' || kind === 'category');
    columns[name] = isText ? await codes(train, test, name) : Float64Array.of(...train.numbers(name), ...test.numbers(name));
  }
  return Table.from(columns);
}

async function codes(train: Table, test: Table, name: string): Promise<Float64Array> {
  const values = [...Array.from(train.column(name)), ...Array.from(test.column(name))].map((value) => (value === null ? null : String(value)));
  const X = await new OrdinalEncoder().fitTransform(Table.from({ [name]: values }));
  return X.toDense().col(0);
}

function most(names: readonly string[], weights: ArrayLike<number>): Pick<Drift, 'names' | 'shares'> {
  const total = Array.from(weights).reduce((sum, weight) => sum + weight, 0) || 1;
  const order = Array.from(names.keys()).sort((a, b) => weights[b] - weights[a] || a - b);
  const chosen = order.slice(0, MOST_NAMES).filter((j) => weights[j] > 0);
  return { names: chosen.map((j) => names[j]), shares: chosen.map((j) => weights[j] / total) };
}
