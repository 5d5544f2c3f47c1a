import type { CsrArrays } from '../../src/kernels/matrix-arrays.ts';
import { listedRowsTimesVector, listSmallest, listWithin, productsToBounds } from '../../src/kernels/nearest.ts';
import { LENGTHS, numbers, onBoth } from './both.ts';
import { denseValues, randomCsr } from './random-matrix.ts';

/** Whole numbers, many of them equal, some infinite. */
const coarse = (length: number, seed: number): Float64Array =>
  numbers(length, seed).map((v, i) => (i % 11 === 10 ? Infinity : Math.round(4 * Math.sin(v))));

describe.each(LENGTHS)('among %i values', (n) => {
  test('those within a limit are listed in order', () => {
    const values = coarse(n, 1);
    const listed = onBoth((arena) => {
      const list = arena.int32(n);
      return list.slice(0, listWithin(arena.copyFloat64(values), 1, list));
    });
    expect([...listed]).toEqual([...values.keys()].filter((j) => values[j] <= 1));
  });

  test.each([1, 2, 7, 40])('the smallest %i are listed, the lower index first among equals', (k) => {
    const values = coarse(n, 2);
    const { indices, smallest } = onBoth((arena) => {
      const found = arena.float64(k);
      const places = arena.int32(k);
      const count = listSmallest(arena.copyFloat64(values), found, places);
      return { indices: places.slice(0, count), smallest: found.slice(0, count) };
    });
    const expected = [...values.keys()].filter((j) => values[j] < Infinity).sort((a, b) => values[a] - values[b] || a - b).slice(0, k);
    expect([...indices]).toEqual(expected);
    expect([...smallest]).toEqual(expected.map((j) => values[j]));
  });

  test('products become bounds of squared distances', () => {
    const [products, squares, norms] = [numbers(n, 3), numbers(n, 4), numbers(n, 5)];
    const bounds = onBoth((arena) => {
      const values = arena.copyFloat64(products);
      productsToBounds(values, arena.copyFloat64(squares), 3, arena.copyFloat64(norms), 0.25);
      return values.slice();
    });
    expect(bounds).toBeAllClose(products.map((p, j) => 3 + squares[j] - 2 * (p + 0.25 * norms[j])), { relative: 1e-12, absolute: 1e-8 });
  });
});

test('listed rows are multiplied by a vector', () => {
  const X = randomCsr(30, 40, 6) as CsrArrays;
  const w = numbers(40, 7);
  const rows = Int32Array.of(29, 0, 3, 3, 17);
  const products = onBoth((arena) => {
    const out = arena.float64(rows.length);
    listedRowsTimesVector(arena.copyInt32(rows), arena.copyCsr(X), arena.copyFloat64(w), out);
    return out.slice();
  });
  const dense = denseValues(X);
  expect(products).toBeAllClose(Array.from(rows, (i) => w.reduce((sum, v, j) => sum + v * dense[i * 40 + j], 0)), { relative: 1e-9, absolute: 1e-4 });
});
