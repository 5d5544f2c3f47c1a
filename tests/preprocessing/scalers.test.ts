import fc from 'fast-check';
import { DataError, NotFittedError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import type { Matrix } from '../../src/matrix/matrix.ts';
import { Binarizer } from '../../src/preprocessing/binarizer.ts';
import { MaxAbsScaler } from '../../src/preprocessing/max-abs-scaler.ts';
import { MinMaxScaler } from '../../src/preprocessing/min-max-scaler.ts';
import { Normalizer } from '../../src/preprocessing/normalizer.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';

const runs = { seed: 20, numRuns: 60 };
const cell = fc.integer({ min: -400, max: 400 }).map((v) => v / 8);
const table = (value: fc.Arbitrary<number> = cell): fc.Arbitrary<number[][]> =>
  fc.integer({ min: 1, max: 5 }).chain((cols) => fc.array(fc.array(value, { minLength: cols, maxLength: cols }), { minLength: 2, maxLength: 12 }));
const sparseCell = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: cell });

const columns = (X: Matrix): number[][] => Array.from({ length: X.cols }, (_, j) => Array.from(X.toDense().col(j)));
const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const varies = (values: number[]): boolean => new Set(values).size > 1;

describe('StandardScaler', () => {
  test('gives columns mean 0 and variance 1, and constant columns 0', async () => {
    await fc.assert(
      fc.asyncProperty(table(), async (rows) => {
        const before = columns(DenseMatrix.from(rows));
        columns(await new StandardScaler().fitTransform(rows)).forEach((column, j) => {
          expect(mean(column)).toBeCloseTo(0, 9);
          expect(mean(column.map((x) => x * x))).toBeCloseTo(varies(before[j]) ? 1 : 0, 9);
        });
      }),
      runs,
    );
  });

  test('is undone by inverseTransform', async () => {
    await fc.assert(
      fc.asyncProperty(table(), fc.boolean(), fc.boolean(), async (rows, withMean, withStd) => {
        const scaler = await new StandardScaler({ withMean, withStd }).fit(rows);
        expect(await scaler.inverseTransform(await scaler.transform(rows))).toBeAllClose(rows, { absolute: 1e-10 });
      }),
      runs,
    );
  });

  test('treats sparse as dense', async () => {
    await fc.assert(
      fc.asyncProperty(table(sparseCell), async (rows) => {
        const sparse = await new StandardScaler({ withMean: false }).fit(CsrMatrix.from(rows));
        const dense = await new StandardScaler({ withMean: false }).fit(rows);
        expect(sparse.fitted.scale).toBeAllClose(dense.fitted.scale);
        const scaled = await sparse.transform(CsrMatrix.from(rows));
        expect(scaled.kind).toBe('csr');
        expect(scaled).toBeAllClose(await dense.transform(rows));
        expect(await sparse.inverseTransform(scaled)).toBeAllClose(rows);
      }),
      runs,
    );
  });

  test('takes a weight for as many rows', async () => {
    await fc.assert(
      fc.asyncProperty(table(sparseCell), fc.infiniteStream(fc.integer({ min: 0, max: 3 })), fc.boolean(), async (rows, stream, asSparse) => {
        const sampleWeight = rows.map((_, i) => (i === 0 ? 1 : (stream.next().value as number)));
        const repeated = rows.flatMap((row, i) => Array.from({ length: sampleWeight[i] }, () => row));
        const form = (X: number[][]): Matrix => (asSparse ? CsrMatrix.from(X) : DenseMatrix.from(X));
        const weighted = await new StandardScaler({ withMean: false }).fit(form(rows), undefined, { sampleWeight });
        const duplicated = await new StandardScaler({ withMean: false }).fit(form(repeated));
        expect(weighted.fitted.nSamplesSeen).toBe(repeated.length);
        expect(weighted.fitted.mean).toBeAllClose(duplicated.fitted.mean, { absolute: 1e-11 });
        expect(weighted.fitted.variance).toBeAllClose(duplicated.fitted.variance, { absolute: 1e-10 });
      }),
      runs,
    );
  });

  test('learns from batches as from all rows at once', async () => {
    await fc.assert(
      fc.asyncProperty(table(sparseCell), fc.boolean(), async (rows, asSparse) => {
        const form = (X: number[][]): Matrix => (asSparse ? CsrMatrix.from(X) : DenseMatrix.from(X));
        const whole = await new StandardScaler({ withMean: false }).fit(form(rows));
        const parts = new StandardScaler({ withMean: false });
        await parts.partialFit(form(rows.slice(0, 1)));
        await parts.partialFit(form(rows.slice(1)));
        expect(parts.fitted.nSamplesSeen).toBe(rows.length);
        expect(parts.fitted.mean).toBeAllClose(whole.fitted.mean, { absolute: 1e-11 });
        expect(parts.fitted.variance).toBeAllClose(whole.fitted.variance, { absolute: 1e-10 });
      }),
      runs,
    );
  });

  test('refuses to fill a sparse matrix, and says what to do', async () => {
    const sparse = CsrMatrix.from([[0, 1], [2, 0]]);
    const message = 'StandardScaler: withMean: true would fill a sparse matrix. Use withMean: false.';
    await expect(new StandardScaler().fit(sparse)).rejects.toThrow(new DataError(message));
    const fitted = await new StandardScaler().fit([[0, 1], [2, 0]]);
    await expect(fitted.transform(sparse)).rejects.toThrow(message);
    await expect(fitted.inverseTransform(sparse)).rejects.toThrow(message);
    await expect(fitted.partialFit(sparse)).rejects.toThrow(message);
  });

  test('refuses other columns, infinities, bad weights and unknown options', async () => {
    const scaler = await new StandardScaler().fit([[1, 2], [3, 4]]);
    await expect(scaler.transform([[1, 2, 3]])).rejects.toThrow(new ShapeError('StandardScaler: X has 3 columns, but 2 were seen in fit.'));
    await expect(scaler.partialFit([[1]])).rejects.toThrow(ShapeError);
    await expect(scaler.partialFit(new DenseMatrix(0, 2))).rejects.toThrow('at least 1 row');
    await expect(new StandardScaler().fit([[1, Infinity]])).rejects.toThrow('row 0 column 1 has Infinity');
    const sparse = (rows: number[][]) => new StandardScaler({ withMean: false }).fitTransform(CsrMatrix.from(rows));
    await expect(sparse([[1, 0], [Number.NaN, Infinity]])).rejects.toThrow('row 1 column 1 has Infinity');
    await expect(sparse([[1, -Infinity], [2, Infinity]])).rejects.toThrow('row 0 column 1 has -Infinity');
    // Their sum is infinite, they are not.
    expect((await sparse([[1e308, 2], [1e308, 4]])).rows).toBe(2);
    await expect(new StandardScaler().fit([[1], [2]], undefined, { sampleWeight: [1] })).rejects.toThrow(ShapeError);
    await expect(new StandardScaler().fit([[1], [2]], undefined, { sampleWeight: [1, -1] })).rejects.toThrow(DataError);
    await expect(new StandardScaler().transform([[1]])).rejects.toThrow(NotFittedError);
    expect(() => new StandardScaler({ withMeen: true } as object)).toThrow('Did you mean withMean?');
  });

  test('writes neither into X nor into what it has learned', async () => {
    const X = CsrMatrix.from([[1, 0], [3, 2]]);
    const before = Array.from(X.data);
    const scaler = await new StandardScaler({ withMean: false }).fit(X);
    const { fitted } = scaler;
    const scale = Array.from(fitted.scale!);
    await scaler.transform(X);
    await scaler.partialFit(X);
    expect(Array.from(X.data)).toEqual(before);
    expect(Array.from(fitted.scale!)).toEqual(scale);
  });

  test('transforms no rows to no rows and keeps names', async () => {
    const scaler = await new StandardScaler().fit([[1, 2], [3, 5]]);
    expect((await scaler.transform(new DenseMatrix(0, 2))).rows).toBe(0);
    expect(scaler.featureNamesOut()).toEqual(['x0', 'x1']);
    expect(scaler.featureNamesOut(['age', 'fare'])).toEqual(['age', 'fare']);
  });
});

