import type { Arena } from '../../src/kernels/arena.ts';
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
    const X = inArena(arena, randomCsr(60, 12, 5) as CsrArrays);
    const n = X.rows;
    const signs = arena.float64(n).map((_, i) => (i % 3 === 0 ? -1 : 1));
    const curvature = arena.float64(n).fill(bias * bias + 0.5);
    for (let i = 0; i < n; i++) for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) curvature[i] += X.data[p] * X.data[p];
    const arrays = {
      order: arena.copyInt32(Int32Array.from({ length: n }, (_, i) => i)),
      X,
      signs: arena.copyFloat64(signs),
      bounds: arena.float64(n).fill(bound),
      diagonal: arena.float64(n).fill(0.5),
      curvature,
      alpha: arena.float64(n),
      w: arena.float64(X.cols + 1),
      bias,
      range: arena.copyFloat64([Infinity, -Infinity, 0, 0]),
    };
    const active: number[] = [];
    for (let pass = 0; pass < 20; pass++) {
      active.push(dualHingePass(active.at(-1) ?? n, arrays));
      arrays.range[0] = Math.max(arrays.range[2], 1e-3);
      arrays.range[1] = Math.min(arrays.range[3], -1e-3);
    }
    return { active, alpha: arrays.alpha.slice(), w: arrays.w.slice(), order: arrays.order.slice(), signs, X: denseValues(X) };
  });
}

test.each([[0, Infinity], [1, Infinity], [2, 0.01], [0, 0.01]])('passes over the dual of the hinge, bias %f, bound %f', (bias, bound) => {
  const { active, alpha, w, order, signs, X } = passes(bias, bound);
  expect(active.at(-1)).toBeLessThan(60);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
  for (const a of alpha) expect(a >= 0 && a <= bound).toBe(true);
  const expected = Array.from({ length: 13 }, (_, j) => alpha.reduce((sum, a, i) => sum + a * signs[i] * (j < 12 ? X[i * 12 + j] : bias), 0));
  expect(w).toBeAllClose(expected, { relative: 1e-9, absolute: 1e-9 });
});
