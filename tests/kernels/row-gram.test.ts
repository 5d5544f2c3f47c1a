import { type Arena, withArena } from '../../src/kernels/arena.ts';
import { RowGram } from '../../src/kernels/row-gram.ts';
import { ThreadTeam } from '../../src/kernels/thread-team.ts';
import { transposedCsr } from '../../src/kernels/transposed-csr.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { numbers, onBoth } from './both.ts';
import { denseValues, randomCsr } from './random-matrix.ts';

interface Found {
  products: Float64Array[];
  largest: number[];
}

/** X·Xᵀ·v of the vectors with the given numbers, and the largest of Xᵀ·v. */
function found(arena: Arena, X: ReturnType<typeof randomCsr>, seeds: readonly number[], parts = 1, team?: ThreadTeam): Found {
  const sizes = arena.copyFloat64(numbers(X.cols, 9).map((v) => Math.abs(v) % 2));
  const gram = new RowGram(transposedCsr(arena.copyCsr(X), arena), sizes, seeds.length, arena, parts, team);
  const vectors = seeds.map((seed) => arena.copyFloat64(numbers(X.rows, seed)));
  const outs = vectors.map(() => arena.float64(X.rows).fill(9));
  const largest = gram.times(vectors, outs);
  return { products: outs.map((out) => out.slice()), largest };
}

const seedsOf = (k: number): number[] => Array.from({ length: k }, (_, c) => 20 + c);

describe.each([[1, 1], [3, 2], [4, 5], [33, 130], [150, 20]])('%i × %i', (rows, cols) => {
  const X = randomCsr(rows, cols, rows * 31 + cols);
  const values = denseValues(X);

  test.each([1, 2, 3, 5, 8, 10, 11, 23])('%i vectors together get the bits that each gets by itself', (k) => {
    const together = onBoth((arena) => found(arena, X, seedsOf(k)));
    const apart = onBoth((arena) => seedsOf(k).map((seed) => found(arena, X, [seed])));
    expect(together).toStrictEqual({ products: apart.flatMap(({ products }) => products), largest: apart.flatMap(({ largest }) => largest) });
  });

  test('products and largest sums are those of the definition', () => {
    const sizes = numbers(cols, 9).map((v) => Math.abs(v) % 2);
    const v = numbers(rows, 20);
    const sums = Float64Array.from({ length: cols }, (_, j) => v.reduce((sum, value, i) => sum + value * values[i * cols + j], 0));
    const expected = Float64Array.from({ length: rows }, (_, i) => sums.reduce((sum, value, j) => sum + value * values[i * cols + j], 0));
    const { products, largest } = withArena((arena) => found(arena, X, [20]));
    expect(products[0]).toBeAllClose(expected, { relative: 1e-11, absolute: 1e-11 * Math.max(...expected.map(Math.abs)) });
    expect(largest).toBeAllClose([Math.max(...sums.map((sum, j) => Math.abs(sum) * sizes[j]))], { relative: 1e-12 });
  });
});

test.each([[1, 2], [5, 4], [12, 8]])('%i vectors over %i parts: the same bits with threads and without', async (k, parts) => {
  const X = randomCsr(60, 200, 7);
  const alone = onBoth((arena) => found(arena, X, seedsOf(k), parts));
  const whole = withArena((arena) => found(arena, X, seedsOf(k)));
  for (const [c, product] of alone.products.entries()) expect(product).toBeAllClose(whole.products[c], { relative: 1e-12, absolute: 1e-10 * Math.max(...whole.products[c].map(Math.abs)) });
  expect(alone.largest).toStrictEqual(whole.largest);
  const team = withArena(() => ThreadTeam.start(3));
  expect(team?.isWhole).toBe(true);
  // Threads start meanwhile.
  for (let round = 0; round < 20; round++) {
    expect(withArena((arena) => found(arena, X, seedsOf(k), parts, team))).toStrictEqual(alone);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  team?.end();
});

test('NaN in one vector shows in its own largest sum and nowhere else', () => {
  const X = randomCsr(4, 5, 3);
  const { largest, products } = onBoth((arena) => {
    const gram = new RowGram(transposedCsr(arena.copyCsr(X), arena), arena.float64(5).fill(1), 2, arena);
    const outs = [arena.float64(4), arena.float64(4)];
    const largest = gram.times([arena.float64(4).fill(Number.NaN), arena.float64(4).fill(1)], outs);
    return { largest, products: outs.map((out) => out.slice()) };
  });
  expect(largest[0]).toBeNaN();
  expect(largest[1]).toBeGreaterThan(0);
  expect(products[1].every(Number.isFinite)).toBe(true);
});

test.each([[1, 1], [4, 5], [33, 8], [150, 20]])('the transpose of %i × %i', (rows, cols) => {
  const X = randomCsr(rows, cols, rows + cols);
  const { indptr, indices, data, ...shape } = onBoth((arena) => {
    const { indptr, indices, data, ...rest } = transposedCsr(arena.copyCsr(X), arena);
    return { ...rest, indptr: indptr.slice(), indices: indices.slice(), data: data.slice() };
  });
  const expected = new CsrMatrix(rows, cols, X.indptr, X.indices, X.data).transpose();
  expect(shape).toEqual({ kind: 'csr', rows: cols, cols: rows });
  expect([indptr, indices, data]).toEqual([expected.indptr, expected.indices, expected.data]);
});
