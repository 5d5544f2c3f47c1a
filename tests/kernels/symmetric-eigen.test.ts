import { implicitQlRound, reflectAxes, reflectBack, tridiagonalise, tridiagonalValues, turnBackRows, turnRows } from '../../src/kernels/symmetric-eigen.ts';
import { numbers, onBoth } from './both.ts';
import '../to-be-all-close.ts';

// With fused multiply-add the kernels round otherwise than the twins; tests of decompositions run with it.
process.env.REFIT_FUSED = 'off';

const close = { relative: 1e-10, absolute: 1e-6 };

/** A, n × n, times B. */
function times(n: number, A: Float64Array, B: Float64Array): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) for (let j = 0; j < n; j++) out[i * n + j] += A[i * n + k] * B[k * n + j];
  return out;
}
const turned = (n: number, A: Float64Array): Float64Array => A.map((_, at) => A[(at % n) * n + Math.floor(at / n)]);

/** The matrix with d on the diagonal and e[i] between i and i + 1. */
function tridiagonal(n: number, d: Float64Array, e: Float64Array): Float64Array {
  const T = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    T[i * n + i] = d[i];
    if (i + 1 < n) T[i * n + i + 1] = T[(i + 1) * n + i] = e[i];
  }
  return T;
}

/** Cosines and sines of as many angles, side by side. */
const turnsBy = (angles: Float64Array): Float64Array => Float64Array.from({ length: 2 * angles.length }, (_, at) => (at % 2 === 0 ? Math.cos : Math.sin)(angles[at >> 1]));

describe.each([1, 2, 3, 7, 8, 9, 17, 40])('%i rows', (n) => {
  const a = numbers(n * n, n);

  test.each([
    ['numbers of mixed size', 1],
    ['numbers whose squares vanish', 1e-200],
    ['numbers whose squares overflow', 1e200],
    ['zeros', 0],
  ])('a symmetric matrix of %s is Q·T·Qᵀ', (_, factor) => {
    const A = a.map((_value, at) => factor * (a[at] + a[(at % n) * n + Math.floor(at / n)]));
    const { Q, T } = onBoth((arena) => {
      // What is above the diagonal is not read.
      const lower = arena.copyFloat64(A.map((value, at) => (at % n > Math.floor(at / n) ? Number.NaN : value)));
      const made = { diagonal: arena.float64(n), offDiagonal: arena.float64(n), reflectors: arena.float64(n * n) };
      tridiagonalise(n, lower, made, arena.unsetFloat64(2 * n));
      const axes = arena.float64(n * n);
      reflectAxes(n, made.reflectors, axes);
      return { Q: turned(n, Float64Array.from(axes)), T: tridiagonal(n, Float64Array.from(made.diagonal), Float64Array.from(made.offDiagonal)) };
    });
    const identity = Float64Array.from(A, (_value, at) => Number(at % (n + 1) === 0));
    expect(times(n, Q, turned(n, Q))).toBeAllClose(identity, { relative: 0, absolute: 1e-13 });
    const size = Math.max(...A.map(Math.abs));
    expect(times(n, times(n, Q, T), turned(n, Q))).toBeAllClose(A, { relative: 0, absolute: 1e-13 * size });
  });

  test('a round of QL turns a tridiagonal matrix into one with the same eigenvalues, its last coupling into 0', () => {
    if (n < 3) return;
    const [d, e] = [numbers(n, 3), numbers(n, 4)];
    const [l, m] = [1, n - 1];
    const out = onBoth((arena) => {
      const [diagonal, offDiagonal, turns] = [arena.copyFloat64(d), arena.copyFloat64(e), arena.unsetFloat64(2 * (m - l))];
      expect(implicitQlRound(l, m, d[m] - 3, diagonal, offDiagonal, turns)).toBe(l);
      const axes = arena.float64(n * n);
      for (let i = 0; i < n; i++) axes[i * n + i] = 1;
      turnRows(n, l, m - 1, axes, turns);
      return [axes, diagonal, offDiagonal].map((part) => Float64Array.from(part));
    });
    const [axes, diagonal, offDiagonal] = out;
    // Row 0 is not part of the round, nor is what couples it; nothing is said of the element after the last.
    expect([diagonal[0], offDiagonal[0], offDiagonal[m]]).toEqual([d[0], e[0], 0]);
    const block = (T: Float64Array): Float64Array => T.map((value, at) => (at < n || at % n === 0 ? 0 : value));
    const before = times(n, times(n, axes, block(tridiagonal(n, d, e))), turned(n, axes));
    const size = Math.max(...before.map(Math.abs));
    expect(block(tridiagonal(n, diagonal, offDiagonal))).toBeAllClose(before, { relative: 0, absolute: 1e-12 * size });
  });

  test('reflects the axes one after the other, which keeps them orthonormal', () => {
    const reflectors = unitReflectors(n, a);
    const out = onBoth((arena) => {
      const vectors = arena.float64(n * n);
      reflectAxes(n, arena.copyFloat64(reflectors), vectors);
      return Float64Array.from(vectors);
    });
    const last = Float64Array.from({ length: n }, (_, j) => Number(j === n - 1));
    for (let k = n - 2; k >= 0; k--) {
      const v = reflectors.subarray(k * n, (k + 1) * n);
      const along = v.reduce((sum, value, j) => sum + value * last[j], 0);
      last.forEach((value, j) => (last[j] = value - 2 * along * v[j]));
    }
    expect(out.subarray((n - 1) * n)).toBeAllClose(last, close);
    for (let i = 0; i < n; i++) expect(out.subarray(i * n, (i + 1) * n).reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 10);
  });

  test('reflects columns as it reflects the axes, as many as there are', () => {
    const reflectors = unitReflectors(n, a);
    const axes = onBoth((arena) => {
      const rows = arena.float64(n * n);
      reflectAxes(n, arena.copyFloat64(reflectors), rows);
      return Float64Array.from(rows);
    });
    for (const width of new Set([1, 8, n])) {
      const reflected = onBoth((arena) => {
        const columns = arena.float64(n * width);
        for (let c = 0; c < Math.min(n, width); c++) columns[c * width + c] = 1;
        reflectBack(n, width, arena.copyFloat64(reflectors), columns);
        return Float64Array.from(columns);
      });
      const expected = Float64Array.from({ length: n * width }, (_, at) => (at % width < n ? axes[(at % width) * n + Math.floor(at / width)] : 0));
      expect(reflected).toBeAllClose(expected, { relative: 0, absolute: 1e-12 });
    }
  });

  test.each([1, 8, 11])('turned back, %i columns are what they were before they were turned', (width) => {
    const angles = numbers(n, 5).map((value) => value / 50);
    const rows = numbers(n * width, 7);
    const out = onBoth((arena) => {
      const back = arena.copyFloat64(rows);
      turnBackRows(n, width, 0, n - 2, back, arena.copyFloat64(turnsBy(angles.subarray(0, n - 1))));
      return Float64Array.from(back);
    });
    turnPlainly(width, n, angles, out);
    expect(out).toBeAllClose(rows, close);
  });

  test('turned pair by pair from the last to the first keep the length of each column', () => {
    const angles = numbers(n, 5);
    const out = onBoth((arena) => {
      const rows = arena.copyFloat64(a);
      turnRows(n, 0, n - 2, rows, arena.copyFloat64(turnsBy(angles.subarray(0, n - 1))));
      return Float64Array.from(rows);
    });
    const expected = a.slice();
    turnPlainly(n, n, angles, expected);
    expect(out).toBeAllClose(expected, close);
    const length = (rows: Float64Array, j: number): number => Math.hypot(...rows.filter((_v, at) => at % n === j));
    for (let j = 0; j < n; j++) expect(length(out, j)).toBeAllClose(length(a, j), { relative: 1e-12 });
  });
});

