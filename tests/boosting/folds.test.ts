import { HistGradientBoostingClassifier } from '../../src/boosting/hist-gradient-boosting-classifier.ts';
import { HistGradientBoostingRegressor } from '../../src/boosting/hist-gradient-boosting-regressor.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { KFold } from '../../src/model-selection/k-fold.ts';
import { RowsOf } from '../../src/table/rows-of.ts';
import { Table } from '../../src/table/table.ts';
import { dataSets } from './data-sets.ts';

const { X, y, three } = dataSets.gaps;
const table = Table.from({ size: Array.from(X.col(0)), kind: Array.from(X.col(2), (code) => (Number.isNaN(code) ? null : `kind ${code}`)), age: Array.from(X.col(4)) });

test.each([['a Matrix', X], ['a sparse Matrix', CsrMatrix.fromDense(new DenseMatrix(X.rows, X.cols, X.data.map((value) => value || 0)))], ['a Table', table]] as const)('some rows of %s by number are learned as a copy of them is', async (_, source) => {
  const index = Int32Array.from({ length: 100 }, (__, i) => (3 * i) % source.rows);
  const target = Array.from(index, (i) => y[i]);
  const model = (): HistGradientBoostingRegressor => new HistGradientBoostingRegressor({ maxIter: 5, minSamplesLeaf: 5 });
  const byNumber = await model().fit(new RowsOf(source, index), target);
  expect(byNumber.fitted).toEqual((await model().fit(source.take(index), target)).fitted);
  expect(await byNumber.predict(new RowsOf(source, index))).toEqual(await byNumber.predict(source.take(index)));
});

test.each([['a Matrix', X], ['a Table', table]] as const)('folds over %s score as copies of their rows do, in one thread and in two', async (_, source: any) => {
  const cv = new KFold({ nSplits: 3, shuffle: true, randomState: 1 });
  // The third fold is left over of two threads, and has both.
  const model = (): HistGradientBoostingClassifier => new HistGradientBoostingClassifier({ maxIter: 4, minSamplesLeaf: 5, workers: 2 });
  const expected: number[] = [];
  for (const { train, test: tested } of cv.split(source)) {
    const take = (list: ArrayLike<number>): any[] => Array.from(list, (i) => three[i]);
    const fitted = await model().fit(source.take(train), take(train));
    expected.push(await fitted.score(source.take(tested), take(tested)));
  }
  for (const workers of [1, 2]) {
    const { folds, warnings } = (await crossValidate(model(), source, three, { cv, scoring: 'accuracy', workers })) as any;
    expect(folds.map((fold: any) => fold.scores.accuracy)).toEqual(expected);
    expect(warnings ?? []).toEqual([]);
  }
});
