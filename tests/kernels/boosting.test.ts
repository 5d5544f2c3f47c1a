import { binRows, binTable, presentValues, SORT_TALLIES, sortForQuantiles } from '../../src/kernels/binning.ts';
import { lossDerivatives, oddsDerivatives, packingScales, softmaxDerivatives } from '../../src/kernels/boosting-loss.ts';
import { BOOSTING_LOSSES } from '../../src/kernels/gradient-arrays.ts';
import { addCells, addRowsInOrder, addToHistograms, stagedBytes, subtractCells, sumCells } from '../../src/kernels/histograms.ts';
import { addLeafValues, copyRows, layOutRows, markRows, numberRows, partitionRows, permute } from '../../src/kernels/row-partition.ts';
import type { Arena } from '../../src/kernels/arena.ts';
import { LENGTHS, numbers, onBoth } from './both.ts';

const integers = (arena: Arena, values: ArrayLike<bigint> | number): BigInt64Array => {
  const length = typeof values === 'number' ? values : values.length;
  const { buffer, byteOffset } = arena.float64(length);
  const list = new BigInt64Array(buffer, byteOffset, length);
  if (typeof values !== 'number') list.set(values);
  return list;
};
/** Whole numbers from 0 to end − 1. */
const below = (length: number, seed: number, end: number): Int32Array => Int32Array.from(numbers(length, seed), (v) => Math.floor(Math.abs(v) * 1000) % end);

