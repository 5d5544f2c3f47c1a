import type { Arena } from '../../src/kernels/arena.ts';
import { bestSplit, splitSpaces } from '../../src/kernels/best-split.ts';
import { CATEGORICAL, HAS_MISSING } from '../../src/kernels/split-arrays.ts';
import { numbers, onBoth } from './both.ts';

const integers = (arena: Arena, values: readonly bigint[]): BigInt64Array => {
  const { buffer, byteOffset } = arena.float64(values.length);
  const list = new BigInt64Array(buffer, byteOffset, values.length);
  list.set(values);
  return list;
};

/** Bins of five columns: many with gaps, many and missing ones, few, one, and categories. */
const BINS = [255, 255, 3, 1, 12];
const KINDS = [0, HAS_MISSING, HAS_MISSING, 0, CATEGORICAL + HAS_MISSING];
const starts = BINS.map((_, j) => BINS.slice(0, j).reduce((sum, bins) => sum + bins + 1, 0));
const cells = BINS.reduce((sum, bins) => sum + bins + 1, 0);

/** Gradients of rows: of any size, of two sizes so that many gains tie, or three times the hessian, so that gains are rounding alone. */
const GRADIENTS: Record<string, (v: number, bin: number, hessian: number) => number> = {
  'of any size': (v, bin) => v + Math.sin(bin / 40),
  'of two sizes': (v) => Math.sign(v),
  'like the hessians': (_, __, hessian) => 3 * hessian,
};

describe.each([40, 700, 20_000])('%i rows', (rows) => {
  describe.each(Object.keys(GRADIENTS))('gradients %s', (which) => {
    test.each([
      ['all columns', [0, 1, 2, 3, 4], { minSamplesLeaf: 20, l2: 0 }],
      ['two columns, leaves of one row, a ridge', [1, 2], { minSamplesLeaf: 1, l2: 1.5 }],
      ['categories', [4], { minSamplesLeaf: 3, l2: 0 }],
      ['children with much hessian', [0, 1], { minSamplesLeaf: 1, l2: 0, minHessian: rows / 8 }],
      ['values that must rise', [0, 1, 2], { minSamplesLeaf: 5, l2: 0, direction: 1 }],
      ['a root, whose value is 0', [0, 1, 2], { minSamplesLeaf: 5, l2: 0.5, value: 0 }],
    ] as const)('the kernel finds the twin’s split: %s', (_, features, { minSamplesLeaf, l2, ...rest }) => {
      const shift = 62 - (32 - Math.clz32(rows));
      const unit = 2 ** -20;
      const histogram = new Array<bigint>(2 * cells).fill(0n);
      const total = [0n, 0n];
      const random = numbers(rows * (BINS.length + 2), 7);
      for (let i = 0; i < rows; i++) {
        const own = random.subarray(i * (BINS.length + 2));
        const hessian = Math.round((0.1 + Math.abs(own[2])) / unit) * unit;
        const gradient = GRADIENTS[which](own[0], Math.floor(Math.abs(own[1]) * 1000) % 255, hessian);
        const pair = [BigInt(Math.round(gradient / unit)), BigInt(hessian / unit) + (1n << BigInt(shift))];
        BINS.forEach((bins, j) => {
          const drawn = Math.floor(Math.abs(own[1 + j]) * 1000) % (bins + 1);
          const bin = drawn === bins && !(KINDS[j] & HAS_MISSING) ? 0 : drawn;
          for (const part of [0, 1]) histogram[2 * (starts[j] + bin) + part] += pair[part];
        });
        for (const part of [0, 1]) total[part] += pair[part];
      }
      const found = onBoth((arena) => {
        const directions = arena.uint8(BINS.length).fill('direction' in rest ? rest.direction : 0);
        const columns = {
          starts: arena.copyInt32(starts),
          bins: arena.copyInt32(BINS),
          kinds: arena.copyUint8(KINDS),
          directions: new Int8Array(directions.buffer, directions.byteOffset, directions.length),
        };
        const newton = -(Number(total[0]) * unit) / (Number(total[1] & ((1n << BigInt(shift)) - 1n)) * unit + l2);
        const value = 'value' in rest ? rest.value : newton;
        const node = { histogram: integers(arena, histogram), total: integers(arena, total), value, lower: -Infinity, upper: Infinity };
        const limits = { minSamplesLeaf, minHessian: 'minHessian' in rest ? rest.minHessian : 1e-3, l2, gradientUnit: unit, hessianUnit: unit, shift };
        const [space] = splitSpaces(arena, 1);
        bestSplit(arena.copyInt32(features), columns, node, limits, space);
        return { bytes: new Uint8Array(space.numbers.slice().buffer), feature: space.words[10] };
      });
      expect(features.includes(found.feature as never) || found.feature === -1).toBe(true);
    });
  });
});
