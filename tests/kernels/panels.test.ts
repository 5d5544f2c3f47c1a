import { addSelfProduct, multiplyPanels, multiplyRows, packColumns } from '../../src/kernels/panels.ts';
import { onBoth, wholeNumbers } from './both.ts';

// Whole numbers: with fused multiply-add the kernels round otherwise than the twins (fused-panels.test.ts).
describe.each([[1, 1], [2, 3], [3, 2]])('%i by %i panels', (left, right) => {
  test.each([0, 1, 3, 8, 257])('are multiplied to the same bits at depth %i', (depth) => {
    const a = wholeNumbers(left * depth * 4, 1);
    const b = wholeNumbers(right * depth * 4, 2);
    const product = onBoth((arena) => {
      const out = arena.copyFloat64(new Float64Array(left * right * 16).fill(1));
      multiplyPanels(left, right, depth, arena.copyFloat64(a), arena.copyFloat64(b), out);
      return Float64Array.from(out);
    });
    const expected = Float64Array.from({ length: left * right * 16 }, (_, at) => {
      const i = Math.floor(at / (right * 4));
      const j = at % (right * 4);
      let sum = 0;
      for (let p = 0; p < depth; p++) sum += a[Math.floor(i / 4) * depth * 4 + p * 4 + (i % 4)] * b[Math.floor(j / 4) * depth * 4 + p * 4 + (j % 4)];
      return 1 + sum;
    });
    expect(product).toEqual(expected);
  });
});

/** Columns of x in panels of four, block after block of `depth` rows. */
function packed(x: Float64Array, rows: number, cols: number, depth: number, shift: Float64Array | undefined): number[] {
  const values: number[] = [];
  for (let first = 0; first < rows; first += depth) {
    for (let j = 0; j < cols; j += 4) {
      for (let p = first; p < Math.min(rows, first + depth); p++) for (let c = j; c < j + 4; c++) values.push(c < cols ? x[p * cols + c] - (shift?.[c] ?? 0) : 0);
    }
  }
  return values;
}

test.each([[0, 4, 3], [1, 3, 2], [5, 8, 5], [33, 13, 8], [7, 1, 3]])('%i rows of %i columns are packed in blocks of %i rows, less a shift, and added up', (rows, cols, depth) => {
  const x = wholeNumbers(rows * cols, 3);
  for (const shift of [undefined, wholeNumbers(cols, 4)]) {
    const lanes = onBoth((arena) => {
      const out = arena.float64(rows * 4 * Math.ceil(cols / 4)).fill(7);
      const sums = arena.float64(4 * Math.ceil(cols / 4)).fill(1);
      packColumns(rows, cols, depth, arena.copyFloat64(x), shift && arena.copyFloat64(shift), out, sums);
      return { packed: Float64Array.from(out), sums: Float64Array.from(sums) };
    });
    expect([...lanes.packed]).toEqual(packed(x, rows, cols, depth, shift));
    expect([...lanes.sums]).toEqual(Array.from(lanes.sums, (_, c) => {
      let sum = 1;
      for (let p = 0; c < cols && p < rows; p++) sum += x[p * cols + c] - (shift?.[c] ?? 0);
      return sum;
    }));
  }
});

test.each([[0, 4], [1, 4], [5, 8], [33, 12]])('%i rows of %i columns are multiplied by themselves to the same bits, up to the diagonal', (rows, width) => {
  const x = wholeNumbers(rows * width, 3);
  const depth = 8;
  const product = onBoth((arena) => {
    const out = arena.copyFloat64(new Float64Array(width * width).fill(1));
    addSelfProduct(rows, width / 4, depth, arena.copyFloat64(packed(x, rows, width, depth, undefined)), out);
    return Float64Array.from(out);
  });
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      let total = 1;
      for (let first = 0; first < rows; first += depth) {
        let sum = 0;
        for (let p = first; p < Math.min(rows, first + depth); p++) sum += x[p * width + i] * x[p * width + j];
        total += sum;
      }
      expect(product[i * width + j]).toBe(Math.floor(j / 4) > Math.floor(i / 4) ? 1 : total);
    }
  }
});

test.each([[0, 3, 3], [1, 1, 1], [4, 5, 5], [5, 7, 4], [11, 6, 0]])('%i rows of %i elements, of which %i count, times panels have the same bits', (rows, stride, depth) => {
  const right = 2;
  const a = wholeNumbers(rows === 0 ? 0 : (rows - 1) * stride + depth, 5);
  const b = wholeNumbers(right * depth * 4, 6);
  const product = onBoth((arena) => {
    const out = arena.copyFloat64(new Float64Array(rows * right * 4).fill(1));
    multiplyRows(rows, stride, depth, arena.copyFloat64(a), right, arena.copyFloat64(b), out);
    return Float64Array.from(out);
  });
  expect([...product]).toEqual(Array.from({ length: rows * right * 4 }, (_, at) => {
    const [i, j] = [Math.floor(at / (right * 4)), at % (right * 4)];
    let sum = 0;
    for (let p = 0; p < depth; p++) sum += a[i * stride + p] * b[Math.floor(j / 4) * depth * 4 + p * 4 + (j % 4)];
    return 1 + sum;
  }));
});

test('leaves what lies above the diagonal alone', () => {
  const product = onBoth((arena) => {
    const out = arena.float64(3 * 3 * 16);
    multiplyPanels(3, 3, 5, arena.copyFloat64(wholeNumbers(60, 1)), arena.copyFloat64(wholeNumbers(60, 2)), out, 0);
    return Float64Array.from(out);
  });
  for (let i = 0; i < 12; i++) for (let j = 0; j < 12; j++) expect(product[i * 12 + j] === 0).toBe(Math.floor(j / 4) > Math.floor(i / 4));
});

test('refuses arrays of the wrong length', () => {
  expect(() => multiplyPanels(1, 1, 2, new Float64Array(8), new Float64Array(7), new Float64Array(16))).toThrow('multiplyPanels: b must have 8 elements, got 7.');
});
