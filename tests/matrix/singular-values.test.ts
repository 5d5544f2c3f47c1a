import fc from 'fast-check';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { singularValues } from '../../src/matrix/singular-values.ts';
import { svd } from '../../src/matrix/svd.ts';

const matrices = fc.integer({ min: 1, max: 12 }).chain((n) => fc.array(fc.oneof(fc.double({ min: -10, max: 10, noNaN: true }), fc.constant(0)), { minLength: n * n, maxLength: n * n }).map((data) => new DenseMatrix(n, n, Float64Array.from(data))));

test('singular values are those of the whole decomposition, to rounding of the largest', () => {
  fc.assert(
    fc.property(matrices, (A) => {
      const before = A.data.slice();
      const { singular } = svd(A);
      expect(singularValues(A)).toBeAllClose(singular, { relative: 0, absolute: 1e-14 * (1 + singular[0]) });
      expect(A.data).toEqual(before);
    }),
    { numRuns: 400 },
  );
});

test('of a matrix of zeros, of an orthogonal and of a triangular one', () => {
  expect(singularValues(new DenseMatrix(3, 3))).toEqual(new Float64Array(3));
  expect(singularValues(DenseMatrix.from([[0, -1], [1, 0]]))).toBeAllClose([1, 1], { relative: 1e-15, absolute: 0 });
  // The golden ratio and its inverse.
  expect(singularValues(DenseMatrix.from([[1, 1], [0, 1]]))).toBeAllClose([(1 + Math.sqrt(5)) / 2, (Math.sqrt(5) - 1) / 2], { relative: 1e-15, absolute: 0 });
});
