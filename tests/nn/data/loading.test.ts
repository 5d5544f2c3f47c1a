import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { RandomState } from '../../../src/core/random-state.ts';
import { CsrMatrix } from '../../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../../src/matrix/dense-matrix.ts';
import { ArrayDataset } from '../../../src/nn/data/array-dataset.ts';
import { DataLoader } from '../../../src/nn/data/data-loader.ts';
import type { Dataset, IterableDataset, Sample } from '../../../src/nn/data/dataset.ts';
import { MappedDataset } from '../../../src/nn/data/mapped-dataset.ts';
import { MixupDataset } from '../../../src/nn/data/mixup-dataset.ts';
import { readIdx } from '../../../src/nn/data/read-idx.ts';
import type { Batch } from '../../../src/nn/runtime/feed-batch.ts';
import { randomSplit, Subset } from '../../../src/nn/data/subset.ts';
import { TableDataset } from '../../../src/nn/data/table-dataset.ts';
import { Table } from '../../../src/table/table.ts';

async function all(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const list: Batch[] = [];
  for await (const batch of batches) list.push(batch);
  return list;
}

const numbered = (n: number): Dataset => ({ length: n, at: (i) => ({ x: [i, -i], target: i }) });

describe('readIdx', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'refit-idx-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255);

  test('reads bytes, plain and compressed', async () => {
    const expected = { shape: [2, 1, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 255) };
    expect(await readIdx(file('plain', images))).toEqual(expected);
    expect(await readIdx(file('images.gz', gzipSync(images)))).toEqual(expected);
  });

  test.each([
    [0x09, [0xff, 0x02], Int8Array.of(-1, 2)],
    [0x0b, [0xff, 0xfe, 1, 0], Int16Array.of(-2, 256)],
    [0x0c, [0, 1, 0, 0, 0xff, 0xff, 0xff, 0xff], Int32Array.of(65536, -1)],
    [0x0d, [0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0], Float32Array.of(1, -2)],
    [0x0e, [0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0], Float64Array.of(1, -2)],
  ])('reads big-endian values of type %i', async (type, values, data) => {
    expect(await readIdx(file('typed', Uint8Array.of(0, 0, type, 1, 0, 0, 0, 2, ...values)))).toEqual({ shape: [2], data });
  });

  test('refuses what is missing, cut off, damaged or of another format', async () => {
    await expect(readIdx(join(folder, 'none'))).rejects.toThrow(/^readIdx: .*none cannot be read \(ENOENT\)\. Check the path\.$/);
    await expect(readIdx(file('short', images.subarray(0, 20)))).rejects.toThrow(/short must hold 2 × 1 × 3 = 6 values, got 4\. Fetch it again\.$/);
    await expect(readIdx(file('short.gz', gzipSync(images).subarray(0, 30)))).rejects.toThrow(/short\.gz must be whole, its gzip data end early or are damaged\. Fetch it again\.$/);
    await expect(readIdx(file('text', Buffer.from('label,pixel0')))).rejects.toThrow(/text must be an IDX file, starting with 00 00, a type and a number of dimensions, got 6c 61 62 65\./);
    await expect(readIdx(file('nothing', new Uint8Array(0)))).rejects.toThrow(/got no bytes/);
  });
});

