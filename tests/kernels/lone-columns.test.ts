import { mergeLoneColumns, spreadLoneColumns } from '../../src/kernels/lone-columns.ts';
import type { CsrArrays } from '../../src/kernels/matrix-arrays.ts';
import { ABSENT } from '../../src/kernels/merged-columns.ts';
import { onBoth } from './both.ts';
import { denseValues, randomCsr } from './random-matrix.ts';

/** Everything merging gives, out of the arena. */
function merged(X: CsrArrays) {
  return onBoth((arena) => {
    const columns = { places: arena.int32(X.cols), shares: arena.float64(X.cols), largest: arena.float64(X.rows) };
    const { rows, cols, indptr, indices, data } = mergeLoneColumns(arena, arena.copyCsr(X), columns);
    const entries = indptr[rows];
    const matrix: CsrArrays = { kind: 'csr', rows, cols, indptr: indptr.slice(), indices: indices.slice(0, entries), data: data.slice(0, entries) };
    return { matrix, places: columns.places.slice(), shares: columns.shares.slice(), largest: columns.largest.slice() };
  });
}

const sparse = (rows: number, cols: number, entries: readonly (readonly [row: number, col: number, value: number])[]): CsrArrays => ({
  kind: 'csr',
  rows,
  cols,
  indptr: Int32Array.from({ length: rows + 1 }, (_, i) => entries.filter(([row]) => row < i).length),
  indices: Int32Array.from(entries, ([, col]) => col),
  data: Float64Array.from(entries, ([, , value]) => value),
});

/** Products of rows, which a rotation of the columns leaves as they are. */
function gram(X: CsrArrays): number[] {
  const values = denseValues(X);
  return Array.from({ length: X.rows ** 2 }, (_, p) => {
    const [i, k] = [Math.floor(p / X.rows), p % X.rows];
    let sum = 0;
    for (let j = 0; j < X.cols; j++) sum += values[i * X.cols + j] * values[k * X.cols + j];
    return sum;
  });
}

test('columns with one entry become one column a row, behind the others', () => {
  const { matrix, places, shares, largest } = merged(sparse(3, 6, [[0, 0, 3], [0, 2, 1], [0, 3, 4], [1, 2, 2], [2, 4, -5]]));
  expect([...places]).toEqual([~1, ABSENT, 0, ~1, ~2, ABSENT]);
  expect([shares[0], shares[3], shares[4]]).toEqual([0.6, 0.8, -1]);
  expect(Array.from(largest.subarray(0, 2))).toEqual([0.8, 1]);
  expect([...denseValues(matrix)]).toEqual([1, 5, 0, 2, 0, 0, 0, 0, 5]);
});

test('without columns that stand alone nothing changes', () => {
  const X = sparse(2, 2, [[0, 0, 1], [0, 1, 2], [1, 0, 3], [1, 1, 4]]);
  expect(merged(X).matrix).toEqual(X);
});

test('a lone entry of zero is as none', () => {
  const { matrix, places } = merged(sparse(2, 3, [[0, 0, 0], [0, 1, 1], [1, 1, 2]]));
  expect([...places]).toEqual([ABSENT, 0, ABSENT]);
  expect([...denseValues(matrix)]).toEqual([1, 2]);
});

test.each([1e-200, 1e200])('entries of %d neither vanish nor overflow', (scale) => {
  const { matrix, shares } = merged(sparse(1, 2, [[0, 0, 3 * scale], [0, 1, 4 * scale]]));
  expect(matrix.data).toBeAllClose([5 * scale], { relative: 1e-15 });
  expect(shares).toBeAllClose([0.6, 0.8], { relative: 1e-15 });
});

test.each([[1, 1], [4, 5], [12, 40], [33, 200]])('products of rows stay as they are: %i × %i', (rows, cols) => {
  const X = randomCsr(rows, cols, rows + cols);
  const { matrix } = merged(X);
  const expected = gram(X);
  expect(matrix.cols).toBeLessThanOrEqual(X.cols);
  expect(gram(matrix)).toBeAllClose(expected, { relative: 1e-12, absolute: 1e-12 * Math.max(...expected.map(Math.abs), 0) });
});

test('the frequent columns come first, then as rows meet them, and a row keeps the order of its entries', () => {
  const { matrix, places } = merged(sparse(4, 5, [[0, 1, 1], [0, 4, 2], [1, 0, 3], [1, 2, 4], [1, 4, 5], [2, 0, 6], [2, 1, 7], [2, 4, 8], [3, 4, 9]]));
  expect([...places]).toEqual([2, 1, ~3, ABSENT, 0]);
  expect([...matrix.indices]).toEqual([1, 0, 2, 0, 3, 2, 1, 0, 0]);
  expect([...matrix.data]).toEqual([1, 2, 3, 5, 4, 6, 7, 8, 9]);
});

test('coefficients of what is left are spread over the columns that were there', () => {
  const X = sparse(3, 6, [[0, 0, 3], [0, 2, 1], [0, 3, 4], [1, 2, 2], [2, 4, -5]]);
  const spread = onBoth((arena) => {
    const columns = { places: arena.int32(X.cols), shares: arena.float64(X.cols), largest: arena.float64(X.rows) };
    mergeLoneColumns(arena, arena.copyCsr(X), columns);
    const out = arena.float64(X.cols).fill(9);
    spreadLoneColumns(columns, arena.copyFloat64([7, 10, 20]), out);
    return out.slice();
  });
  expect(spread).toBeAllClose([6, 0, 7, 8, -20, 0], { relative: 1e-15 });
});
