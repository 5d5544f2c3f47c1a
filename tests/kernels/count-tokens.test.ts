import { withArena } from '../../src/kernels/arena.ts';
import { countTokens } from '../../src/kernels/count-tokens.ts';
import { ThreadTeam } from '../../src/kernels/thread-team.ts';
import { numbers, onBoth } from './both.ts';

/** Documents of so many tokens, small numbers more often than large ones; every seventh is empty. */
function listsOf(documents: number, length: number, tokens: number) {
  const draws = numbers(documents * length, 5);
  const offsets = new Int32Array(documents + 1);
  for (let i = 0; i < documents; i++) offsets[i + 1] = offsets[i] + (i % 7 === 0 ? 0 : 1 + ((i * 31) % length));
  return { offsets, ids: Int32Array.from({ length: offsets[documents] }, (_, p) => Math.floor((Math.abs(draws[p] * 1000) % 1) ** 2 * tokens)) };
}

/** Per document, columns with their counts. */
function tally({ offsets, ids }: { offsets: Int32Array; ids: Int32Array }, columns: Int32Array) {
  return Array.from({ length: offsets.length - 1 }, (_, i) => {
    const counts = new Map<number, number>();
    for (const id of ids.subarray(offsets[i], offsets[i + 1])) if (columns[id] >= 0) counts.set(columns[id], (counts.get(columns[id]) ?? 0) + 1);
    return [...counts].sort(([a], [b]) => a - b);
  });
}

const readRows = ({ items, counts, indptr }: { items: Int32Array; counts: Int32Array; indptr: Int32Array }) =>
  Array.from({ length: indptr.length - 1 }, (_, i) => Array.from(items.subarray(indptr[i], indptr[i + 1]), (col, k) => [col, counts[indptr[i] + k]]));

const shuffled = (tokens: number): Int32Array => Int32Array.from({ length: tokens }, (_, t) => (t * 11 + 3) % tokens);

test.each([[0, 1, 1], [1, 1, 1], [9, 5, 1], [40, 60, 64], [30, 200, 5000]])('%i documents of up to %i of %i tokens', (documents, length, tokens) => {
  const lists = listsOf(documents, length, tokens);
  const columns = shuffled(tokens);
  const rows = onBoth((arena) => readRows(countTokens(arena, lists, arena.copyInt32(columns), tokens)));
  expect(rows).toEqual(tally(lists, columns));
});

test('tokens without a column are passed over', () => {
  const lists = listsOf(20, 30, 50);
  const columns = Int32Array.from({ length: 50 }, (_, t) => (t % 3 === 0 ? -1 : t - Math.ceil((t + 1) / 3)));
  const rows = onBoth((arena) => readRows(countTokens(arena, lists, arena.copyInt32(columns), 33)));
  expect(rows).toEqual(tally(lists, columns));
});

test('threads count what one counts, once the others are there and before', async () => {
  const lists = listsOf(200, 40, 900);
  const columns = shuffled(900);
  const expected = tally(lists, columns);
  const team = withArena(() => ThreadTeam.start(3));
  expect(team?.isWhole).toBe(true);
  // Threads start meanwhile.
  for (let round = 0; round < 20; round++) {
    expect(withArena((arena) => readRows(countTokens(arena, lists, arena.copyInt32(columns), 900, team)))).toEqual(expected);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  team?.end();
});

test('a team of more threads than a job has blocks for two each counts the same', () => {
  const lists = listsOf(60, 20, 90);
  const columns = shuffled(90);
  withArena((arena) => {
    const team = ThreadTeam.start(13);
    expect(readRows(countTokens(arena, lists, arena.copyInt32(columns), 90, team))).toEqual(tally(lists, columns));
    team?.end();
  });
});

test('a token number beyond the columns is refused', () => {
  const lists = { offsets: Int32Array.of(0, 2), ids: Int32Array.of(0, 3) };
  expect(() => withArena((arena) => countTokens(arena, lists, arena.int32(3), 1))).toThrow('countTokens: token numbers must be from 0 to 2, got 3 at position 1.');
});
