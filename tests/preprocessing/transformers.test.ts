import fc from 'fast-check';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { KBinsDiscretizer } from '../../src/preprocessing/k-bins-discretizer.ts';
import { OutlierClipper } from '../../src/preprocessing/outlier-clipper.ts';
import { PolynomialFeatures } from '../../src/preprocessing/polynomial-features.ts';
import { PowerTransformer } from '../../src/preprocessing/power-transformer.ts';
import { QuantileTransformer } from '../../src/preprocessing/quantile-transformer.ts';
import { quantiles } from '../../src/core/quantiles.ts';
import { RobustScaler } from '../../src/preprocessing/robust-scaler.ts';
import { SplineTransformer } from '../../src/preprocessing/spline-transformer.ts';

const seeded = { seed: 6, numRuns: 50 };
const column = fc.array(fc.integer({ min: -500, max: 500 }).map((n) => n / 8), { minLength: 3, maxLength: 30 }).map((values) => values.map((x) => [x]));
const near = { relative: 1e-9, absolute: 1e-7 };

describe('inverseTransform undoes transform', () => {
  test.each([
    ['RobustScaler', () => new RobustScaler()],
    ['RobustScaler to unit variance', () => new RobustScaler({ unitVariance: true, quantileRange: [10, 90] })],
    ['QuantileTransformer', () => new QuantileTransformer()],
    ['QuantileTransformer to normal', () => new QuantileTransformer({ outputDistribution: 'normal' })],
  ] as const)('of %s', (_name, make) =>
    fc.assert(
      fc.asyncProperty(column, async (X) => {
        const stage = make();
        expect(await stage.inverseTransform(await stage.fitTransform(X))).toBeAllClose(X, near);
      }),
      seeded,
    ));

  test.each(['yeoJohnson', 'boxCox'] as const)('of PowerTransformer by %s', async (method) => {
    const X = Array.from({ length: 25 }, (_, i) => [Math.exp(i / 6), 1 + ((i * 7) % 25)]);
    const stage = new PowerTransformer({ method });
    expect(await stage.inverseTransform(await stage.fitTransform(X))).toBeAllClose(X, near);
  });
});

describe('bins', () => {
  test('partition the line: one bin per value, in the order of the values, between its edges', () =>
    fc.assert(
      fc.asyncProperty(column, fc.constantFrom('uniform' as const, 'quantile' as const, 'kmeans' as const), async (X, strategy) => {
        const stage = await new KBinsDiscretizer({ nBins: 4, encode: 'ordinal', strategy }).fit(X);
        const edges = stage.fitted.binEdges[0];
        const bins = (await stage.transform(X)).toArray().flat();
        bins.forEach((bin, i) => {
          const [x] = X[i];
          expect(Number.isInteger(bin) && bin >= 0 && bin < edges.length - 1).toBe(true);
          if (bin > 0) expect(x).toBeGreaterThanOrEqual(edges[bin]);
          if (bin < edges.length - 2) expect(x).toBeLessThan(edges[bin + 1]);
        });
        const oneHot = await new KBinsDiscretizer({ nBins: 4, encode: 'onehotDense', strategy }).fit(X);
        for (const row of (await oneHot.transform(X)).toArray()) expect(row.reduce((a, b) => a + b, 0)).toBe(1);
        expect((await oneHot.inverseTransform(await oneHot.transform(X))).toArray()).toEqual((await stage.inverseTransform(await stage.transform(X))).toArray());
      }),
      seeded,
    ));

  test('note constant columns and bins that were joined', async () => {
    const stage = await new KBinsDiscretizer({ nBins: 3 }).fit([[1, 0], [1, 0], [1, 0], [1, 9]]);
    expect(stage.fitted.notes[0]).toBe('KBinsDiscretizer: column 0 is constant and becomes 0.');
    expect(stage.fitted.notes[1]).toMatch(/^KBinsDiscretizer: column 1 has \d bins? instead of 3/);
  });

  test('of a column too narrow for any bin count it as constant', async () => {
    const X = [[0, 1], [1e-9, 2], [0, 3]];
    for (const strategy of ['quantile', 'kmeans'] as const) {
      const stage = await new KBinsDiscretizer({ nBins: 2, encode: 'onehotDense', strategy }).fit(X);
      expect(stage.fitted.nBins).toEqual(Int32Array.of(1, 2));
      expect((await stage.transform(X)).toDense().toArray().map(([first]) => first)).toEqual([1, 1, 1]);
    }
    const weighed = await new KBinsDiscretizer({ nBins: 2, encode: 'ordinal' }).fit([[5], [0], [5]], undefined, { sampleWeight: [1, 0, 1] });
    expect([...weighed.fitted.binEdges[0]]).toEqual([-Infinity, Infinity]);
  });

  test('of whole weights equal those of repeated rows', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: 0, max: 3 })), { minLength: 8, maxLength: 30 }),
        fc.constantFrom('uniform', 'quantile'),
        async (rows, strategy) => {
          fc.pre(rows.some(([, weight]) => weight > 0));
          const options = { nBins: 4, encode: 'ordinal', strategy } as const;
          const weighted = await new KBinsDiscretizer(options).fit(rows.map(([x]) => [x]), undefined, { sampleWeight: rows.map(([, weight]) => weight) });
          const repeated = await new KBinsDiscretizer(options).fit(rows.flatMap(([x, weight]) => Array.from({ length: weight }, () => [x])));
          expect(weighted.fitted.binEdges).toEqual(repeated.fitted.binEdges);
        },
      ),
      seeded,
    ));
});