describe.each(LENGTHS)('%i elements', (n) => {
  test('sortForQuantiles puts few numbers of any size and sign in order', () => {
    const values = numbers(n, 3).map((v, i) => [v * 1e300, v, -v * 1e-310, 0, 0, Math.floor(v) + 0][i % 6]);
    const sorted = onBoth((arena) => {
      const own = arena.copyFloat64(values);
      sortForQuantiles(own, 4, { numbers: arena.float64(n), tallies: arena.int32(SORT_TALLIES) });
      return own.slice();
    });
    expect(sorted).toEqual(values.slice().sort());
  });

  test('presentValues leaves out NaN and knows one zero', () => {
    const values = numbers(3 * n, 53).map((v, i) => (i % 4 === 0 ? Number.NaN : i % 5 === 0 ? -0 : v));
    const [first, second, third] = onBoth((arena) => {
      const height = n + 3;
      const out = arena.float64(3 * height);
      const used = arena.copyInt32([0, -1, 2]);
      presentValues(n, 3, arena.copyFloat64(values), out, used);
      return [0, 1, 2].map((j) => Array.from(out.subarray(j * height, j * height + Math.max(0, used[j]))));
    });
    const expected = (j: number): number[] => Array.from({ length: n }, (_, i) => values[3 * i + j]).filter((v) => !Number.isNaN(v)).map((v) => v + 0);
    expect(first).toStrictEqual(expected(0));
    expect(second).toStrictEqual([]);
    expect(third).toStrictEqual([0, 0, ...expected(2)]);
  });

  test('partitionRows keeps the order on both sides, and markRows and addLeafValues find the rows again', () => {
    const bins = below(n, 5, 7);
    const { rows, left, out } = onBoth((arena) => {
      const list = arena.copyInt32(Int32Array.from({ length: n }, (_, i) => n - 1 - i));
      const goesLeft = arena.copyUint8(Uint8Array.from({ length: 256 }, (_, b) => Number(b % 3 === 1)));
      const count = partitionRows(list, 0, n, arena.copyUint8(bins), goesLeft, arena.int32(n));
      const words = arena.int32(n);
      const leaves = new Uint16Array(words.buffer, words.byteOffset, n);
      markRows(list, 0, count, 1, leaves);
      const sums = arena.copyFloat64(new Float64Array(n).fill(0.5));
      addLeafValues(leaves, arena.copyFloat64([10, 20]), sums);
      return { rows: list.slice(), left: count, out: sums.slice() };
    });
    const order = Array.from({ length: n }, (_, i) => n - 1 - i);
    const isLeft = (row: number): boolean => bins[row] % 3 === 1;
    expect([...rows]).toEqual([...order.filter(isLeft), ...order.filter((row) => !isLeft(row))]);
    expect(left).toBe(order.filter(isLeft).length);
    expect([...out]).toEqual(Array.from({ length: n }, (_, row) => (isLeft(row) ? 20.5 : 10.5)));
  });

  test('numberRows counts from 0', () => {
    const listed = onBoth((arena) => {
      const rows = arena.int32(n);
      numberRows(rows);
      return [...rows];
    });
    expect(listed).toEqual([...Array(n).keys()]);
  });

  test('copyRows copies also where both overlap', () => {
    const { moved, copied } = onBoth((arena) => {
      const list = arena.copyInt32(below(n + 3, 41, 1000));
      const other = arena.int32(n);
      copyRows(list.subarray(3), other);
      copyRows(list.subarray(0, n), list.subarray(3));
      return { moved: list.slice(), copied: other.slice() };
    });
    const before = below(n + 3, 41, 1000);
    expect(copied).toEqual(before.slice(3));
    expect(moved).toEqual(Int32Array.of(...before.subarray(0, 3), ...before.subarray(0, n)));
  });

  test('permute takes values by their numbers, and layOutRows turns columns into rows', () => {
    const order = Int32Array.from({ length: n }, (_, i) => n - 1 - i);
    const bytes = below(3 * n, 43, 256);
    const doubles = numbers(n, 47);
    const { turned, moved, byRow } = onBoth((arena) => {
      const list = arena.copyInt32(order);
      const byColumn = arena.copyUint8(bytes);
      const values = arena.copyFloat64(doubles);
      const room = arena.uint8(8 * n);
      permute(byColumn.subarray(n, 2 * n), list, room);
      permute(values, list, room);
      const laid = arena.uint8(16 * n);
      layOutRows(byColumn, n, 3, n, laid, 16);
      return { turned: byColumn.slice(), moved: values.slice(), byRow: laid.slice() };
    });
    expect(moved).toEqual(doubles.slice().reverse());
    expect([...turned]).toEqual([...bytes.subarray(0, n), ...bytes.slice(n, 2 * n).reverse(), ...bytes.subarray(2 * n)]);
    expect([...byRow]).toEqual(Array.from({ length: 16 * n }, (_, at) => (at % 16 < 3 ? turned[(at % 16) * n + Math.floor(at / 16)] : 0)));
  });

  test.each([1, 3, 4, 6, 17])('addToHistograms adds up the listed rows of %i columns, addRowsInOrder all as they lie', (cols) => {
    const stride = Math.ceil(cols / 16) * 16;
    const bins = below(n * stride, 9, 5);
    const rows = Array.from({ length: n }, (_, i) => i).filter((i) => i % 4 !== 2);
    const derivatives = Float32Array.from(numbers(2 * n, 11), (v, i) => (i % 2 === 0 ? v : Math.abs(v)));
    const scales = { gradientScale: 2 ** 10, hessianScale: 2 ** 4, shift: 40 };
    // Rounded to even, as any number of this size is.
    const whole = (x: number): bigint => BigInt(x + 3 * 2 ** 51 - 3 * 2 ** 51);
    const pairs = BigInt64Array.from(derivatives, (v, i) => (i % 2 === 0 ? whole(v * 2 ** 10) : whole(v * 2 ** 4) + (1n << 40n)));
    const { sums, total, rest } = onBoth((arena) => {
      const own = {
        cols,
        stride,
        byRow: arena.copyUint8(bins),
        byColumn: arena.copyUint8(Uint8Array.from({ length: n * cols }, (_, at) => bins[(at % n) * stride + Math.floor(at / n)])),
        height: n,
        starts: arena.copyInt32(Array.from({ length: cols }, (_, j) => 5 * j)),
        staged: arena.uint8(stagedBytes(stride)),
      };
      const list = arena.copyInt32(rows);
      const slopes = arena.copyFloat32(derivatives);
      const histogram = integers(arena, 10 * cols);
      addToHistograms(own, list, 0, rows.length, slopes, scales, histogram);
      for (const [from, to] of [[0, n], [1, n], [Math.min(3, n), n >> 1]]) {
        const listed = integers(arena, 10 * cols);
        const inOrder = integers(arena, 10 * cols);
        addToHistograms(own, arena.copyInt32(Array.from({ length: n }, (_, i) => i)), from, to, slopes, scales, listed);
        addRowsInOrder(own, from, to, slopes, scales, inOrder);
        expect(inOrder).toEqual(listed);
      }
      const half = integers(arena, 10 * cols);
      addToHistograms(own, list, 0, rows.length >> 1, slopes, scales, half);
      const others = integers(arena, histogram);
      subtractCells(half, others);
      const whole = integers(arena, others);
      addCells(half, whole);
      expect(whole).toEqual(histogram);
      const sum = integers(arena, 2);
      sumCells(histogram.subarray(0, 10), sum);
      return { sums: histogram.slice(), total: sum.slice(), rest: others.slice() };
    });
    const expected = new BigInt64Array(10 * cols);
    const second = new BigInt64Array(10 * cols);
    rows.forEach((row, at) => {
      for (let j = 0; j < cols; j++) {
        for (const k of [0, 1]) {
          expected[2 * (5 * j + bins[row * stride + j]) + k] += pairs[2 * row + k];
          if (at >= rows.length >> 1) second[2 * (5 * j + bins[row * stride + j]) + k] += pairs[2 * row + k];
        }
      }
    });
    expect(sums).toEqual(expected);
    expect(rest).toEqual(second);
    for (const k of [0, 1]) expect(total[k]).toBe(rows.reduce((sum, row) => BigInt.asIntN(64, sum + pairs[2 * row + k]), 0n));
  });

  test.each(BOOSTING_LOSSES)('lossDerivatives of %s are slopes of the loss', (loss) => {
    const y = numbers(n, 13).map((v) => (loss === 'logLoss' ? Number(v > 0) : Math.abs(v / 10)));
    const raw = numbers(n, 17).map((v, i) => (loss === 'logLoss' || loss === 'poisson' || loss === 'gamma' ? v / 200 : i % 5 === 0 ? y[i] : v / 10));
    const weights = numbers(n, 19).map(Math.abs);
    for (const w of [undefined, weights]) {
      onBoth((arena) => {
        const out = { derivatives: arena.float32(2 * n), largest: arena.float64(2) };
        lossDerivatives(loss, 0.3, arena.copyFloat64(y), w && arena.copyFloat64(w), arena.copyFloat64(raw), out);
        const scales = packingScales(n, out.largest[0], out.largest[1]);
        const gradients = out.derivatives.filter((_, i) => i % 2 === 0);
        // One row a cell: packing keeps 2⁻³⁰ of the largest gradient, and counts one row.
        const cells = integers(arena, 512);
        const bins = { cols: 1, stride: 16, byRow: arena.uint8(16 * n), byColumn: arena.uint8(n), height: n, starts: arena.copyInt32([0]), staged: arena.uint8(stagedBytes(16)) };
        const some = Math.min(n, 255);
        for (let i = 0; i < some; i++) bins.byRow[16 * i] = i;
        addToHistograms(bins, arena.copyInt32(Array.from({ length: some }, (_, i) => i)), 0, some, out.derivatives, scales, cells);
        const unpacked = Array.from({ length: some }, (_, i) => Number(cells[2 * i]) / scales.gradientScale);
        expect(unpacked).toBeAllClose(gradients.subarray(0, some), { absolute: out.largest[0] * 2 ** -30, relative: 0 });
        expect(Array.from({ length: some }, (_, i) => cells[2 * i + 1] >> BigInt(scales.shift))).toEqual(new Array(some).fill(1n));
        expect(out.largest[0]).toBe(gradients.reduce((most, g) => Math.max(most, Math.abs(g)), 0));
        return { derivatives: out.derivatives.slice(), largest: out.largest.slice(), cells: cells.slice() };
      });
    }
  });

  test('oddsDerivatives are those of the log loss, after a tree', () => {
    const y = numbers(n, 13).map((v) => Number(v > 0));
    const raw = numbers(n, 17).map((v) => v / 50);
    const weights = numbers(n, 19).map(Math.abs);
    const values = [0.25, -3, 0, 700, -700];
    const numbersOfLeaves = below(n, 23, 5);
    for (const w of [undefined, weights]) {
      const { derivatives, largest, odds, expected } = onBoth((arena) => {
        const labels = arena.copyFloat64(y);
        const own = w && arena.copyFloat64(w);
        const odds = arena.copyFloat64(raw.map((r) => Math.exp(-r)));
        const out = { derivatives: arena.float32(2 * n), largest: arena.float64(2) };
        oddsDerivatives(labels, own, { odds, leaves: arena.copyUint16(numbersOfLeaves), factors: arena.copyFloat64(values.map((v) => Math.exp(-v))) }, out);
        const known = { derivatives: arena.float32(2 * n), largest: arena.float64(2) };
        lossDerivatives('logLoss', 0, labels, own, arena.copyFloat64(raw.map((r, i) => r + values[numbersOfLeaves[i]])), known);
        return { derivatives: out.derivatives.slice(), largest: out.largest.slice(), odds: odds.slice(), expected: known.derivatives.slice() };
      });
      // Singles, once in a while rounded to the neighbour.
      expect(derivatives).toBeAllClose(expected, { relative: 2 ** -23, absolute: 1e-44 });
      for (const k of [0, 1]) expect(largest[k]).toBe(derivatives.reduce((most, v, i) => (i % 2 === k ? Math.max(most, Math.abs(v)) : most), 0));
      expect([...odds]).toEqual([...odds].map((e) => Math.min(2 ** 900, Math.max(2 ** -900, e))));
    }
  });

  test('softmaxDerivatives sum to nothing over the classes', () => {
    const k = 3;
    const y = Float64Array.from(below(n, 23, k));
    const { derivatives } = onBoth((arena) => {
      const out = { derivatives: arena.float32(2 * k * n), largest: arena.float64(2 * k) };
      softmaxDerivatives(k, n, arena.copyFloat64(y), undefined, arena.copyFloat64(numbers(k * n, 29).map((v) => v / 300)), out, arena.float64(k));
      return { derivatives: out.derivatives.slice(), largest: out.largest.slice() };
    });
    const gradients = derivatives.filter((_, at) => at % 2 === 0);
    const hessians = derivatives.filter((_, at) => at % 2 === 1);
    const sums = Array.from(y, (_, i) => gradients[i] + gradients[n + i] + gradients[2 * n + i]);
    expect(sums).toBeAllClose(new Float64Array(n), { absolute: 1e-6 });
    const bends = gradients.map((g, at) => {
      const p = y[at % n] === Math.floor(at / n) ? g + 1 : g;
      return p * (1 - p);
    });
    expect(hessians).toBeAllClose(bends, { absolute: 1e-6 });
  });

  test('binRows counts the edges below each value also where a grid tells where to look', () => {
    // Even, rising and clustered edges, some of them equal values; the last have too many in one cell.
    const spread = [(k: number) => k / 7, (k: number) => Math.exp(k / 120), (k: number) => Math.floor(k / 2) * 3 + (k % 2) * 1e-3, (k: number) => k ** 5];
    const edges = spread.map((at, j) => Float64Array.from({ length: 254 - 40 * j }, (_, k) => at(k - 100)).sort());
    const cols = edges.length;
    const values = numbers(n * cols, 61).map((v, p) => [v, edges[p % cols][p % 130], edges[p % cols][p % 130] * (1 + 1e-15), v * 1e290, -Infinity, Infinity, Number.NaN][p % 7]);
    const scales = onBoth((arena) => binTable(arena, edges, [255, 255, 255, 255]).scales.slice());
    expect([...scales].map((scale) => scale > 0)).toEqual([true, true, true, false]);
    const byColumn = onBoth((arena) => {
      const out = { byRow: arena.uint8(n * 16), stride: 16, byColumn: arena.uint8(n * cols), height: n };
      binRows(n, cols, arena.copyFloat64(values), binTable(arena, edges, [255, 255, 255, 255]), 0, out);
      return out.byColumn.slice();
    });
    const expected = Array.from(values, (x, p) => (Number.isNaN(x) ? 255 : edges[p % cols].filter((edge) => edge < x).length));
    expect(expected.map((_, p) => byColumn[(p % cols) * n + Math.floor(p / cols)])).toEqual(expected);
  });

  test.each([1, 3, 18])('binRows counts the edges below each value, in %i columns', (cols) => {
    const values = numbers(n * cols, 31).map((v, i) => (i % 7 === 3 ? Number.NaN : Math.round(v)));
    const edges = Array.from({ length: cols }, (_, j) => Float64Array.from(new Set(numbers([0, 1, 2, 7, 8, 254][j % 6], 37 + j).map(Math.round))).sort());
    const stride = Math.ceil(cols / 16) * 16;
    const { byRow, byColumn } = onBoth((arena) => {
      const out = { byRow: arena.uint8((n + 1) * stride), stride, byColumn: arena.uint8((n + 1) * cols), height: n + 1 };
      binRows(n, cols, arena.copyFloat64(values), binTable(arena, edges, edges.map((own) => own.length + 1)), 1, out);
      return { byRow: out.byRow.slice(), byColumn: out.byColumn.slice() };
    });
    const expected = Array.from(values, (x, p) => (Number.isNaN(x) ? edges[p % cols].length + 1 : edges[p % cols].filter((edge) => edge < x).length));
    expect(expected.map((_, p) => byRow[(Math.floor(p / cols) + 1) * stride + (p % cols)])).toEqual(expected);
    expect(expected.map((_, p) => byColumn[(p % cols) * (n + 1) + Math.floor(p / cols) + 1])).toEqual(expected);
  });
});

