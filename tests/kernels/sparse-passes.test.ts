import { type Arena, withArena } from '../../src/kernels/arena.ts';
import { packDualHingeRows } from '../../src/kernels/dual-hinge-rows.ts';
import { dualHingePass } from '../../src/kernels/dual-hinge.ts';
import type { CsrArrays } from '../../src/kernels/matrix-arrays.ts';
import { addSparseRows } from '../../src/kernels/sparse-rows.ts';
import { numbers, onBoth } from './both.ts';
import { denseValues, randomCsr } from './random-matrix.ts';

const inArena = (arena: Arena, X: CsrArrays): CsrArrays => arena.copyCsr(X);

test.each([[1, 1, 1], [5, 3, 2], [40, 17, 9]])('a sparse vector times %i sparse rows of %i columns, %i entries', (rows, cols, entries) => {
  const B = randomCsr(rows, cols, 3) as CsrArrays;
  const columns = Int32Array.from({ length: entries }, (_, e) => Math.floor((e * rows) / entries));
  const values = numbers(entries, 4);
  const sums = onBoth((arena) => {
    const out = arena.float64(cols).fill(1);
    addSparseRows(arena.copyInt32(columns), arena.copyFloat64(values), inArena(arena, B), out);
    return out.slice();
  });
  const dense = denseValues(B);
  const expected = Array.from({ length: cols }, (_, j) => columns.reduce((sum, row, e) => sum + values[e] * dense[row * cols + j], 1));
  expect(sums).toBeAllClose(expected, { relative: 1e-12 });
});

/** Passes over a problem of 60 rows, until few rows are left. */
function passes(bias: number, bound: number) {
  return onBoth((arena) => {
    const X = randomCsr(60, 12, 5) as CsrArrays;
    const packed = packDualHingeRows(arena, X);
    const n = X.rows;
    const signs = arena.float64(n).map((_, i) => (i % 3 === 0 ? -1 : 1));
    const curvature = arena.float64(n).fill(bias * bias + 0.5);
    for (let i = 0; i < n; i++) for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) curvature[i] += X.data[p] * X.data[p];
    const arrays = {
      order: arena.copyInt32(Int32Array.from({ length: n }, (_, i) => i)),
      X: packed,
      signs: arena.copyFloat64(signs),
      bounds: arena.float64(n).fill(bound),
      diagonal: arena.float64(n).fill(0.5),
      curvature,
      alpha: arena.float64(n),
      bias,
      range: arena.copyFloat64([Infinity, -Infinity, 0, 0]),
    };
    const active: number[] = [];
    for (let pass = 0; pass < 20; pass++) {
      active.push(dualHingePass(active.at(-1) ?? n, arrays));
      arrays.range[0] = Math.max(arrays.range[2], 1e-3);
      arrays.range[1] = Math.min(arrays.range[3], -1e-3);
    }
    return { active, alpha: arrays.alpha.slice(), w: Float64Array.from({ length: 13 }, (_, j) => packed.w[j < 12 ? packed.places[j] : 12]), filling: packed.w[13], order: arrays.order.slice(), signs, X: denseValues(X) };
  });
}

test.each([[0, Infinity], [1, Infinity], [2, 0.01], [0, 0.01]])('passes over the dual of the hinge, bias %f, bound %f', (bias, bound) => {
  const { active, alpha, w, filling, order, signs, X } = passes(bias, bound);
  expect(active.at(-1)).toBeLessThan(60);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
  for (const a of alpha) expect(a >= 0 && a <= bound).toBe(true);
  const expected = Array.from({ length: 13 }, (_, j) => alpha.reduce((sum, a, i) => sum + a * signs[i] * (j < 12 ? X[i * 12 + j] : bias), 0));
  expect(w).toBeAllClose(expected, { relative: 1e-9, absolute: 1e-9 });
  expect(filling).toBe(0);
});

test('weights of frequent columns come first, rows without entries have no block, and a last block is filled up', () => {
  withArena((arena) => {
    const indptr = Int32Array.of(0, 2, 2, 7);
    const X: CsrArrays = { kind: 'csr', rows: 3, cols: 6, indptr, indices: Int32Array.of(1, 4, 0, 1, 2, 4, 5), data: Float64Array.of(1, 2, 3, 4, 5, 6, 7) };
    const { starts, blocks, w, places } = packDualHingeRows(arena, X);
    expect([...places]).toEqual([2, 0, 3, 5, 1, 4]);
    expect([...starts]).toEqual([0, 1, 1, 3]);
    const addresses = new Uint32Array(blocks.buffer, blocks.byteOffset, 36);
    const held = [0, 1, 2].map((block) => [0, 1, 2, 3].map((lane) => [(addresses[12 * block + lane] - w.byteOffset) / 8, blocks[6 * block + 2 + lane]]));
    expect(held).toEqual([[[0, 1], [1, 2], [7, 0], [7, 0]], [[2, 3], [0, 4], [3, 5], [1, 6]], [[4, 7], [7, 0], [7, 0], [7, 0]]]);
  });
});

test('a matrix that is not sound is not packed', () => {
  const X: CsrArrays = { kind: 'csr', rows: 1, cols: 2, indptr: Int32Array.of(0, 1), indices: Int32Array.of(2), data: Float64Array.of(1) };
  expect(() => withArena((arena) => packDualHingeRows(arena, X))).toThrow('Kernels: the 1 × 2 CsrMatrix must have ascending offsets and columns below 2. Build it anew.');
});
