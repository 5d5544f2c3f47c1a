import { withArena } from '../../src/kernels/arena.ts';
import { addSelfProducts, multiplyPanels, multiplyRows } from '../../src/kernels/panels.ts';
import { timesMatrix } from '../../src/kernels/products.ts';
import { ThreadTeam } from '../../src/kernels/thread-team.ts';
import { numbers } from './both.ts';
import { randomCsr } from './random-matrix.ts';

test('products shared out among threads have the bits of one thread, once the others are there and before', async () => {
  const [rows, cols, depth, panels] = [701, 61, 64, 16];
  const x = numbers(rows * cols, 1);
  const b = numbers(panels * cols * 4, 2);
  const sparse = randomCsr(rows, cols, 3);
  const work = (team: ThreadTeam | undefined): Float64Array[] =>
    withArena((arena) => {
      const held = arena.copyFloat64(x);
      const factor = arena.copyFloat64(b);
      const count = 5;
      const parts = { count, isFirst: true, depth, sums: arena.float64(count * panels * 4), products: arena.float64(count * (panels * 4) ** 2), packed: arena.float64((team?.threads ?? 1) * depth * panels * 4) };
      const brought = arena.float64(rows * cols);
      addSelfProducts(rows, cols, brought, undefined, parts, team, (isReady) => {
        for (let part = count - 1; part >= 0; part--) {
          const start = Math.floor((rows * part) / count) * cols;
          brought.set(held.subarray(start), start);
          isReady(count - part);
        }
      });
      const times = arena.float64(rows * panels * 4);
      multiplyRows(rows, cols, cols, held, panels, factor, times, arena.copyFloat64(b.subarray(0, panels * 4)), team);
      const lower = arena.float64((panels * 4) ** 2);
      multiplyPanels(panels, panels, cols, factor, factor, lower, 0, team);
      const scores = arena.float64(rows * panels);
      timesMatrix(arena.copyCsr(sparse), factor.subarray(0, cols * panels), panels, arena.copyFloat64(b.subarray(0, panels)), scores, team);
      return [parts.sums, parts.products, times, lower, scores].map((part) => Float64Array.from(part));
    });
  const alone = work(undefined);
  const team = withArena(() => ThreadTeam.start(3));
  expect(team?.isWhole).toBe(true);
  // Threads start meanwhile.
  for (let round = 0; round < 20; round++) {
    expect(work(team).map((part, k) => part.every((value, p) => Object.is(value, alone[k][p])))).toEqual([true, true, true, true, true]);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  team?.end();
});

test('a team without work ends by itself, and its work is still done', async () => {
  const a = numbers(4 * 5, 3);
  const b = numbers(4 * 5, 4);
  const product = (team: ThreadTeam | undefined): Float64Array =>
    withArena((arena) => {
      const out = arena.float64(16);
      multiplyPanels(1, 1, 5, arena.copyFloat64(a), arena.copyFloat64(b), out, null, team);
      return Float64Array.from(out);
    });
  const team = withArena(() => ThreadTeam.start(2, 1));
  for (let waits = 0; team?.isWhole && waits < 1000; waits++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(team?.isWhole).toBe(false);
  expect(product(team)).toEqual(product(undefined));
});
