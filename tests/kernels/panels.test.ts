import { addSelfProducts, addUpProducts, multiplyPanels, multiplyRows } from '../../src/kernels/panels.ts';
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

test.each([[0, 4, 1], [1, 1, 1], [5, 8, 2], [33, 13, 3], [40, 6, 5]])('%i rows of %i columns, less a shift, are multiplied by themselves in %i parts and added up', (rows, cols, count) => {
  const x = wholeNumbers(rows * cols, 3);
  const width = 4 * Math.ceil(cols / 4);
  const depth = 4;
  for (const shift of [undefined, wholeNumbers(cols, 4)]) {
    const { sums, products, total } = onBoth((arena) => {
      const parts = { count, depth, sums: arena.float64(count * width).fill(7), products: arena.float64(count * width * width).fill(7), packed: arena.float64(depth * width) };
      const held = arena.float64(x.length);
      // Twice: the first time forgets what was there, the second time adds to it.
      for (const isFirst of [true, false]) {
        addSelfProducts(rows, cols, held, shift && arena.copyFloat64(shift), { ...parts, isFirst }, undefined, (isReady) => {
          for (let part = count - 1; part >= 0; part--) {
            const start = Math.floor((rows * part) / count) * cols;
            held.set(x.subarray(start), start);
            isReady(count - part);
          }
        });
      }
      const each = Float64Array.from(parts.products);
      addUpProducts(width, count, parts.products);
      return { sums: Float64Array.from(parts.sums), products: each, total: parts.products.slice(0, width * width) };
    });
    const value = (p: number, c: number): number => (c < cols ? x[p * cols + c] - (shift?.[c] ?? 0) : 0);
    const totals = new Float64Array(width * width);
    for (let part = 0; part < count; part++) {
      for (let i = 0; i < width; i++) {
        let sum = 0;
        for (let p = Math.floor((rows * part) / count); p < Math.floor((rows * (part + 1)) / count); p++) sum += value(p, i);
        expect(sums[part * width + i]).toBe(2 * sum);
        for (let j = 0; j < 4 * (Math.floor(i / 4) + 1); j++) {
          let product = 0;
          for (let p = Math.floor((rows * part) / count); p < Math.floor((rows * (part + 1)) / count); p++) product += value(p, i) * value(p, j);
          expect(products[(part * width + i) * width + j]).toBe(2 * product);
          totals[i * width + j] += 2 * product;
        }
      }
    }
    for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) expect(total[i * width + j]).toBe(j < 4 * (Math.floor(i / 4) + 1) ? totals[i * width + j] : 0);
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
  const begun = onBoth((arena) => {
    const out = arena.copyFloat64(new Float64Array(rows * right * 4).fill(7));
    multiplyRows(rows, stride, depth, arena.copyFloat64(a), right, arena.copyFloat64(b), out, arena.copyFloat64(wholeNumbers(right * 4, 7)));
    return Float64Array.from(out);
  });
  const start = wholeNumbers(right * 4, 7);
  // With nothing to add up nothing is done.
  expect([...begun]).toEqual(Array.from(product, (value, at) => (depth === 0 ? 7 : value - 1 + start[at % (right * 4)])));
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
