import { RandomState } from '../../src/core/random-state.ts';
import { withoutKernels } from '../../src/kernels/kernel-memory.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { withScatter } from '../../src/matrix/with-scatter.ts';

interface Seen {
  held: number[];
  means: number[];
  scatter: number[];
}

/** The scatter by what is on and below its diagonal. */
const look = (X: DenseMatrix): Seen =>
  withScatter(X, (held, means, { cols, data }) => ({
    held: [...held.data],
    means: [...means],
    scatter: Array.from(data, (_, p) => data[Math.max(Math.floor(p / cols), p % cols) * cols + Math.min(Math.floor(p / cols), p % cols)]),
  }));

/** Means and scatter of whole numbers, exactly: the latter times the number of rows. */
function exact({ rows, cols, data }: DenseMatrix): { means: number[]; scatter: number[] } {
  const sums = Array.from({ length: cols }, (_, j) => Array.from({ length: rows }, (_, i) => BigInt(data[i * cols + j])).reduce((a, b) => a + b, 0n));
  const scatter: number[] = [];
  for (let i = 0; i < cols; i++) {
    for (let j = 0; j < cols; j++) {
      let products = 0n;
      for (let p = 0; p < rows; p++) products += BigInt(data[p * cols + i]) * BigInt(data[p * cols + j]);
      scatter.push(Number(BigInt(rows) * products - sums[i] * sums[j]) / rows);
    }
  }
  return { means: sums.map((sum) => Number(sum) / rows), scatter };
}

const random = new RandomState(3);
/** Whole numbers around `centre`; rows in order of size where `isSorted`. */
function wholeRows(rows: number, cols: number, centre: number, isSorted = false): DenseMatrix {
  const columns = Array.from({ length: cols }, () => {
    const values = random.standardNormal(rows).map((value) => centre + Math.round(1000 * value));
    return isSorted ? values.sort() : values;
  });
  return new DenseMatrix(rows, cols, Float64Array.from({ length: rows * cols }, (_, p) => columns[p % cols][Math.floor(p / cols)]));
}

test.each([
  ['one row', wholeRows(1, 3, 0)],
  ['few rows', wholeRows(17, 5, 0)],
  ['rows that are packed in two parts', wholeRows(1500, 6, 0)],
  ['means a billion times the spread', wholeRows(1100, 4, 1e12)],
  ['rows in order', wholeRows(1100, 4, 0, true)],
  // The guess is one of those: all the others are 10⁹ away from it.
  ['one row in sixty-four far from the others', (() => {
    const X = wholeRows(1600, 4, 0);
    for (let i = 0; i < X.rows; i += 64) for (let j = 0; j < X.cols; j++) X.data[i * X.cols + j] += 1e9;
    return X;
  })()],
])('%s: means and scatter to working precision', (name, X) => {
  // A sum of as many terms; where the guess is far off, up to two digits less.
  const rounding = name.startsWith('one row in') ? 3e-12 : 1e-13;
  const { held, means, scatter } = look(X);
  const expected = exact(X);
  expect(held).toEqual([...X.data]);
  expect(means).toBeAllClose(expected.means, { relative: name.startsWith('one row in') ? 1e-12 : 4e-15, absolute: 1e-9 });
  // Of products of two columns, as far as both vary.
  const spread = Array.from({ length: X.cols }, (_, j) => Math.sqrt(expected.scatter[j * X.cols + j]));
  scatter.forEach((value, p) => {
    const [i, j] = [Math.floor(p / X.cols), p % X.cols];
    expect(Math.abs(value - expected.scatter[p])).toBeLessThanOrEqual(rounding * spread[i] * spread[j]);
  });
});

test('the kernels and plain TypeScript agree to rounding', () => {
  const X = wholeRows(1300, 9, 50);
  const plain = withoutKernels(() => look(X));
  const { means, scatter } = look(X);
  expect(means).toBeAllClose(plain.means, { relative: 1e-14 });
  expect(scatter).toBeAllClose(plain.scatter, { relative: 1e-12, absolute: 1e-6 });
});

test('columns beyond what is packed at once are looked at another way, with the same result', () => {
  const X = wholeRows(3, 520, 7);
  const { means, scatter } = look(X);
  const expected = exact(X);
  expect(means).toBeAllClose(expected.means, { relative: 1e-13 });
  expect(scatter).toBeAllClose(expected.scatter, { relative: 1e-12, absolute: 1e-5 });
});
