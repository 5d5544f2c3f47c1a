import { RandomState } from '../../src/core/random-state.ts';
import { ShapeError } from '../../src/core/errors.ts';
import { centredMap, timesBlock, turnedMap, withBlockMap } from '../../src/matrix/block-map.ts';
import { columnMeans } from '../../src/matrix/column-means.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { lanczosSvd } from '../../src/matrix/lanczos-svd.ts';
import { multiply, multiplyTransposed, selfProduct, transposedMultiply } from '../../src/matrix/multiply.ts';
import { orthonormalise } from '../../src/matrix/orthonormalise.ts';
import { randomizedSvd } from '../../src/matrix/randomized-svd.ts';
import { rowBlock } from '../../src/matrix/row-block.ts';
import { squaredNorms } from '../../src/matrix/squared-norms.ts';
import { svd } from '../../src/matrix/svd.ts';
import { svdFlip } from '../../src/matrix/svd-flip.ts';
import '../to-be-all-close.ts';

const random = new RandomState(1);
const dense = (rows: number, cols: number): DenseMatrix => new DenseMatrix(rows, cols, random.standardNormal(rows * cols));
const sparse = (rows: number, cols: number): CsrMatrix =>
  CsrMatrix.fromDense(new DenseMatrix(rows, cols, random.standardNormal(rows * cols).map((v) => (v > 0.8 ? v : 0))));

/** The product by its definition. */
function plain(A: DenseMatrix, B: DenseMatrix): DenseMatrix {
  const C = new DenseMatrix(A.rows, B.cols);
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < B.cols; j++) for (let p = 0; p < A.cols; p++) C.data[i * B.cols + j] += A.at(i, p) * B.at(p, j);
  return C;
}
const identity = (n: number): DenseMatrix => DenseMatrix.from(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_v, j) => (i === j ? 1 : 0))));
const close = { relative: 1e-11, absolute: 1e-11 };

describe('blocked products', () => {
  test('a sum of nothing is the bias', () => {
    const bias = Float64Array.of(1, -2, 3);
    expect(multiply(new DenseMatrix(2, 0), new DenseMatrix(0, 3), bias)).toEqual(DenseMatrix.from([bias, bias]));
    expect(multiply(new DenseMatrix(2, 0), new DenseMatrix(0, 3))).toEqual(new DenseMatrix(2, 3));
  });

  test.each([[1, 1, 1], [3, 5, 2], [4, 4, 4], [7, 257, 9], [13, 600, 5], [530, 3, 6], [5, 2, 530], [519, 1, 521]])('%i × %i × %i are what they should be', (m, k, n) => {
    const A = dense(m, k);
    const B = dense(k, n);
    const expected = plain(A, B);
    expect(multiply(A, B)).toBeAllClose(expected, close);
    expect(transposedMultiply(A.transpose(), B)).toBeAllClose(expected, close);
    expect(multiplyTransposed(A, B.transpose())).toBeAllClose(expected, close);
  });

  test.each([[1, 1], [5, 3], [300, 9], [4, 530]])('of a %i × %i matrix with itself are symmetric to the last bit', (m, n) => {
    const A = dense(m, n);
    const G = selfProduct(A);
    expect(G).toBeAllClose(plain(A.transpose(), A), close);
    expect(G.transpose().data).toEqual(G.data);
    const shift = random.standardNormal(n);
    const centred = new DenseMatrix(m, n, A.data.map((v, p) => v - shift[p % n]));
    expect(selfProduct(A, shift)).toBeAllClose(plain(centred.transpose(), centred), close);
  });

  test('without rows, columns or terms are empty or zero', () => {
    expect(multiply(new DenseMatrix(0, 3), dense(3, 2)).rows).toBe(0);
    expect([...multiply(new DenseMatrix(2, 0), new DenseMatrix(0, 2)).data]).toEqual([0, 0, 0, 0]);
  });

  test('refuse factors that do not fit', () => {
    expect(() => multiply(dense(2, 3), dense(2, 3))).toThrow(new ShapeError('multiply: the left columns must be as many as the right rows, got 3 and 2.'));
  });
});

describe('block maps', () => {
  test.each([['dense', dense(9, 6)], ['sparse', sparse(9, 6)]] as const)('of a %s matrix multiply both ways, centred and turned', (_, X) => {
    const W = dense(6, 4);
    const V = dense(9, 5);
    const whole = X.toDense();
    const mean = columnMeans(X);
    const centred = new DenseMatrix(9, 6, whole.data.map((v, p) => v - mean[p % 6]));
    withBlockMap(X, (map) => {
      expect(map.times(W)).toBeAllClose(plain(whole, W), close);
      expect(map.transposedTimes(V)).toBeAllClose(plain(whole.transpose(), V), close);
      expect(turnedMap(map).times(V)).toBeAllClose(plain(whole.transpose(), V), close);
      expect(turnedMap(map).transposedTimes(W)).toBeAllClose(plain(whole, W), close);
      expect(centredMap(map, mean).times(W)).toBeAllClose(plain(centred, W), close);
      expect(centredMap(map, mean).transposedTimes(V)).toBeAllClose(plain(centred.transpose(), V), close);
    });
    expect(timesBlock(X, W)).toBeAllClose(plain(whole, W), close);
    expect(rowBlock(X, 2, 7)).toBeAllClose(whole.take([2, 3, 4, 5, 6]), close);
    expect(squaredNorms(X)).toBeAllClose(Float64Array.from({ length: 9 }, (_v, i) => whole.row(i).reduce((sum, v) => sum + v * v, 0)), close);
  });
});

