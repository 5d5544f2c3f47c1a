import type { CsrArrays, DenseArrays, MatrixArrays } from '../../src/kernels/matrix-arrays.ts';
import { addTransposedTimesMatrix, addTransposedTimesVector, timesMatrix, timesVector } from '../../src/kernels/products.ts';
import { numbers, onBoth } from './both.ts';
import { denseValues, randomCsr, randomDense } from './random-matrix.ts';

const SHAPES: readonly (readonly [rows: number, cols: number])[] = [[0, 3], [1, 1], [2, 7], [3, 8], [4, 9], [5, 2], [70, 33], [300, 1]];
const makers = { sparse: randomCsr, dense: randomDense } satisfies Record<string, (rows: number, cols: number, seed: number) => CsrArrays | DenseArrays>;

function expectClose(actual: Float64Array, expected: (i: number) => number, size: number): void {
  for (let i = 0; i < actual.length; i++) expect(Math.abs(actual[i] - expected(i))).toBeLessThanOrEqual(1e-13 * size);
}

const total = (X: MatrixArrays, w: Float64Array): number =>
  1 + Math.max(0, ...X.data.map(Math.abs)) * Math.max(0, ...w.map(Math.abs)) * (X.rows + X.cols);

describe.each(Object.entries(makers))('%s', (_, make) => {
  describe.each(SHAPES)('%i × %i', (rows, cols) => {
    const X = make(rows, cols, rows * 100 + cols);
    const at = denseValues(X);

    test('timesVector is one dot product per row, plus the bias', () => {
      const w = numbers(cols, 5);
      const out = onBoth((arena) => {
        const result = arena.float64(rows).fill(9);
        timesVector(arena.copyMatrix(X), arena.copyFloat64(w), 0.25, result);
        return result.slice();
      });
      expectClose(out, (i) => w.reduce((sum, v, j) => sum + v * at[i * cols + j], 0.25), total(X, w));
    });

    test('addTransposedTimesVector adds one dot product per column', () => {
      const r = numbers(rows, 6);
      const out = onBoth((arena) => {
        const result = arena.float64(cols).fill(2);
        addTransposedTimesVector(arena.copyMatrix(X), arena.copyFloat64(r), result);
        return result.slice();
      });
      expectClose(out, (j) => r.reduce((sum, v, i) => sum + v * at[i * cols + j], 2), total(X, r));
    });

    test.each([1, 2, 3, 4, 7, 16, 19, 32])('with %i outputs, each output is a product with its own column', (k) => {
      const W = numbers(cols * k, 7);
      const R = numbers(rows * k, 8);
      const bias = numbers(k, 9);
      const [out, back, plain] = onBoth((arena) => {
        const A = arena.copyMatrix(X);
        const product = arena.float64(rows * k).fill(9);
        timesMatrix(A, arena.copyFloat64(W), k, arena.copyFloat64(bias), product);
        const transposed = arena.float64(cols * k).fill(2);
        addTransposedTimesMatrix(A, arena.copyFloat64(R), k, transposed);
        const without = arena.float64(rows * k).fill(9);
        timesMatrix(A, arena.copyFloat64(W), k, undefined, without);
        return [product.slice(), transposed.slice(), without.slice()] as const;
      });
      for (let c = 0; c < k; c++) {
        const column = (values: Float64Array): Float64Array => values.filter((_v, p) => p % k === c);
        const w = column(W);
        const r = column(R);
        expectClose(column(out), (i) => w.reduce((sum, v, j) => sum + v * at[i * cols + j], 0) + bias[c], total(X, w));
        expectClose(column(plain), (i) => w.reduce((sum, v, j) => sum + v * at[i * cols + j], 0), total(X, w));
        expectClose(column(back), (j) => r.reduce((sum, v, i) => sum + v * at[i * cols + j], 2), total(X, r));
      }
    });
  });
});

test('a sparse sum runs in the order of the entries', () => {
  const X: CsrArrays = { kind: 'csr', rows: 1, cols: 4, indptr: Int32Array.of(0, 4), indices: Int32Array.of(0, 1, 2, 3), data: Float64Array.of(1e16, 1, -1e16, 1) };
  const out = onBoth((arena) => {
    const result = arena.float64(1);
    timesVector(arena.copyMatrix(X), arena.copyFloat64([1, 1, 1, 1]), 0, result);
    return result.slice();
  });
  expect(out).toEqual(Float64Array.of(1));
});

test('rows without entries, first, last and in a run, get the bias', () => {
  const indptr = Int32Array.of(0, 0, 0, 2, 2, 2, 2, 2, 3, 3);
  const X: CsrArrays = { kind: 'csr', rows: 9, cols: 2, indptr, indices: Int32Array.of(0, 1, 1), data: Float64Array.of(1, 2, 3) };
  const out = onBoth((arena) => {
    const result = arena.float64(9);
    timesVector(arena.copyMatrix(X), arena.copyFloat64([10, 100]), 0.5, result);
    return result.slice();
  });
  expect(out).toEqual(Float64Array.of(0.5, 0.5, 210.5, 0.5, 0.5, 0.5, 0.5, 300.5, 0.5));
});

test('arrays that do not fit the matrix are refused', () => {
  const X = randomDense(3, 2, 1);
  expect(() => timesVector(X, new Float64Array(3), 0, new Float64Array(3))).toThrow('timesVector: w must have 2 elements, got 3.');
  expect(() => addTransposedTimesMatrix(X, new Float64Array(6), 2, new Float64Array(3))).toThrow('addTransposedTimesMatrix: out must have 4 elements, got 3.');
});