/** Row k: numbers from element k + 1 on, of length 1. */
function unitReflectors(n: number, a: Float64Array): Float64Array {
  const reflectors = a.map((value, at) => (at % n > Math.floor(at / n) ? value : 0));
  for (let k = 0; k < n - 1; k++) {
    const row = reflectors.subarray(k * n, (k + 1) * n);
    const size = Math.hypot(...row);
    row.forEach((value, j) => (row[j] = value / size));
  }
  return reflectors;
}

function turnPlainly(width: number, n: number, angles: Float64Array, rows: Float64Array): void {
  for (let i = n - 2; i >= 0; i--) {
    for (let j = 0; j < width; j++) {
      const [x, y] = [rows[i * width + j], rows[(i + 1) * width + j]];
      rows[i * width + j] = Math.cos(angles[i]) * x - Math.sin(angles[i]) * y;
      rows[(i + 1) * width + j] = Math.sin(angles[i]) * x + Math.cos(angles[i]) * y;
    }
  }
}

test.each([1, 2, 3, 8, 60])('eigenvalues of the %i × %i matrix with 2 on the diagonal and −1 beside it are those that are known', (n) => {
  for (const factor of [1, 1e-250, 1e250]) {
    const values = onBoth((arena) => {
      const d = arena.copyFloat64(new Float64Array(n).fill(2 * factor));
      expect(tridiagonalValues(d, arena.copyFloat64(new Float64Array(n).fill(-factor)))).toBe(true);
      return Float64Array.from(d).sort();
    });
    const known = Float64Array.from({ length: n }, (_, k) => factor * (2 - 2 * Math.cos((Math.PI * (k + 1)) / (n + 1))));
    expect(values).toBeAllClose(known, { relative: 0, absolute: 4e-15 * factor });
  }
});

test('eigenvalues of a matrix of zeros, and of one that is in pieces', () => {
  const values = onBoth((arena) => {
    const zeros = arena.float64(5);
    const pieces = arena.copyFloat64([0, 0, 7, 3, 3]);
    return [tridiagonalValues(zeros, arena.float64(5)), Array.from(zeros), tridiagonalValues(pieces, arena.copyFloat64([1, 0, 0, 4, 0])), Array.from(pieces).sort((a, b) => a - b)];
  });
  const close = [-1, -1, 1, 7, 7].map((value) => expect.closeTo(value, 14));
  expect(values).toEqual([true, [0, 0, 0, 0, 0], true, close]);
});

test('a matrix that falls apart in a round is left alone from there on', () => {
  const { first, d, e } = onBoth((arena) => {
    const [diagonal, offDiagonal] = [arena.copyFloat64([1, 2, 2, 2]), arena.copyFloat64([1, 1, 0, 0])];
    const first = implicitQlRound(0, 3, 1, diagonal, offDiagonal, arena.unsetFloat64(6));
    return { first, d: Array.from(diagonal), e: Array.from(offDiagonal) };
  });
  expect({ first, sum: d.reduce((a, b) => a + b), last: e[3] }).toEqual({ first: expect.any(Number), sum: expect.closeTo(7, 12), last: 0 });
});

test('no turn leaves rows alone, and arrays of the wrong length are refused', () => {
  const a = numbers(9, 1);
  const before = a.slice();
  turnRows(3, 2, 1, a, new Float64Array(0));
  expect(a).toEqual(before);
  expect(() => turnRows(3, 0, 1, a, new Float64Array(2))).toThrow('turnRows: turns must have 4 elements, got 2.');
});
