import fc from 'fast-check';
import { withArena, type Arena } from '../../src/kernels/arena.ts';
import { withoutKernels } from '../../src/kernels/kernel-memory.ts';
import { logisticLossGradient } from '../../src/kernels/logistic-loss.ts';
import type { CsrArrays } from '../../src/kernels/matrix-arrays.ts';
import { withOneHotRows } from '../../src/kernels/one-hot-rows.ts';
import { numbers } from './both.ts';

/** Rows with `before` ones, then numbers, then `after` ones, each one in a block of `levels` columns. */
function rowsOf(arena: Arena, rows: number, before: number, measured: number, after: number, levels: number, seed: number): CsrArrays {
  const width = before + measured + after;
  const draws = numbers(rows * width, seed);
  const level = (p: number): number => Math.floor(Math.abs(draws[p] * 1000)) % levels;
  const indices: number[] = [];
  const data: number[] = [];
  for (let p = 0; p < rows * width; p++) {
    const j = p % width;
    if (j < before) indices.push(j * levels + level(p));
    else if (j < before + measured) indices.push(before * levels + (j - before));
    else indices.push(before * levels + measured + (j - before - measured) * levels + level(p));
    data.push(j >= before && j < before + measured ? draws[p] / 100 : 1);
  }
  const cols = (before + after) * levels + measured;
  return arena.copyCsr({ kind: 'csr', rows, cols, indptr: Int32Array.from({ length: rows + 1 }, (_, i) => i * width), indices: Int32Array.from(indices), data: Float64Array.from(data) });
}

function lossOf(X: CsrArrays, arena: Arena, weights: Float64Array | undefined) {
  const out = { losses: arena.float64(X.rows), pointwise: arena.float64(X.rows), gradient: arena.float64(X.cols).fill(9) };
  const y = arena.copyFloat64(numbers(X.rows, 4).map((v) => Number(v > 0)));
  logisticLossGradient(X, { y, weights: weights && arena.copyFloat64(weights), divisor: 7 }, arena.copyFloat64(numbers(X.cols, 5).map((v) => v / 50)), 0.3, out);
  return { losses: out.losses.slice(), pointwise: out.pointwise.slice(), gradient: out.gradient.slice() };
}

describe('one-hot rows', () => {
  test('give the loss and its gradient with the bits of the sparse matrix, wherever the numbers stand', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat({ max: 5 }), fc.nat({ max: 7 }), fc.nat({ max: 6 }), fc.integer({ min: 1, max: 9 }), fc.nat(), fc.boolean(), (rows, before, measured, after, levels, seed, isWeighted) => {
        fc.pre(before + after > 0 && before + after >= measured);
        const weights = isWeighted ? numbers(rows, 3).map((w) => Math.abs(w) % 3) : undefined;
        withArena((arena) => {
          const X = rowsOf(arena, rows, before, measured, after, levels, seed);
          const same = withOneHotRows(X, arena);
          expect(same.oneHot?.ones).toBe(before + after);
          expect(lossOf(same, arena, weights)).toStrictEqual(lossOf(X, arena, weights));
        });
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  test.each<[string, (X: CsrArrays) => Partial<CsrArrays>]>([
    ['a row is longer', (X) => ({ indptr: Int32Array.from(X.indptr, (at, i) => (i === 2 ? at + 1 : at)) })],
    ['a number stands in another column', (X) => ({ indices: Int32Array.from(X.indices, (j, p) => (p === 5 * 5 + 2 ? j - 1 : j)) })],
    ['there are few ones', (X) => ({ data: X.data.map((_, p) => p + 2) })],
  ])('are not made where %s', (_, change) => {
    withArena((arena) => {
      const X = rowsOf(arena, 8, 2, 1, 2, 4, 1);
      const other = arena.copyCsr({ ...X, ...change(X) });
      expect(withOneHotRows(X, arena).oneHot).toMatchObject({ numbers: 1, ones: 4, before: 2 });
      expect(withOneHotRows(other, arena)).toBe(other);
    });
  });

  test('are not made without the kernels, nor of nothing', () => {
    withoutKernels(() =>
      withArena((arena) => {
        const X = rowsOf(arena, 8, 2, 1, 2, 4, 1);
        expect(withOneHotRows(X, arena)).toBe(X);
      }),
    );
    withArena((arena) => {
      const empty = arena.copyCsr({ kind: 'csr', rows: 0, cols: 3, indptr: Int32Array.of(0), indices: new Int32Array(0), data: new Float64Array(0) });
      expect(withOneHotRows(empty, arena)).toBe(empty);
    });
  });
});