describe('quantiles', () => {
  test('rise with their level and stay within the data', () =>
    fc.assert(
      fc.property(column, (X) => {
        const sorted = Float64Array.from(X.flat()).sort();
        const read = quantiles(sorted, [0, 0.1, 0.5, 0.73, 1]);
        for (let k = 1; k < read.length; k++) expect(read[k]).toBeGreaterThanOrEqual(read[k - 1]);
        expect([read[0], read[4]]).toEqual([sorted[0], sorted[sorted.length - 1]]);
      }),
      seeded,
    ));

  test('make shares that rise with the values', () =>
    fc.assert(
      fc.asyncProperty(column, async (X) => {
        const sorted = [...X].sort(([a], [b]) => a - b);
        const shares = (await new QuantileTransformer().fitTransform(sorted)).toArray().flat();
        shares.forEach((share, i) => i > 0 && expect(share).toBeGreaterThanOrEqual(shares[i - 1]));
      }),
      seeded,
    ));
});

describe('OutlierClipper', () => {
  const X = [[1], [2], [3], [4], [5], [100]];

  test('clips by standard deviations of the population', async () => {
    const clipper = await new OutlierClipper({ method: 'sigma', factor: 1 }).fit(X);
    const values = X.flat();
    const mean = values.reduce((a, b) => a + b, 0) / 6;
    const sigma = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 6);
    expect(clipper.fitted.upper[0]).toBeCloseTo(mean + sigma, 12);
    expect(clipper.fitted.lower[0]).toBeCloseTo(mean - sigma, 12);
  });

  test('clips by quantiles, and on one side only', async () => {
    const clipper = await new OutlierClipper({ method: 'quantile', quantiles: [0, 0.8], sides: 'upper' }).fit(X);
    expect((await clipper.transform([[-1e9], [99]])).toArray()).toEqual([[-1e9], [5]]);
  });

  test('drops no row, keeps missing values, and leaves what lies within alone', async () => {
    const clipper = await new OutlierClipper().fit([...X, [NaN]]);
    expect((await clipper.transform([[NaN], [4], [1000]])).toArray()).toEqual([[NaN], [4], [8.5]]);
  });

  test('sets no limit on a column without values', async () => {
    const clipper = await new OutlierClipper().fit([[NaN], [NaN]]);
    expect((await clipper.transform([[7]])).toArray()).toEqual([[7]]);
  });

  test('clips twice as once', () =>
    fc.assert(
      fc.asyncProperty(column, async (rows) => {
        const clipper = await new OutlierClipper({ factor: 0.5 }).fit(rows);
        const once = await clipper.transform(rows);
        expect((await clipper.transform(once)).toArray()).toEqual(once.toArray());
      }),
      seeded,
    ));
});

test('polynomial features are products by their powers', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 }), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 6 }), async (rows) => {
      const stage = await new PolynomialFeatures({ degree: 3 }).fit(rows);
      const { powers } = stage.fitted;
      const expected = rows.map((row) => Array.from({ length: powers.rows }, (_, c) => row.reduce((product, x, j) => product * x ** powers.at(c, j), 1)));
      expect((await stage.transform(rows)).toArray()).toBeAllClose(expected);
      expect((await stage.transform(CsrMatrix.from(rows))).toArray()).toBeAllClose(expected);
    }),
    seeded,
  ));

test('splines sum to one within the knots', () =>
  fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 5, maxLength: 20 }), fc.integer({ min: 0, max: 4 }), async (values, degree) => {
      const X = values.map((x) => [x]);
      for (const extrapolation of ['constant', 'linear', 'continue'] as const) {
        const rows = (await new SplineTransformer({ degree, extrapolation }).fitTransform(X)).toArray();
        for (const row of rows) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
      }
    }),
    seeded,
  ));

