import { type Arena, withArena } from '../../src/kernels/arena.ts';
import { logisticLossGradient } from '../../src/kernels/logistic-loss.ts';
import { LogisticLosses, type LogisticPoint } from '../../src/kernels/logistic-losses.ts';
import { lossParts } from '../../src/kernels/loss-parts.ts';
import type { CsrArrays } from '../../src/kernels/matrix-arrays.ts';
import { ThreadTeam } from '../../src/kernels/thread-team.ts';
import { numbers, onBoth } from './both.ts';
import { randomCsr } from './random-matrix.ts';

describe.each([[1, 1], [3, 2], [31, 4], [32, 3], [33, 130], [150, 20]])('%i × %i', (rows, cols) => {
  const X = randomCsr(rows, cols, rows * 31 + cols);

  test.each([1, 2, 3, 4, 5, 8, 17])('%i models together get the bits that each gets by itself', (k) => {
    const points = (arena: Arena): LogisticPoint[] => {
      const y = arena.copyFloat64(numbers(rows, 4).map((v) => (v > 0 ? 1 : 0)));
      return Array.from({ length: k }, (_, c) => ({
        target: { y, weights: c % 3 === 1 ? arena.copyFloat64(numbers(rows, 50 + c).map(Math.abs)) : undefined, divisor: 7 + c },
        w: arena.copyFloat64(numbers(cols, 60 + c).map((v) => v / 50)),
        bias: c / 10,
        out: { losses: arena.float64(rows), pointwise: arena.float64(rows), gradient: arena.float64(cols).fill(9) },
      }));
    };
    const copied = (all: readonly LogisticPoint[]): unknown => all.map(({ out }) => [out.losses.slice(), out.pointwise.slice(), out.gradient.slice()]);
    const together = onBoth((arena) => {
      const all = points(arena);
      new LogisticLosses(arena.copyCsr(X), k, arena).evaluate(all);
      return copied(all);
    });
    const apart = onBoth((arena) => {
      const all = points(arena);
      for (const { target, w, bias, out } of all) logisticLossGradient(arena.copyCsr(X), target, w, bias, out);
      return copied(all);
    });
    expect(together).toStrictEqual(apart);
  });
});

test.each([[1, 2], [3, 2], [6, 4], [5, 8]])('%i models over %i parts: each gets the bits it gets by itself, with threads and without', async (k, parts) => {
  const [rows, cols] = [150, 20];
  const X = randomCsr(rows, cols, 7);
  const evaluate = (arena: Arena, models: readonly number[], team?: ThreadTeam): unknown => {
    const y = arena.copyFloat64(numbers(rows, 4).map((v) => (v > 0 ? 1 : 0)));
    const points = models.map((c): LogisticPoint => ({
      target: { y, weights: c % 3 === 1 ? arena.copyFloat64(numbers(rows, 50 + c).map(Math.abs)) : undefined, divisor: 7 + c },
      w: arena.copyFloat64(numbers(cols, 60 + c).map((v) => v / 50)),
      bias: c / 10,
      out: { losses: arena.float64(rows), pointwise: arena.float64(rows), gradient: arena.float64(cols).fill(9) },
    }));
    new LogisticLosses(arena.copyCsr(X), models.length, arena, parts, team).evaluate(points);
    return points.map(({ out }) => [out.losses.slice(), out.pointwise.slice(), out.gradient.slice()]);
  };
  const models = Array.from({ length: k }, (_, c) => c);
  const together = onBoth((arena) => evaluate(arena, models));
  expect(onBoth((arena) => models.flatMap((c) => evaluate(arena, [c])))).toStrictEqual(together);
  const team = withArena(() => ThreadTeam.start(3));
  expect(team?.isWhole).toBe(true);
  // Threads start meanwhile.
  for (let round = 0; round < 20; round++) {
    expect(withArena((arena) => [evaluate(arena, models, team), models.flatMap((c) => evaluate(arena, [c], team))])).toStrictEqual([together, together]);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  team?.end();

  // Adding up in parts changes the last digits alone.
  const whole = withArena((arena) => {
    const [w, y] = [arena.copyFloat64(numbers(cols, 60).map((v) => v / 50)), arena.copyFloat64(numbers(rows, 4).map((v) => (v > 0 ? 1 : 0)))];
    const out = { losses: arena.float64(rows), pointwise: arena.float64(rows), gradient: arena.float64(cols) };
    logisticLossGradient(arena.copyCsr(X), { y, divisor: 7 }, w, 0, out);
    return out.gradient.slice();
  });
  const [[, , gradient]] = together as Float64Array[][];
  expect(gradient).toBeAllClose(whole, { relative: 1e-12, absolute: 1e-12 * Math.max(...whole.map(Math.abs)) });
});

test('parts grow with the entries, and one-hot rows are one', () => {
  const withEntries = (entries: number): CsrArrays => ({ kind: 'csr', rows: 1, cols: 1, indptr: Int32Array.of(0, entries), indices: new Int32Array(0), data: new Float64Array(0) });
  expect([2 ** 20 - 1, 2 ** 20, 2 ** 22, 2 ** 24, 2 ** 30].map((entries) => lossParts(withEntries(entries)))).toEqual([1, 2, 4, 8, 8]);
});