describe('orthonormalise', () => {
  test.each([['well conditioned', 0], ['ill conditioned', 5], ['nearly dependent', 12]])('spans %s columns with orthonormal ones', (_, power) => {
    const Y = dense(40, 6);
    for (let i = 0; i < 40; i++) Y.data[i * 6 + 5] = Y.data[i * 6 + 4] + 10 ** -power * Y.data[i * 6 + 5];
    const { q } = orthonormalise(Y);
    expect(selfProduct(q)).toBeAllClose(identity(6), { absolute: 1e-13, relative: 0 });
    // What is projected on the basis is Y itself.
    expect(multiply(q, transposedMultiply(q, Y))).toBeAllClose(Y, { absolute: 1e-12, relative: 1e-12 });
  });

  test('gives as many columns as rows where there are more columns than rows', () => {
    const { q } = orthonormalise(dense(3, 5));
    expect([q.rows, q.cols]).toEqual([3, 3]);
    expect(selfProduct(q)).toBeAllClose(identity(3), { absolute: 1e-13, relative: 0 });
  });

  test('gives orthonormal columns for zeros too', () => {
    expect(selfProduct(orthonormalise(new DenseMatrix(5, 2)).q)).toBeAllClose(identity(2), close);
  });
});

describe('truncated decompositions', () => {
  test.each([['tall', 40, 15], ['wide', 15, 40], ['square', 20, 20]])('of a %s matrix by Lanczos agree with the full one', (_, m, n) => {
    const X = sparse(m, n);
    const full = svd(X.toDense());
    for (const k of [1, 4, Math.min(m, n) - 1]) {
      const found = withBlockMap(X, (map) => lanczosSvd(map, k, { random: new RandomState(0) }));
      expect(found.singular).toBeAllClose(full.singular.slice(0, k), { relative: 1e-12, absolute: 1e-12 });
      expect(selfProduct(found.u)).toBeAllClose(identity(k), { absolute: 1e-12, relative: 0 });
      expect(multiplyTransposed(found.vt, found.vt)).toBeAllClose(identity(k), { absolute: 1e-12, relative: 0 });
      // Xᵀ·u = σ·v for each triplet.
      const back = transposedMultiply(X.toDense(), found.u);
      expect(back).toBeAllClose(new DenseMatrix(n, k, found.vt.transpose().data.map((v, p) => v * found.singular[p % k])), { absolute: 1e-11, relative: 1e-10 });
    }
  });

  test('by Lanczos find repeated singular values, each as often as it occurs', () => {
    const X = DenseMatrix.from(Array.from({ length: 12 }, (_, i) => Array.from({ length: 12 }, (_v, j) => (i === j ? (i < 4 ? 3 : 1) : 0))));
    const found = withBlockMap(X, (map) => lanczosSvd(map, 6, { random: new RandomState(0) }));
    expect(found.singular).toBeAllClose([3, 3, 3, 3, 1, 1], { relative: 1e-12 });
  });

  test('by Lanczos get through a matrix of rank one and a matrix of zeros', () => {
    const rankOne = multiply(dense(9, 1), dense(1, 7));
    const found = withBlockMap(rankOne, (map) => lanczosSvd(map, 3, { random: new RandomState(0) }));
    expect(found.singular.slice(1)).toBeAllClose([0, 0], { absolute: 1e-13 });
    expect(multiply(new DenseMatrix(9, 3, found.u.data.map((v, p) => v * found.singular[p % 3])), found.vt)).toBeAllClose(rankOne, { absolute: 1e-12 });
    const none = withBlockMap(new DenseMatrix(5, 4), (map) => lanczosSvd(map, 2, { random: new RandomState(0) }));
    expect([...none.singular]).toEqual([0, 0]);
  });

  test('in random directions restore a matrix of low rank', () => {
    const X = multiply(dense(50, 3), dense(3, 20));
    for (const powerIterationNormalizer of ['auto', 'QR', 'LU', 'none'] as const) {
      const { u, singular, vt } = withBlockMap(X, (map) => randomizedSvd(map, 3, { powerIterationNormalizer, nIter: 2, random: new RandomState(0) }));
      expect(multiply(new DenseMatrix(50, 3, u.data.map((v, p) => v * singular[p % 3])), vt)).toBeAllClose(X, { absolute: 1e-10 });
    }
  });

  test('in random directions keep apart what differs by many orders', () => {
    const X = multiply(new DenseMatrix(60, 5, orthonormalise(dense(60, 5)).q.data.map((v, p) => v * 10 ** (-2 * (p % 5)))), orthonormalise(dense(30, 5)).q.transpose());
    const { singular } = withBlockMap(X, (map) => randomizedSvd(map, 5, { nIter: 7, random: new RandomState(0) }));
    expect(singular).toBeAllClose([1, 1e-2, 1e-4, 1e-6, 1e-8], { relative: 1e-6, absolute: 0 });
  });
});

test('svdFlip makes the largest element of each row positive and turns the columns of U along', () => {
  const vt = DenseMatrix.from([[0.1, -0.9], [0.5, 0.5], [-0.5, 0.5]]);
  const u = DenseMatrix.from([[1, 2, 3], [4, 5, 6]]);
  svdFlip(vt, u);
  expect(vt.toArray()).toEqual([[-0.1, 0.9], [0.5, 0.5], [0.5, -0.5]]);
  expect(u.toArray()).toEqual([[-1, 2, -3], [-4, 5, -6]]);
});
