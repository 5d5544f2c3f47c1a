import fc from 'fast-check';
import { columnMoments, combineMoments } from '../../src/matrix/column-moments.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';

const runs = { seed: 20, numRuns: 80 };
const cell = fc.oneof(fc.constant(0), fc.constant(Number.NaN), fc.integer({ min: -99, max: 99 }));
const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 10 });

test('moments of a sparse matrix are those of the dense one, NaN skipped', () => {
  fc.assert(
    fc.property(rows, (X) => {
      const dense = columnMoments(DenseMatrix.from(X));
      const sparse = columnMoments(CsrMatrix.from(X));
      expect(sparse.weight).toEqual(dense.weight);
      expect(sparse.mean).toBeAllClose(dense.mean);
      expect(sparse.variance).toBeAllClose(dense.variance, { absolute: 1e-10 });
    }),
    runs,
  );
});

test('moments of two parts combine to those of the whole, also where a part is all NaN', () => {
  fc.assert(
    fc.property(rows, rows, (A, B) => {
      const whole = columnMoments(DenseMatrix.from([...A, ...B]));
      const combined = combineMoments(columnMoments(DenseMatrix.from(A)), columnMoments(DenseMatrix.from(B)));
      expect(combined.weight).toEqual(whole.weight);
      expect(combined.mean).toBeAllClose(whole.mean);
      expect(combined.variance).toBeAllClose(whole.variance, { absolute: 1e-9 });
    }),
    runs,
  );
});
