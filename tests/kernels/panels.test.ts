import { addSelfProduct, multiplyPanels, subtractFromRows } from '../../src/kernels/panels.ts';
import { numbers, onBoth } from './both.ts';

describe.each([[1, 1], [2, 3], [3, 2]])('%i by %i panels', (left, right) => {
  test.each([0, 1, 3, 8, 257])('are multiplied to the same bits at depth %i', (depth) => {
    const a = numbers(left * depth * 4, 1);
    const b = numbers(right * depth * 4, 2);
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

test.each([[0, 4], [1, 4], [5, 8], [33, 12]])('%i rows of %i columns are multiplied by themselves to the same bits, up to the diagonal', (rows, width) => {
  const x = numbers(rows * width, 3);
  const product = onBoth((arena) => {
    const out = arena.copyFloat64(new Float64Array(width * width).fill(1));
    addSelfProduct(rows, width, arena.copyFloat64(x), out);
    return Float64Array.from(out);
  });
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let p = 0; p < rows; p++) sum += x[p * width + i] * x[p * width + j];
      expect(product[i * width + j]).toBe(Math.floor(j / 4) > Math.floor(i / 4) ? 1 : 1 + sum);
    }
  }
});

test('leaves what lies above the diagonal alone', () => {
  const product = onBoth((arena) => {
    const out = arena.float64(3 * 3 * 16);
    multiplyPanels(3, 3, 5, arena.copyFloat64(numbers(60, 1)), arena.copyFloat64(numbers(60, 2)), out, 0);
    return Float64Array.from(out);
  });
  for (let i = 0; i < 12; i++) for (let j = 0; j < 12; j++) expect(product[i * 12 + j] === 0).toBe(Math.floor(j / 4) > Math.floor(i / 4));
});

test('refuses arrays of the wrong length', () => {
  expect(() => multiplyPanels(1, 1, 2, new Float64Array(8), new Float64Array(7), new Float64Array(16))).toThrow('multiplyPanels: b must have 8 elements, got 7.');
});

test('takes a shift from every row', () => {
  const x = numbers(3 * 6, 1);
  const shift = numbers(6, 2);
  const shifted = onBoth((arena) => {
    const rows = arena.copyFloat64(x);
    subtractFromRows(3, 6, rows, arena.copyFloat64(shift));
    return Float64Array.from(rows);
  });
  expect(shifted).toEqual(x.map((value, p) => value - shift[p % 6]));
});