test('splines go on below first knots that coincide', async () => {
  const X = [[0], [0], [0], [1], [2], [3]];
  for (const degree of [1, 2, 3]) {
    const options = { degree, knots: 'quantile' } as const;
    const constant = await new SplineTransformer({ ...options, extrapolation: 'constant' }).fit(X);
    expect((await constant.transform([[-1]])).toArray()).toEqual((await constant.transform([[0]])).toArray());
    const linear = await new SplineTransformer({ ...options, extrapolation: 'linear' }).fit(X);
    const [start, below] = (await linear.transform([[0], [-1]])).toArray();
    expect(start.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(below.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(below).not.toEqual(start);
  }
});

test('splines of NaN are zeros in every column, sparse or dense', async () => {
  const X = [[0, 0], [1, 2], [2, NaN], [NaN, 5]];
  for (const extrapolation of ['continue', 'periodic', 'error', 'constant', 'linear'] as const) {
    const options = { degree: 1, nKnots: 3, extrapolation, handleMissing: 'zeros' } as const;
    const dense = (await new SplineTransformer(options).fitTransform(X)).toArray();
    const width = dense[0].length / 2;
    expect(dense[2].slice(width)).toEqual(new Array(width).fill(0));
    expect(dense[3].slice(0, width)).toEqual(new Array(width).fill(0));
    expect((await new SplineTransformer({ ...options, sparseOutput: true }).fitTransform(X)).toArray()).toEqual(dense);
  }
});

describe('refusals', () => {
  const X = DenseMatrix.from([[1, 0], [2, 5], [3, 5]]);

  test('sparse matrices that would be filled', async () => {
    const sparse = CsrMatrix.fromDense(X);
    await expect(new RobustScaler().fit(sparse)).rejects.toThrow('withCentering: true would fill a sparse matrix. Use withCentering: false.');
    for (const stage of [new PowerTransformer(), new KBinsDiscretizer(), new SplineTransformer(), new OutlierClipper()]) {
      await expect(stage.fit(sparse)).rejects.toThrow(/must be dense/);
    }
    await expect(new QuantileTransformer().fit(CsrMatrix.from([[-1, 0]]))).rejects.toThrow('a sparse X must not be negative');
  });

  test('what Box–Cox cannot take, by row and column', async () => {
    await expect(new PowerTransformer({ method: 'boxCox' }).fit(X)).rejects.toThrow("X must be positive for 'boxCox', row 0 column 1 has 0");
    await expect(new PowerTransformer({ method: 'boxCox' }).fit([[5], [5]])).rejects.toThrow("column 0 must not be constant for 'boxCox'");
    await expect(new PowerTransformer().fit([[NaN], [NaN]])).rejects.toThrow('column 0 has only NaN');
  });

  test('options that do not fit the data', async () => {
    await expect(new KBinsDiscretizer({ nBins: [2] }).fit(X)).rejects.toThrow('nBins must be one per column (2), got 1');
    await expect(new QuantileTransformer({ nQuantiles: 50, subsample: 10 }).fit(X)).rejects.toThrow('nQuantiles must be at most subsample (10), got 50');
    await expect(new PolynomialFeatures({ degree: 0, includeBias: false }).fit(X)).rejects.toThrow('degree must be at least 1 without a bias');
    await expect(new SplineTransformer({ knots: [[0], [1]] }).fit(X)).rejects.toThrow('knots must have one value per column (2), row 0 has 1');
    await expect(new SplineTransformer({ knots: [[0, 0], [1, 0]] }).fit(X)).rejects.toThrow('knots of column 1 must ascend, got 0 after 0');
    await expect(new SplineTransformer({ extrapolation: 'periodic', nKnots: 3 }).fit(X)).rejects.toThrow("knots must be more than degree for 'periodic'");
    await expect(new SplineTransformer().fit([[1]])).rejects.toThrow('X must have at least 2 rows, got 1');
  });

  test('values beyond the knots, and NaN', async () => {
    const splines = await new SplineTransformer({ extrapolation: 'error' }).fit(X);
    await expect(splines.transform([[9, 1]])).rejects.toThrow('X must lie between the knots 1 and 3, row 0 column 0 has 9');
    await expect(splines.transform([[NaN, 1]])).rejects.toThrow('row 0 column 0 has NaN');
    await expect(new KBinsDiscretizer().fit([[1], [NaN]])).rejects.toThrow('row 1 column 0 has NaN');
  });

  test('quantile methods that know no weights', async () => {
    await expect(new KBinsDiscretizer({ quantileMethod: 'linear' }).fit(X, undefined, { sampleWeight: [1, 2, 3] })).rejects.toThrow(
      "KBinsDiscretizer: quantileMethod must be 'averagedInvertedCdf' or 'invertedCdf' with sampleWeight, got 'linear'.",
    );
  });

  test('bins that there are not', async () => {
    const bins = await new KBinsDiscretizer({ nBins: 2, encode: 'ordinal' }).fit(X);
    await expect(bins.inverseTransform([[5, 0]])).rejects.toThrow('bins of column 0 must be 0 … 1, row 0 has 5');
  });
});