describe('DataLoader', () => {
  test('cuts a data set into batches, the last one smaller or left out', async () => {
    expect((await all(new DataLoader(numbered(5), { batchSize: 2 }))).map(({ x }) => Array.from(x))).toEqual([[0, -0, 1, -1], [2, -2, 3, -3], [4, -4]]);
    expect((await all(new DataLoader(numbered(5), { batchSize: 2, dropLast: true }))).map(({ target }) => Array.from(target))).toEqual([[0, 1], [2, 3]]);
    expect(new DataLoader(numbered(5), { batchSize: 2 }).length).toBe(3);
    expect(new DataLoader(numbered(5), { batchSize: 2, dropLast: true }).length).toBe(2);
  });

  test('shuffles each epoch anew, the same for the same seed, and leaves nothing out', async () => {
    const order = async (loader: DataLoader, epoch: number): Promise<number[]> => (await all(loader.epoch(epoch))).flatMap(({ target }) => Array.from(target));
    const make = (randomState: number): DataLoader => new DataLoader(numbered(20), { batchSize: 6, shuffle: true, randomState });
    const first = await order(make(1), 0);
    expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(await order(make(1), 0)).toEqual(first);
    expect(await order(make(1), 1)).not.toEqual(first);
    expect(await order(make(2), 0)).not.toEqual(first);
    const loader = make(1);
    const loops = [await all(loader), await all(loader)].map((batches) => batches.flatMap(({ target }) => Array.from(target)));
    expect(loops).toEqual([first, await order(make(1), 1)]);
  });

  test('gives the same batches whatever the number of workers, chance included', async () => {
    const slow: Dataset = {
      length: 9,
      at: async (i, random) => {
        await new Promise((resolve) => setTimeout(resolve, (7 * i) % 5));
        return { x: random.randomSample(), target: i };
      },
    };
    const alone = await all(new DataLoader(slow, { batchSize: 2, shuffle: true, workers: 0 }));
    expect(await all(new DataLoader(slow, { batchSize: 2, shuffle: true, workers: 3 }))).toEqual(alone);
    expect(new Set(alone.flatMap(({ x }) => Array.from(x))).size).toBe(9);
  });

  test('workers prepare as many batches ahead, no more', async () => {
    const asked: number[] = [];
    const data: Dataset = { length: 10, at: (i) => (asked.push(i), { x: i, target: i }) };
    const batches = new DataLoader(data, { workers: 3 }).epoch(0);
    await batches.next();
    expect(asked).toEqual([0, 1, 2, 3]);
    await batches.next();
    expect(asked).toEqual([0, 1, 2, 3, 4]);
    await batches.return(undefined);
  });

  test('takes samples that come one after the other', async () => {
    const stream: IterableDataset = {
      async *samples(epoch) {
        for (let i = 0; i < 3; i++) yield { x: Int32Array.of(i, epoch), target: i };
      },
    };
    const loader = new DataLoader(stream, { batchSize: 2 });
    expect(loader.length).toBeUndefined();
    expect(await all(loader.epoch(4))).toEqual([
      { x: Int32Array.of(0, 4, 1, 4), target: Float32Array.of(0, 1) },
      { x: Int32Array.of(2, 4), target: Float32Array.of(2) },
    ]);
    expect(() => new DataLoader(stream, { shuffle: true })).toThrow('DataLoader: shuffle must be false for samples that come one after the other, got true. Shuffle where they are made.');
  });

  test('refuses an epoch without a batch', async () => {
    await expect(all(new DataLoader(numbered(0)))).rejects.toThrow('DataLoader: an epoch must have at least one batch, got none. Look at the data set: it is empty.');
    await expect(all(new DataLoader(numbered(3), { batchSize: 4, dropLast: true }))).rejects.toThrow('DataLoader: an epoch must have at least one batch, got none. Lower batchSize, or set dropLast: false.');
  });

  test('refuses samples that do not fit each other, naming what is odd', async () => {
    const ragged: Dataset = { length: 2, at: (i) => ({ x: new Float32Array(2 + i), target: 0 }) };
    await expect(all(new DataLoader(ragged, { batchSize: 2 }))).rejects.toThrow('DataLoader: x must be of one length in a batch, sample 0 has 2 values and sample 1 has 3. Pad, crop or resize.');
    const nameless: Dataset = { length: 2, at: (i): Sample => (i === 0 ? { x: 1 } : { x: 1, target: 2 }) };
    await expect(all(new DataLoader(nameless, { batchSize: 2 }))).rejects.toThrow('DataLoader: every sample must have the same names, sample 1 has "target" and sample 0 has not.');
    const texts = { length: 1, at: () => ({ x: 'seven' }) } as unknown as Dataset;
    await expect(all(new DataLoader(texts))).rejects.toThrow('DataLoader: x must be numbers, sample 0 has "seven". Return { x: …, target: … } from at(index).');
  });

  test('an error of a sample that was prepared ahead comes when it is its turn', async () => {
    const data: Dataset = { length: 3, at: async (i) => (i === 2 ? Promise.reject(new Error('disk')) : { x: i }) };
    const batches = new DataLoader(data, { workers: 2 }).epoch(0);
    expect((await batches.next()).value).toEqual({ x: Float32Array.of(0) });
    expect((await batches.next()).value).toEqual({ x: Float32Array.of(1) });
    await expect(batches.next()).rejects.toThrow('disk');
  });
});