describe('MinMaxScaler', () => {
  test('keeps what it has seen in range, touching both ends where a column varies', async () => {
    await fc.assert(
      fc.asyncProperty(table(), async (rows) => {
        const before = columns(DenseMatrix.from(rows));
        columns(await new MinMaxScaler({ featureRange: [-2, 3] }).fitTransform(rows)).forEach((column, j) => {
          expect(Math.min(...column)).toBeCloseTo(-2, 9);
          expect(Math.max(...column)).toBeCloseTo(varies(before[j]) ? 3 : -2, 9);
        });
      }),
      runs,
    );
  });

  test('clips whatever comes into range', async () => {
    await fc.assert(
      fc.asyncProperty(table(), async (rows) => {
        const scaler = await new MinMaxScaler({ clip: true }).fit(rows);
        const far = rows.map((row) => row.map((x) => x * 1000 - 7));
        for (const value of (await scaler.transform(far)).toArray().flat()) {
          expect(value >= 0 && value <= 1).toBe(true);
        }
      }),
      runs,
    );
  });

  test('is undone by inverseTransform and learns from batches', async () => {
    await fc.assert(
      fc.asyncProperty(table(), async (rows) => {
        const scaler = await new MinMaxScaler({ featureRange: [-1, 5] }).fit(rows);
        expect(await scaler.inverseTransform(await scaler.transform(rows))).toBeAllClose(rows, { absolute: 1e-10 });
        const parts = new MinMaxScaler({ featureRange: [-1, 5] });
        await parts.partialFit(rows.slice(0, 1));
        await parts.partialFit(rows.slice(1));
        expect(parts.fitted).toEqual(scaler.fitted);
      }),
      runs,
    );
  });

  test('refuses sparse X and an empty range', async () => {
    await expect(new MinMaxScaler().fit(CsrMatrix.from([[1]]))).rejects.toThrow('Use MaxAbsScaler.');
    expect(() => new MinMaxScaler({ featureRange: [1, 1] })).toThrow(OptionError);
    expect(() => new MinMaxScaler({ featureRange: [0, Infinity] })).toThrow('two finite numbers');
  });
});

