import fc from 'fast-check';
import { RandomState } from '../../src/core/random-state.ts';
import { cholesky, choleskySolve } from '../../src/matrix/cholesky.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { gram, gramOfRows } from '../../src/matrix/gram.ts';
import { QrFactors } from '../../src/matrix/qr.ts';
import { leastSquares, svd } from '../../src/matrix/svd.ts';
import { leadingEigen, symmetricEigen } from '../../src/matrix/symmetric-eigen.ts';
import { fixture } from '../fixture.ts';

const { cases } = fixture('matrix-decompositions');
const of = (kind: string): (readonly [string, (typeof cases)[number]])[] =>
  cases.filter((c) => c.input.kind === kind).map((c) => [c.name, c] as const);

function times(A: DenseMatrix, B: DenseMatrix): DenseMatrix {
  const C = new DenseMatrix(A.rows, B.cols);
  for (let i = 0; i < A.rows; i++)
    for (let k = 0; k < A.cols; k++) for (let j = 0; j < B.cols; j++) C.data[i * B.cols + j] += A.data[i * A.cols + k] * B.data[k * B.cols + j];
  return C;
}
const turn = (A: DenseMatrix): DenseMatrix => DenseMatrix.from(Array.from({ length: A.cols }, (_, j) => A.col(j)));
const identity = (n: number): DenseMatrix => DenseMatrix.from(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_v, j) => Number(i === j))));
const diagonal = (values: Float64Array): DenseMatrix =>
  DenseMatrix.from(Array.from(values, (value, i) => Array.from(values, (_, j) => (i === j ? value : 0))));

/** Small matrices of whole numbers: rank deficiency and repeated values are common among them. */
const matrices = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
  .chain(([rows, cols]) => fc.array(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: cols, maxLength: cols }), { minLength: rows, maxLength: rows }))
  .map((rows) => DenseMatrix.from(rows));
const seeded = { seed: 11, numRuns: 200 };

