import { reduceTrailing, reflectAxes, reflectRows, rotateRows, turnBackRows } from '../../src/kernels/symmetric-eigen.ts';
import { numbers, onBoth } from './both.ts';
import '../to-be-all-close.ts';

const close = { relative: 1e-10, absolute: 1e-6 };

describe.each([1, 2, 3, 7, 8, 9, 17, 40])('%i rows', (n) => {
  const a = numbers(n * n, n);

  test.each([0, 1, n - 1])('less two outer products times a vector, on the lower triangle from %i on', (from) => {
    const [v, w, x] = [2, 3, 4].map((seed) => numbers(n, seed));
    const out = onBoth((arena) => {
      const [matrix, product] = [arena.copyFloat64(a), arena.copyFloat64(new Float64Array(n).fill(7))];
      reduceTrailing(n, from, matrix, arena.copyFloat64(v), arena.copyFloat64(w), arena.copyFloat64(x), product);
      return { matrix: Float64Array.from(matrix), product: Float64Array.from(product) };
    });
    const left = a.map((before, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return j < from || j > i ? before : before - v[i] * w[j] - w[i] * v[j];
    });
    expect(out.matrix).toBeAllClose(left, close);
    const product = Float64Array.from({ length: n }, (_, i) => {
      let sum = 0;
      for (let j = from; j < n; j++) sum += left[Math.max(i, j) * n + Math.min(i, j)] * x[j];
      return i < from ? 7 : sum;
    });
    expect(out.product).toBeAllClose(product, close);
  });

  test('reflects the axes one after the other, which keeps them orthonormal', () => {
    const reflectors = a.map((value, at) => (at % n > Math.floor(at / n) ? value : 0));
    for (let k = 0; k < n - 1; k++) {
      const row = reflectors.subarray(k * n, (k + 1) * n);
      const size = Math.hypot(...row);
      row.forEach((value, j) => (row[j] = value / size));
    }
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

  test('reflects rows as it reflects the axes', () => {
    const reflectors = a.map((value, at) => (at % n > Math.floor(at / n) ? value : 0));
    for (let k = 0; k < n - 1; k++) {
      const row = reflectors.subarray(k * n, (k + 1) * n);
      const size = Math.hypot(...row);
      row.forEach((value, j) => (row[j] = value / size));
    }
    const [axes, reflected] = [false, true].map((byRow) =>
      onBoth((arena) => {
        const rows = arena.float64(n * n);
        if (byRow) {
          for (let i = 0; i < n; i++) rows[i * n + i] = 1;
          reflectRows(n, n, arena.copyFloat64(reflectors), rows);
        } else reflectAxes(n, arena.copyFloat64(reflectors), rows);
        return Float64Array.from(rows);
      }),
    );
    expect(reflected).toBeAllClose(axes, { relative: 0, absolute: 1e-12 });
  });

  test.each([1, 8, 11])('turned back, %i columns are what they were before they were turned', (width) => {
    const angles = numbers(n, 5).map((value) => value / 50);
    const rows = numbers(n * width, 7);
    const out = onBoth((arena) => {
      const turned = arena.copyFloat64(rows);
      const [c, s] = [arena.copyFloat64(angles.subarray(0, n - 1).map(Math.cos)), arena.copyFloat64(angles.subarray(0, n - 1).map(Math.sin))];
      turnBackRows(n, width, 0, n - 2, turned, c, s);
      return Float64Array.from(turned);
    });
    for (let i = n - 2; i >= 0; i--) {
      for (let j = 0; j < width; j++) {
        const [x, y] = [out[i * width + j], out[(i + 1) * width + j]];
        out[i * width + j] = Math.cos(angles[i]) * x - Math.sin(angles[i]) * y;
        out[(i + 1) * width + j] = Math.sin(angles[i]) * x + Math.cos(angles[i]) * y;
      }
    }
    expect(out).toBeAllClose(rows, close);
  });

  test('turned pair by pair from the last to the first keep the length of each column', () => {
    const angles = numbers(n, 5);
    const out = onBoth((arena) => {
      const rows = arena.copyFloat64(a);
      rotateRows(n, 0, n - 2, rows, arena.copyFloat64(angles.map(Math.cos)), arena.copyFloat64(angles.map(Math.sin)));
      return Float64Array.from(rows);
    });
    const expected = a.slice();
    for (let i = n - 2; i >= 0; i--) {
      for (let j = 0; j < n; j++) {
        const [x, y] = [expected[i * n + j], expected[(i + 1) * n + j]];
        expected[i * n + j] = Math.cos(angles[i]) * x - Math.sin(angles[i]) * y;
        expected[(i + 1) * n + j] = Math.sin(angles[i]) * x + Math.cos(angles[i]) * y;
      }
    }
    expect(out).toBeAllClose(expected, close);
    const length = (rows: Float64Array, j: number): number => Math.hypot(...rows.filter((_v, at) => at % n === j));
    for (let j = 0; j < n; j++) expect(length(out, j)).toBeAllClose(length(a, j), { relative: 1e-12 });
  });
});

test('no rotation leaves rows alone, and arrays of the wrong length are refused', () => {
  const a = numbers(9, 1);
  const before = a.slice();
  rotateRows(3, 2, 1, a, new Float64Array(3), new Float64Array(3));
  expect(a).toEqual(before);
  expect(() => rotateRows(3, 0, 1, a, new Float64Array(2), new Float64Array(3))).toThrow('rotateRows: each vector must have 3 elements, got 2.');
});