describe('the memory of batches', () => {
  const dense = DenseMatrix.from([[1, 0], [0, 2], [3, 0], [0, 4], [5, 5], [0, 6], [7, 7]]);
  const data = () => new ArrayDataset({ x: CsrMatrix.fromDense(dense), target: Int32Array.of(0, 1, 2, 3, 4, 5, 6) });

  test('serves again for the batch after the next, where that is said, with the same numbers', async () => {
    for (const dataset of [data(), new Subset(data(), [0, 1, 2, 3, 4, 5, 6])]) {
      for (const workers of [0, 1]) {
        const loader = new DataLoader(dataset, { batchSize: 2, workers });
        const seen: [number[], number[], unknown][] = [];
        for await (const { x, target } of loader.epoch(0, { reuse: true })) seen.push([Array.from(x), Array.from(target), x]);
        expect(seen.map(([x, target]) => [x, target])).toEqual([[[1, 0, 0, 2], [0, 1]], [[3, 0, 0, 4], [2, 3]], [[5, 5, 0, 6], [4, 5]], [[7, 7], [6]]]);
        // Those that are prepared ahead have memory of their own.
        expect([seen[1][2] === seen[0][2], seen[2][2] === seen[0][2]]).toEqual([false, workers === 0]);
      }
    }
  });

  test('belongs to each batch alone otherwise', async () => {
    const batches: Batch[] = [];
    for await (const batch of new DataLoader(data(), { batchSize: 2 })) batches.push(batch);
    expect(batches.map(({ target }) => Array.from(target))).toEqual([[0, 1], [2, 3], [4, 5], [6]]);
  });
});

