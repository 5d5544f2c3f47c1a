import { RandomState } from '../../src/core/random-state.ts';
import type { Arena } from '../../src/kernels/arena.ts';
import type { PackedTrees } from '../../src/kernels/packed-trees.ts';
import { WALK_BYTES, walkTrees } from '../../src/kernels/walk-trees.ts';
import { onBoth } from './both.ts';

const COLS = 9;
const STRIDE = 16;

/** Trees of so many leaves that split where chance has it; of some every split is by a set of bins. */
function randomTrees(arena: Arena, random: RandomState, leaves: readonly number[], bySets: readonly boolean[]): PackedTrees {
  const starts: number[] = [0];
  const words: number[] = [];
  const sets: number[] = [];
  const bits: number[] = [];
  const depths: number[] = [];
  for (const [t, wanted] of leaves.entries()) {
    const base = words.length / 2;
    const depthOf = [0];
    // A node is split or closed when its turn comes, and the last one left is split as long as leaves are wanting.
    let closed = 0;
    for (let place = 0; place < depthOf.length; place++) {
      const open = depthOf.length - place;
      const isSplit = closed + open < wanted && (open === 1 || random.randomSample() < 0.7);
      if (isSplit) {
        words.push((random.randint(COLS) | (random.randint(255) << 16) | (random.randint(2) << 24)) >>> 0, depthOf.length);
        depthOf.push(depthOf[place] + 1, depthOf[place] + 1);
      } else {
        words.push(255 << 16, place);
        closed++;
      }
      if (bySets[t]) for (let byte = 0; byte < 32; byte++) bits.push(isSplit ? random.randint(256) : 255);
    }
    sets.push(bySets[t] ? bits.length / 32 - depthOf.length : -1);
    depths.push(Math.max(...depthOf));
    starts.push(base + depthOf.length);
  }
  const packed = arena.copyInt32(Int32Array.from(words, (word) => word | 0));
  return {
    starts: arena.copyInt32(starts),
    depths: arena.copyInt32(depths),
    words: new Uint32Array(packed.buffer, packed.byteOffset, packed.length),
    children: packed,
    values: arena.copyFloat64(random.standardNormal(words.length / 2)),
    sets: arena.copyInt32(sets),
    bits: arena.copyUint8(bits),
  };
}

const LEAVES = [1, 2, 3, 8, 31, 32, 33, 200, 32, 5];

test.each([
  ['few rows', 7, 1],
  ['one row less than masks are made for', 255, 1],
  ['as many rows as masks are made for', 256, 1],
  ['many rows', 1003, 1],
  ['many rows, three outputs', 514, 3],
])('every row gets the values of the leaves that it reaches: %s', (_, rows, outputs) => {
  const sums = onBoth((arena) => {
    const random = new RandomState(rows);
    const trees = randomTrees(arena, random, [...LEAVES, ...LEAVES], [...LEAVES.map(() => false), ...LEAVES.map(() => true)]);
    const bins = arena.copyUint8(Array.from({ length: rows * STRIDE }, () => (random.randomSample() < 0.1 ? 255 : random.randint(256))));
    const out = arena.copyFloat64(random.standardNormal(rows * outputs));
    walkTrees(rows, bins, STRIDE, 0, 2 * LEAVES.length, trees, outputs, out, arena.uint8(WALK_BYTES));
    return out.slice();
  });
  expect(sums.every(Number.isFinite)).toBe(true);
});

test('only the trees asked for are added', () => {
  onBoth((arena) => {
    const trees = randomTrees(arena, new RandomState(0), [4, 16, 4], [false, true, false]);
    const bins = arena.copyUint8(Array.from({ length: 300 * STRIDE }, (_, i) => (i * 37) & 255));
    const room = arena.uint8(WALK_BYTES);
    const whole = arena.float64(300);
    walkTrees(300, bins, STRIDE, 0, 3, trees, 1, whole, room);
    const parts = arena.float64(300);
    walkTrees(300, bins, STRIDE, 0, 1, trees, 1, parts, room);
    expect(parts).not.toEqual(whole);
    walkTrees(300, bins, STRIDE, 1, 3, trees, 1, parts, room);
    expect(parts).toEqual(whole);
    return whole.slice();
  });
});