describe('singular values and QR', () => {
  test.each(of('general'))('of %s are numpy’s', (_name, { input, expected, tolerance }) => {
    const X = DenseMatrix.from(input.X);
    const close = { relative: 0, absolute: tolerance * Math.max(expected.size, Number.MIN_VALUE) };
    const { u, singular, vt } = svd(X);
    expect(singular).toBeAllClose(expected.singular, close);
    expect(times(times(u, diagonal(singular)), vt)).toBeAllClose(input.X, close);
    expect(times(vt, turn(vt))).toBeAllClose(identity(vt.rows), { absolute: 1e-13 });
    const r = new QrFactors(X).r();
    expect(r).toBeAllClose(expected.r, { relative: 0, absolute: 10 * close.absolute });
    const pivoted = new QrFactors(X, { pivot: true });
    const factor = pivoted.r();
    expect(Array.from({ length: factor.rows }, (_, k) => Math.abs(factor.at(k, k)))).toBeAllClose(expected.absoluteDiagonal, close);
    expect(times(pivoted.q(), factor)).toBeAllClose(X.takeCols(pivoted.pivots), close);
  });

  test('give back any matrix, with orthonormal vectors on both sides and singular values in order', () => {
    fc.assert(
      fc.property(matrices, (X) => {
        const { u, singular, vt } = svd(X);
        expect(times(times(u, diagonal(singular)), vt)).toBeAllClose(X, { absolute: 1e-12 });
        const rank = singular.filter((value) => value > 1e-10).length;
        expect(times(turn(u), u).takeCols(Array.from({ length: rank }, (_, k) => k))).toBeAllClose(
          identity(u.cols).takeCols(Array.from({ length: rank }, (_, k) => k)),
          { absolute: 1e-12 },
        );
        expect(times(vt, turn(vt)).take(Array.from({ length: rank }, (_, k) => k))).toBeAllClose(
          identity(vt.rows).take(Array.from({ length: rank }, (_, k) => k)),
          { absolute: 1e-12 },
        );
        expect([...singular]).toEqual([...singular].sort((a, b) => b - a));
      }),
      seeded,
    );
  });

  test('least squares leaves a residual orthogonal to every column, and has no part that X does not see', () => {
    fc.assert(
      fc.property(matrices, fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 7, maxLength: 7 }), (X, values) => {
        const y = Float64Array.from(values.slice(0, X.rows));
        const { coef, rank, singular } = leastSquares(X, y, 1e-10);
        const residual = y.map((value, i) => value - X.row(i).reduce((sum, x, j) => sum + x * coef[j], 0));
        for (let j = 0; j < X.cols; j++) expect(X.col(j).reduce((sum, x, i) => sum + x * residual[i], 0)).toBeCloseTo(0, 9);
        expect(singular.filter((value) => value > 1e-10 * singular[0])).toHaveLength(rank);
        const { vt } = svd(X);
        const seen = new Float64Array(X.cols);
        for (let k = 0; k < rank; k++) {
          const along = vt.row(k).reduce((sum, value, j) => sum + value * coef[j], 0);
          vt.row(k).forEach((value, j) => (seen[j] += along * value));
        }
        expect(coef).toBeAllClose(seen, { absolute: 1e-10 });
      }),
      seeded,
    );
  });

  test.each([[33, 33], [40, 64], [70, 70], [300, 65]])('hold for %i × %i numbers too, of columns of one size or thirty orders apart, with twins or without', (m, n) => {
    const random = new RandomState(m + n);
    for (const [span, twins] of [[0, 0], [30, 0], [0, 5], [4, 3]]) {
      const sizes = Float64Array.from({ length: n }, (_, j) => 10 ** ((-span * ((7 * j) % n)) / n));
      const X = new DenseMatrix(m, n, random.standardNormal(m * n).map((value, i) => value * sizes[i % n]));
      for (let i = 0; i < m; i++) for (let j = 0; j < twins; j++) X.data[i * n + n - 1 - j] = X.data[i * n + j];
      const least = Math.min(m, n);
      // Rounding is that of each column by itself.
      const inUnits = (A: DenseMatrix, pivots?: Int32Array): DenseMatrix => new DenseMatrix(A.rows, n, A.data.map((value, i) => value / sizes[pivots ? pivots[i % n] : i % n]));
      const { u, singular, vt } = svd(X);
      expect(times(times(u, diagonal(singular)), vt)).toBeAllClose(X, { absolute: 1e-12 });
      expect(times(vt, turn(vt))).toBeAllClose(identity(least), { absolute: 1e-12 });
      for (const pivot of [false, true]) {
        const qr = new QrFactors(X, { pivot });
        const q = qr.q();
        expect(times(turn(q), q)).toBeAllClose(identity(least), { absolute: 1e-13 });
        expect(inUnits(times(q, qr.r()), qr.pivots)).toBeAllClose(inUnits(X.takeCols(qr.pivots), qr.pivots), { absolute: 1e-12 });
      }
    }
  });

  test('singular values of orthogonal columns are the columns’ lengths to twelve digits, thirty orders apart as well', () => {
    const n = 80;
    const q = new QrFactors(new DenseMatrix(2 * n, n, new RandomState(3).standardNormal(2 * n * n))).q();
    const lengths = Float64Array.from({ length: n }, (_, j) => 10 ** (-30 * (j / n)));
    const { singular } = svd(new DenseMatrix(2 * n, n, q.data.map((value, i) => value * lengths[n - 1 - (i % n)])));
    expect(singular).toBeAllClose(lengths, { relative: 1e-12, absolute: 0 });
  });

  test('reflections in panels leave the R of one reflection at a time, with its signs', () => {
    const X = new DenseMatrix(90, 50, new RandomState(5).standardNormal(4500));
    const first = X.takeCols(Array.from({ length: 7 }, (_, j) => j));
    const leading = new QrFactors(X).r().takeCols(Array.from({ length: 7 }, (_, j) => j));
    expect(leading.data.slice(0, 49)).toBeAllClose(new QrFactors(first).r().data, { absolute: 1e-13 });
    // Nothing is reflected where nothing is below the diagonal.
    expect(new QrFactors(identity(40)).r()).toBeAllClose(identity(40), { absolute: 0 });
    const pivoted = new QrFactors(X, { pivot: true }).r();
    const sizes = Float64Array.from({ length: 50 }, (_, k) => Math.abs(pivoted.at(k, k)));
    expect([...sizes]).toEqual([...sizes].sort((x, y) => y - x));
  });

  test('do not change what they are given', () => {
    const X = DenseMatrix.from([[1, 2], [3, 4], [5, 7]]);
    svd(X);
    new QrFactors(X, { pivot: true }).r();
    leastSquares(X, Float64Array.of(1, 2, 3), 0);
    expect(X.toArray()).toEqual([[1, 2], [3, 4], [5, 7]]);
  });
});