describe('data sets', () => {
  test('arrays give the same batches dense, sparse, shaped and as rows', () => {
    const rows = fc.array(fc.array(fc.constantFrom(0, 0, 1, 2.5), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, (x) => {
        const dense = DenseMatrix.from(x);
        const indices = Int32Array.from(x, (_, i) => x.length - 1 - i);
        const batches = [dense, CsrMatrix.fromDense(dense), { shape: [x.length, 3], data: dense.data }, x].map((source) => new ArrayDataset({ x: source }).batch(indices));
        for (const batch of batches) expect(batch).toEqual({ x: Float32Array.from([...x].reverse().flat()) });
      }),
    );
  });

  test('arrays lie in memory that other threads see where that is asked for, with the same numbers', async () => {
    const data = new Subset(new ArrayDataset({ x: new DenseMatrix(5, 2, Float64Array.from({ length: 10 }, (_, i) => i)), target: Int32Array.of(4, 3, 2, 1, 0) }), [4, 3, 2, 1, 0]);
    const loader = new DataLoader(data, { batchSize: 2 });
    const collect = async (shared: boolean): Promise<Batch[]> => {
      const batches: Batch[] = [];
      for await (const batch of loader.epoch(0, { shared })) batches.push(batch);
      return batches;
    };
    const [own, shared] = [await collect(false), await collect(true)];
    expect(shared).toEqual(own);
    const isShared = (batches: Batch[]): boolean[] => batches.flatMap((batch) => Object.values(batch).map(({ buffer }) => buffer instanceof SharedArrayBuffer));
    expect(isShared(own)).toEqual(Array(6).fill(false));
    expect(isShared(shared)).toEqual(Array(6).fill(true));
  });

  test('integers stay integers', () => {
    const data = new ArrayDataset({ x: { shape: [2, 2], data: Int32Array.of(1, 2, 3, 4) }, target: [true, false] as never });
    expect(data.batch(Int32Array.of(1))).toEqual({ x: Int32Array.of(3, 4), target: Float32Array.of(0) });
    expect(data.length).toBe(2);
  });

  test('arrays know whether they stay finite in single precision; what they do not know is looked through by batches', () => {
    const lists = { good: new ArrayDataset({ x: Float64Array.of(1, 3.4e38, 0) }), large: new ArrayDataset({ x: Float64Array.of(1, 3.5e38, 0) }), missing: new ArrayDataset({ x: Float32Array.of(1, Number.NaN) }) };
    expect(Object.values(lists).map((data) => data.isFinite('x'))).toEqual([true, false, false]);
    expect(new ArrayDataset({ x: Int32Array.of(1) }).isFinite('x')).toBe(true);
    expect(new ArrayDataset({ x: [1, 2] }).isFinite('x')).toBe(false);
    expect(new ArrayDataset({ x: [1, 2] }).isFinite('y')).toBe(false);
    expect(new Subset(lists.good, [0]).isFinite('x')).toBe(true);
    expect(new Subset({ length: 1, at: () => ({ x: 1 }) }, [0]).isFinite('x')).toBe(false);
  });

  test('arrays that change are looked at again', () => {
    const x = Float32Array.of(1, 2);
    const data = new ArrayDataset({ x });
    expect(data.isFinite('x')).toBe(true);
    x[1] = Number.NaN;
    expect(data.isFinite('x')).toBe(false);
  });

  test('arrays of different lengths are refused', () => {
    expect(() => new ArrayDataset({ x: [[1], [2]], target: [1] })).toThrow('ArrayDataset: x has 2 rows, but target has 1. Give one row per sample.');
    expect(() => new ArrayDataset({ x: { shape: [2, 3], data: [1] } })).toThrow('ArrayDataset: x of shape 2 × 3 needs 6 values, got 1.');
    expect(() => new ArrayDataset({})).toThrow('ArrayDataset: arrays must hold at least one, got none.');
  });

  test('a table gives features and target, classes in order', () => {
    const table = Table.from({ a: [1, 2, 3], sunny: [true, false, true], kind: ['b', 'a', 'b'], price: [10, 20, 30] });
    const classes = new TableDataset(table, { target: 'kind', features: ['a', 'sunny'] });
    expect(classes.classes).toEqual(['a', 'b']);
    expect(classes.batch(Int32Array.of(0, 1))).toEqual({ x: Float32Array.of(1, 1, 2, 0), target: Int32Array.of(1, 0) });
    const measured = new TableDataset(table.select(['a', 'price']), { target: 'price' });
    expect(measured.classes).toBeNull();
    expect(measured.at(2)).toEqual({ x: Float32Array.of(3), target: Float32Array.of(30) });
    expect(new TableDataset(table.select(['a', 'price']), { target: 'price', measured: false }).classes).toEqual([10, 20, 30]);
    expect(() => new TableDataset(Table.from({ a: [1, null], b: [1, 2] }), { target: 'b' })).toThrow('TableDataset: column a must have a number in every row, row 1 has NaN. Impute missing values first.');
  });

  test('a subset and a split keep each sample once', () => {
    const data = new ArrayDataset({ x: Float32Array.of(10, 11, 12, 13, 14) });
    const parts = randomSplit(data, [3, 2], new RandomState(4));
    expect(parts.flatMap(({ indices }) => Array.from(indices)).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(parts[1].batch?.(Int32Array.of(0))).toEqual({ x: Float32Array.of(10 + parts[1].indices[0]) });
    expect(() => randomSplit(data, [3, 3], new RandomState(4))).toThrow('randomSplit: lengths must sum to the 5 samples there are, got 3 + 3 = 6.');
    expect(() => new Subset(data, [5])).toThrow('Subset: indices must be in [0, 4], got 5.');
  });

  test('a mixed sample is between two, and its target tells how far', async () => {
    const x = { shape: [3, 2], data: Float32Array.of(0, 0, 10, 100, 20, 200) };
    const mixed = new MixupDataset(new ArrayDataset({ x, target: Int32Array.of(0, 1, 2) }), { classes: 3 });
    const shares: number[] = [];
    for (let seed = 0; seed < 400; seed++) {
      const sample = await mixed.at(seed % 3, new RandomState(seed));
      const [values, target] = [sample.x as Float32Array, sample.target as Float32Array];
      expect(target.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      expect(values).toBeAllClose([10 * target[1] + 20 * target[2], 100 * target[1] + 200 * target[2]], { relative: 1e-5, absolute: 1e-4 });
      expect(await mixed.at(seed % 3, new RandomState(seed))).toEqual(sample);
      if (target[seed % 3] < 1) shares.push(target[seed % 3]);
    }
    // Beta(0.2, 0.2) has mean 1/2 and variance 1/(4 · 1.4); four standard errors.
    expect(Math.abs(shares.reduce((a, b) => a + b) / shares.length - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 5.6 / shares.length));
    const wrong = new MixupDataset(new ArrayDataset({ x, target: Int32Array.of(0, 1, 3) }), { classes: 3 });
    await expect(wrong.at(2, new RandomState(0))).rejects.toThrow('MixupDataset: target must be a class number in 0…2, got 3.');
    expect(() => new MixupDataset(mixed, { classes: 3, alpha: 0 })).toThrow('MixupDataset: alpha must be a number in (0, ∞), got 0.');
  });

  test('a mapped data set passes each sample through a function', async () => {
    const doubled = new MappedDataset(numbered(3), ({ target }) => ({ x: 2 * (target as number), target: 0 }));
    expect((await all(new DataLoader(doubled, { batchSize: 3 })))[0].x).toEqual(Float32Array.of(0, 2, 4));
  });
});
