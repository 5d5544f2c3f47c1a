import type { Arena } from '../../src/kernels/arena.ts';
import { logisticLossGradient } from '../../src/kernels/logistic-loss.ts';
import { LogisticLosses, type LogisticPoint } from '../../src/kernels/logistic-losses.ts';
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
