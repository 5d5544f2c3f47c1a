import { type Arena, withArena } from '../../src/kernels/arena.ts';
import { addColumnSums, columnMoments, scaleColumns } from '../../src/kernels/column-moments.ts';
import type { MatrixArrays } from '../../src/kernels/matrix-arrays.ts';
import { ThreadTeam } from '../../src/kernels/thread-team.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { columnMoments as matrixMoments } from '../../src/matrix/column-moments.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { numbers, onBoth } from './both.ts';
import { randomCsr, randomDense } from './random-matrix.ts';

const SHAPES: readonly (readonly [rows: number, cols: number])[] = [[0, 2], [1, 1], [2, 7], [3, 8], [4, 9], [70, 33], [300, 1]];

/** One value in nine missing. */
function withGaps<X extends MatrixArrays>(X: X): X {
  return { ...X, data: X.data.map((v, p) => (p % 9 === 4 ? Number.NaN : v)) };
}

function asMatrix(X: MatrixArrays): CsrMatrix | DenseMatrix {
  return X.kind === 'csr' ? new CsrMatrix(X.rows, X.cols, X.indptr, X.indices, X.data) : new DenseMatrix(X.rows, X.cols, X.data);
}

describe.each(Object.entries({ sparse: randomCsr, dense: randomDense }))('%s', (_, make) => {
  describe.each(SHAPES)('%i × %i', (rows, cols) => {
    const weights = numbers(rows, 3).map((w) => Math.abs(w) % 3);

    test.each([
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ])('moments are those of the matrix layer, to the last bit (weights: %s, missing values: %s)', (isWeighted, hasGaps) => {
      const whole = make(rows, cols, rows * 31 + cols);
      const X = hasGaps ? withGaps(whole) : whole;
      const moments = onBoth((arena) => {
        const { mean, variance, weight } = columnMoments(arena, arena.copyMatrix(X), isWeighted ? arena.copyFloat64(weights) : undefined);
        return { mean: mean.slice(), variance: variance.slice(), weight: weight.slice() };
      });
      expect(moments).toStrictEqual(matrixMoments(asMatrix(X), isWeighted ? weights : undefined));
    });

    test('scaling multiplies every value by its column’s factor, in place or not', () => {
      const X = make(rows, cols, rows * 37 + cols);
      const factors = numbers(cols, 5);
      const [other, inPlace] = onBoth((arena) => {
        const A = arena.copyMatrix(X);
        const out = arena.float64(A.data.length);
        scaleColumns(A, arena.copyFloat64(factors), out);
        scaleColumns(A, arena.copyFloat64(factors), A.data);
        return [out.slice(), A.data.slice()] as const;
      });
      expect(other).toEqual(X.data.map((v, p) => v * factors[X.kind === 'csr' ? X.indices[p] : p % cols]));
      expect(inPlace).toEqual(other);
    });
  });
});

test('the variance of large numbers close together is not lost', () => {
  const X: MatrixArrays = { kind: 'dense', rows: 3, cols: 1, data: Float64Array.of(1e9 + 1, 1e9 + 2, 1e9 + 3) };
  expect(onBoth((arena) => columnMoments(arena, arena.copyMatrix(X)).variance[0])).toBe(2 / 3);
});

test('weights that do not fit the rows are refused', () => {
  onBoth((arena) => {
    expect(() => columnMoments(arena, randomDense(3, 1, 1), new Float64Array(2))).toThrow('columnMoments: weights must have 3 elements, got 2.');
  });
});

test.each(SHAPES)('columns of %i × %i are added up in the order of rows, to what is there', (rows, cols) => {
  const x = numbers(rows * cols, 11);
  const sums = onBoth((arena) => {
    const out = arena.copyFloat64(new Float64Array(cols).fill(1));
    addColumnSums(rows, cols, arena.copyFloat64(x), out);
    return Float64Array.from(out);
  });
  expect([...sums]).toEqual(Array.from({ length: cols }, (_, j) => x.reduce((sum, value, p) => (p % cols === j ? sum + value : sum), 1)));
});

test.each([[false, false], [true, true]])('threads that share the columns give the bits of one (weights: %s, missing values: %s)', async (isWeighted, hasGaps) => {
  const whole = randomCsr(90, 61, 4);
  const X = hasGaps ? withGaps(whole) : whole;
  const weights = numbers(90, 3).map((w) => Math.abs(w) % 3);
  const read = (arena: Arena, team?: ThreadTeam) => {
    const { mean, variance, weight } = columnMoments(arena, arena.copyMatrix(X), isWeighted ? arena.copyFloat64(weights) : undefined, team);
    return { mean: mean.slice(), variance: variance.slice(), weight: weight.slice() };
  };
  const one = onBoth((arena) => read(arena));
  const team = withArena(() => ThreadTeam.start(3));
  expect(team?.isWhole).toBe(true);
  // Threads start meanwhile.
  for (let round = 0; round < 20; round++) {
    expect(withArena((arena) => read(arena, team))).toStrictEqual(one);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  team?.end();
});
