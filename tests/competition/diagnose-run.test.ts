import type { CompetitionData } from '../../src/competition/competition-data.ts';
import { diagnoseRun, type DiagnosedRun } from '../../src/competition/diagnose-run.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { DummyClassifier } from '../../src/dummy/dummy-classifier.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { crossValPredict } from '../../src/model-selection/cross-val-predict.ts';
import { KFold } from '../../src/model-selection/k-fold.ts';
import { ColumnTransformer } from '../../src/pipeline/column-transformer.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { columns } from '../../src/table/columns.ts';
import { Table } from '../../src/table/table.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';

const ROWS = 120;
const random = new RandomState(5);
const uniform = (): number[] => Array.from({ length: ROWS }, () => random.randomSample());
const [strong, weak, noise] = [uniform(), uniform(), uniform()];
const splits = new KFold({ nSplits: 4, shuffle: true, randomState: 1 }).split(strong);

const basis = { ids: Array.from({ length: ROWS }, (_, i) => `r${i}`), testIds: Array.from({ length: ROWS }, (_, i) => `t${i}`), groups: undefined, sample: undefined, warnings: [], kinds: {} };
const table = Table.from({ strong, weak, noise });
/** Test rows like the training rows, but for one column. */
const shifted = Table.from({ strong: [...strong].reverse(), weak: [...weak].reverse(), noise: noise.map((value) => value + 2) });

function tableRun(y: (number | string)[], model: any, changes: Partial<CompetitionData> = {}): DiagnosedRun {
  const isNumeric = typeof y[0] === 'number';
  const data = { ...basis, task: isNumeric ? 'regression' : 'classification', features: table.names, X: table, y, testX: table, ...changes } as unknown as CompetitionData;
  const classes = isNumeric ? [] : [...new Set(y)].sort();
  const outOfFold = isNumeric
    ? { folds: new Int32Array(ROWS), labels: [], values: Float64Array.from(y as number[], (value, i) => value + (i === 7 ? 50 : i === 9 ? -20 : 0)) }
    : { folds: new Int32Array(ROWS), labels: y.map((label, i) => (i === 3 ? classes[1 - classes.indexOf(label)] : label)), scores: Float64Array.from(y, (label, i) => (classes.indexOf(label) === 1 ? 1 : -1) * (i === 3 ? -5 : 1)) };
  return { data, splits, classes, metric: isNumeric ? 'rootMeanSquaredError' : 'accuracy', seed: 2, model, scores: [0.5, 0.5, 0.5, 0.5], outOfFold } as unknown as DiagnosedRun;
}

const numbers = (last: any): any => new Pipeline([['columns', new ColumnTransformer([['all', new StandardScaler(), columns.numeric]])], ['predict', last]] as any);

describe('diagnoseRun', () => {
  test('finds the column that the target is made of, the rows with the largest errors, and no drift where there is none', async () => {
    const y = strong.map((value, i) => 10 * value + weak[i]);
    const found = await diagnoseRun(tableRun(y, numbers(new Ridge())));
    expect(found.importance).toMatchObject({ of: 'columns', metric: 'rootMeanSquaredError', rows: 30, shuffles: 3 });
    expect(found.importance!.names).toEqual(['strong', 'weak', 'noise']);
    expect(found.importance!.mean[0]).toBeGreaterThan(5 * found.importance!.mean[1]);
    expect(Math.abs(found.importance!.mean[2])).toBeLessThan(0.05);
    expect(found.hardestBy).toBe('error');
    expect(found.hardest.slice(0, 2).map(({ id, value }) => [id, value])).toEqual([['r7', 50], ['r9', -20]]);
    expect(found.hardest[0].content.strong).toBe(String(strong[7]));
    expect(found.learningCurve).toMatchObject({ rows: [11, 22, 45, 90], folds: 3 });
    expect(found.learningCurve!.mean[0]).toBeGreaterThan(found.learningCurve!.mean[2]);
    expect(found.drift!.auc).toBeLessThan(0.6);
    expect(found.notes).toEqual([]);
  });

  test('shuffles none of hundreds of columns, and says so', async () => {
    const pixels = Table.from(Object.fromEntries(Array.from({ length: 201 }, (_, j) => [`p${j}`, j === 0 ? strong : noise])));
    const { importance, learningCurve, notes } = await diagnoseRun(tableRun(strong, numbers(new Ridge()), { X: pixels, testX: pixels, features: [...pixels.names] }));
    expect(importance).toBeNull();
    expect(learningCurve).not.toBeNull();
    expect(notes).toEqual(['With more than 200 columns, importance is left out.']);
  });

  test('finds the column that test rows differ in', async () => {
    const { drift } = await diagnoseRun(tableRun(strong, numbers(new Ridge()), { testX: shifted }));
    expect(drift!.auc).toBeGreaterThan(0.99);
    expect(drift!.names[0]).toBe('noise');
    expect(drift!.shares[0]).toBeGreaterThan(0.95);
  });

  test('ranks rows by decision values where there are no probabilities', async () => {
    const { hardest, hardestBy } = await diagnoseRun(tableRun(strong.map((value) => (value > 0.5 ? 'high' : 'low')), numbers(new LogisticRegression())));
    expect(hardestBy).toBe('score');
    expect(hardest[0]).toMatchObject({ id: 'r3', value: -5 });
  });

  test('finds the words that tell classes apart, and those that test rows have', async () => {
    const X = strong.map((value, i) => `${value > 0.5 ? 'cash' : 'noon'} ${['a1', 'a2', 'a3'][i % 3]} common`);
    const y = strong.map((value) => (value > 0.5 ? 'spam' : 'ham'));
    const model = new Pipeline([['count', new CountVectorizer()], ['classify', new LogisticRegression()]]) as any;
    const data = { ...basis, task: 'classification', features: ['content'], X, y, testX: X.map((text) => `${text} september`) } as unknown as CompetitionData;
    const probabilities = await crossValPredict(model, X, y, { cv: splits as never, method: 'predictProba' } as never);
    const outOfFold = { folds: new Int32Array(ROWS), labels: y, probabilities } as any;
    const found = await diagnoseRun({ data, splits, classes: ['ham', 'spam'], metric: 'accuracy', seed: 2, model, scores: [1, 1, 1, 1], outOfFold });
    expect(found.importance!.of).toBe('terms');
    expect(found.importance!.metric).toBe('logLoss');
    expect(found.importance!.names.slice(0, 2).sort()).toEqual(['cash', 'noon']);
    expect(found.importance!.mean[0]).toBeGreaterThan(0.1);
    expect(found.drift).toMatchObject({ of: 'terms' });
    expect(found.drift!.names[0]).toBe('september');
    expect(found.hardest[0].content.content).toMatch(/common$/);
  });

  test('is the same for the same seed', async () => {
    const run = (): Promise<unknown> => diagnoseRun(tableRun(strong, numbers(new Ridge()), { testX: shifted }));
    expect(await run()).toEqual(await run());
  });

  test('leaves out with a note what a model cannot give', async () => {
    class Moody extends DummyClassifier {
      override async fit(): Promise<this> {
        throw new Error('not today');
      }
    }
    const { importance, learningCurve, notes, hardest } = await diagnoseRun(tableRun(strong.map((value) => (value > 0.5 ? 'high' : 'low')), new Moody()));
    expect([importance, learningCurve]).toEqual([null, null]);
    expect(notes).toEqual(['Importance could not be worked out: not today', 'The learning curve could not be worked out: not today']);
    expect(hardest.length).toBeGreaterThan(0);
  });
});