describe('MaxAbsScaler', () => {
  test('brings columns to [-1, 1], sparse as dense, and back', async () => {
    await fc.assert(
      fc.asyncProperty(table(sparseCell), async (rows) => {
        const scaler = await new MaxAbsScaler().fit(rows);
        const scaled = await scaler.transform(rows);
        columns(scaled).forEach((column) => {
          const size = Math.max(...column.map(Math.abs));
          expect(size === 0 || size === 1).toBe(true);
        });
        const sparse = await new MaxAbsScaler().fit(CsrMatrix.from(rows));
        expect(sparse.fitted).toEqual(scaler.fitted);
        expect(await sparse.transform(CsrMatrix.from(rows))).toBeAllClose(scaled);
        expect(await scaler.inverseTransform(scaled)).toBeAllClose(rows);
        const parts = new MaxAbsScaler();
        await parts.partialFit(CsrMatrix.from(rows.slice(0, 1)));
        await parts.partialFit(CsrMatrix.from(rows.slice(1)));
        expect(parts.fitted).toEqual(scaler.fitted);
      }),
      runs,
    );
  });

  test('lets a column of NaN learn from a later batch', async () => {
    const scaler = await new MaxAbsScaler().partialFit([[Number.NaN, 1]]);
    expect(scaler.fitted.maxAbs).toBeAllClose([Number.NaN, 1]);
    await scaler.partialFit([[-3, Number.NaN]]);
    expect(Array.from(scaler.fitted.maxAbs)).toEqual([3, 1]);
  });
});

describe('Normalizer', () => {
  test.each(['l1', 'l2', 'max'] as const)('gives every row but a zero one the %s norm 1, sparse as dense', async (norm) => {
    const sizes = {
      l1: (row: number[]) => row.reduce((a, x) => a + Math.abs(x), 0),
      l2: (row: number[]) => Math.hypot(...row),
      max: (row: number[]) => Math.max(...row.map(Math.abs)),
    };
    await fc.assert(
      fc.asyncProperty(table(sparseCell), async (rows) => {
        const scaled = await new Normalizer({ norm }).fitTransform(rows);
        scaled.toArray().forEach((row, i) => expect(sizes[norm](row)).toBeCloseTo(rows[i].some(Boolean) ? 1 : 0, 12));
        expect(await new Normalizer({ norm }).fitTransform(CsrMatrix.from(rows))).toBeAllClose(scaled);
      }),
      runs,
    );
  });

  test('refuses NaN and unknown norms', async () => {
    await expect(new Normalizer().fit([[Number.NaN]])).rejects.toThrow('row 0 column 0 has NaN');
    expect(() => new Normalizer({ norm: 'l3' as 'l2' })).toThrow('one of "l1", "l2", "max"');
  });
});

describe('Binarizer', () => {
  test('gives ones and zeros, sparse as dense', async () => {
    await fc.assert(
      fc.asyncProperty(table(sparseCell), fc.integer({ min: 0, max: 20 }), async (rows, threshold) => {
        const marked = await new Binarizer({ threshold }).fitTransform(rows);
        expect(marked.toArray()).toEqual(rows.map((row) => row.map((x) => (x > threshold ? 1 : 0))));
        const sparse = (await new Binarizer({ threshold }).fitTransform(CsrMatrix.from(rows))) as CsrMatrix;
        expect(sparse.toArray()).toEqual(marked.toArray());
        expect(sparse.data.every((x) => x === 1)).toBe(true);
      }),
      runs,
    );
  });

  test('refuses a negative threshold for sparse X', async () => {
    const message = 'Binarizer: a threshold of -1 would fill a sparse matrix. Use one of at least 0, or X.toDense().';
    await expect(new Binarizer({ threshold: -1 }).fitTransform(CsrMatrix.from([[1]]))).rejects.toThrow(new DataError(message));
  });
});
