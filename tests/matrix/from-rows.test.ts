import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';

test('a matrix is made from rows: arrays, typed arrays, or what has length and index', () => {
  for (const rows of [[[1, 0], [0, 2]], [Float64Array.of(1, 0), Int8Array.of(0, 2)], { length: 2, 0: [1, 0], 1: [0, 2] }]) {
    expect(DenseMatrix.from(rows).toArray()).toEqual([[1, 0], [0, 2]]);
    expect(CsrMatrix.from(rows).toDense().toArray()).toEqual([[1, 0], [0, 2]]);
  }
  expect([DenseMatrix.from([]).rows, DenseMatrix.from([[], []]).rows]).toEqual([0, 2]);
});

test.each<[unknown, string]>([
  [[1, 2, 3], 'DenseMatrix: it is made from rows of numbers, row 0 is 1. For a single column use DenseMatrix.column.'],
  [['ab', 'cd'], 'DenseMatrix: it is made from rows of numbers, row 0 is "ab". For a single column use DenseMatrix.column.'],
  [new DenseMatrix(1, 2), 'DenseMatrix: it is made from rows of numbers, got a DenseMatrix. A matrix has toDense() and copy().'],
  [undefined, 'DenseMatrix: it is made from rows of numbers, got undefined. A matrix has toDense() and copy().'],
  [[[1, 2], [3]], 'DenseMatrix: every row must have 2 values as row 0 has, row 1 has 1.'],
])('what holds no rows is refused: %p', (rows, message) => {
  expect(() => DenseMatrix.from(rows as number[][])).toThrow(message);
  expect(() => CsrMatrix.from(rows as number[][])).toThrow(message);
});