describe('eigenvalues and Cholesky', () => {
  test.each(of('symmetric'))('of %s are numpy’s', (_name, { input, expected, tolerance }) => {
    const A = DenseMatrix.from(input.X);
    const close = { relative: 0, absolute: tolerance * expected.size };
    const { values, vectors } = symmetricEigen(A);
    expect(values).toBeAllClose(expected.values, close);
    expect(times(turn(vectors), times(diagonal(values), vectors))).toBeAllClose(input.X, close);
    expect(times(vectors, turn(vectors))).toBeAllClose(identity(A.rows), { absolute: 1e-13 });
    for (const wanted of new Set([0, 1, Math.ceil(A.rows / 2), A.rows])) {
      const leading = leadingEigen(A, (known) => (expect(known).toEqual(values.slice().reverse()), wanted));
      expect(leading.vectors.rows).toBe(wanted);
      expect(times(leading.vectors, A)).toBeAllClose(times(diagonal(leading.values.subarray(0, wanted)), leading.vectors), close);
      expect(times(leading.vectors, turn(leading.vectors))).toBeAllClose(identity(wanted), { absolute: 1e-13 });
    }
    expect(A.toArray()).toEqual(input.X);
    const L = A.copy();
    expect(cholesky(L)).toBe(expected.definite);
    if (!expected.definite) return;
    for (let i = 0; i < A.rows; i++) for (let j = i + 1; j < A.rows; j++) L.data[i * A.cols + j] = 0;
    expect(L).toBeAllClose(expected.lower, { absolute: 1e-9 });
    const x = choleskySolve(L, A.col(0));
    expect(times(A, DenseMatrix.column(x))).toBeAllClose(A.col(0), { absolute: 1e-12 });
  });

  test('the few leading eigenvectors are those of all, also of matrices in pieces, of low rank or with repeated values', () => {
    const sizes = fc.tuple(fc.integer({ min: 4, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.boolean(), fc.integer({ min: 0, max: 12 }), fc.integer());
    fc.assert(
      fc.property(sizes, ([n, rank, isSparse, grading, seed]) => {
        // Whole numbers, many of them zero where isSparse, times powers of ten that fall by `grading` in all.
        const random = new RandomState(seed >>> 0);
        const B = new DenseMatrix(Math.min(rank, n), n);
        const draws = random.standardNormal(2 * B.data.length);
        B.data.forEach((_, p) => (B.data[p] = isSparse && draws[2 * p] < 1 ? 0 : Math.round(2 * draws[2 * p + 1]) * 10 ** ((-grading * (p % n)) / n)));
        const A = times(turn(B), B);
        const all = symmetricEigen(A);
        const wanted = Math.max(1, Math.floor(n / 4));
        const { values, vectors } = leadingEigen(A, wanted);
        const size = Math.max(1e-300, Math.abs(all.values[n - 1]));
        expect(values).toBeAllClose(all.values.slice().reverse(), { relative: 0, absolute: 1e-13 * size });
        expect(times(vectors, turn(vectors))).toBeAllClose(identity(wanted), { absolute: 1e-13 });
        expect(times(vectors, A)).toBeAllClose(times(diagonal(values.subarray(0, wanted)), vectors), { relative: 0, absolute: 2e-13 * size });
      }),
      seeded,
    );
  });

  test('Cholesky refuses NaN, zero and indefinite matrices', () => {
    for (const rows of [[[Number.NaN]], [[0]], [[1, 2], [2, 1]]]) expect(cholesky(DenseMatrix.from(rows))).toBe(false);
  });
});

test('Gram matrices are products of all pairs of columns or rows, sparse as dense', () => {
  fc.assert(
    fc.property(matrices, (X) => {
      for (const matrix of [X, CsrMatrix.fromDense(X)]) {
        expect(gram(matrix)).toBeAllClose(times(turn(X), X), { relative: 0, absolute: 0 });
        expect(gramOfRows(matrix)).toBeAllClose(times(X, turn(X)), { relative: 0, absolute: 0 });
      }
    }),
    seeded,
  );
});