test.each<[string, (v: number, i: number) => number]>([
  ['spread evenly', (v) => v],
  ['most of them close together', (v) => v ** 9],
  ['most of them equal', (v, i) => (i % 4 === 0 ? v : 5)],
  ['of 40 values', (v) => Math.round(v * 40)],
  ['with one far away', (v, i) => (i === 777 ? 1e308 : v)],
  ['too far apart', (v, i) => (i % 2 === 0 ? 1.5e308 * (v - 0.5) : -1.5e308 * v)],
  ['all equal', () => 3],
])('of many numbers, %s, sortForQuantiles puts those in place that quantiles ask for', (_, change) => {
  const n = 30_011;
  const parts = 255;
  const values = Float64Array.from({ length: n }, (__, i) => change(((i * 7919) % n) / n, i) + 0);
  const places = Array.from({ length: parts + 1 }, (__, k) => Math.floor((n * k) / parts)).flatMap((at) => [at - 2, at - 1, at, at + 1]).filter((at) => at >= 0 && at < n);
  const sorted = values.slice().sort();
  const found = onBoth((arena) => {
    const own = arena.copyFloat64(values);
    sortForQuantiles(own, parts, { numbers: arena.float64(n), tallies: arena.int32(SORT_TALLIES) });
    return { inPlace: places.map((at) => own[at]), all: own.slice().sort(), isWhole: own.every((v, i) => v === sorted[i]) || new Set(values).size > parts };
  });
  expect(found).toEqual({ inPlace: places.map((at) => sorted[at]), all: sorted, isWhole: true });
});
