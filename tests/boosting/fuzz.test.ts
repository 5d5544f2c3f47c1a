import fc from 'fast-check';
import { withoutKernels } from '../../src/kernels/kernel-memory.ts';
import { HistGradientBoostingClassifier } from '../../src/boosting/hist-gradient-boosting-classifier.ts';
import { HistGradientBoostingRegressor } from '../../src/boosting/hist-gradient-boosting-regressor.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';

/** A table of mixed columns: smooth, rounded, constant, all missing, categories; some values missing. */
function randomTable(seed: number, rows: number): { X: DenseMatrix; y: Float64Array; weights: Float64Array } {
  const random = new RandomState(seed);
  const X = new DenseMatrix(rows, 6);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const [a, b, c] = [random.standardNormal(), Math.round(4 * random.standardNormal()), random.randint(6)];
    X.data.set([a, b, 3, Number.NaN, c, random.randomSample() < 0.5 ? 0 : a * b], 6 * i);
    if (random.randomSample() < 0.2) X.data[6 * i + random.randint(6)] = Number.NaN;
    y[i] = Math.abs(a + (c % 3) + 0.5 * random.standardNormal()) + 0.01;
  }
  return { X, y, weights: y.map(() => Math.round(3 * random.randomSample())) };
}

const plans = fc.record({
  seed: fc.nat(1e6),
  rows: fc.integer({ min: 1, max: 120 }),
  weighted: fc.boolean(),
  loss: fc.constantFrom('squaredError', 'absoluteError', 'huber', 'quantile', 'poisson', 'gamma', 'two', 'three'),
  options: fc.record({
    maxIter: fc.integer({ min: 1, max: 4 }),
    maxLeafNodes: fc.constantFrom(2, 5, 31, null),
    maxDepth: fc.constantFrom(null, 1, 3),
    minSamplesLeaf: fc.constantFrom(1, 3, 10),
    l2Regularization: fc.constantFrom(0, 2),
    maxBins: fc.constantFrom(2, 6, 255),
    maxFeatures: fc.constantFrom(1, 0.4),
    colsampleByTree: fc.constantFrom(1, 0.5),
    subsample: fc.constantFrom(1, 0.6),
    categoricalFeatures: fc.constantFrom(null, [4], [1, 4]),
    interactionCst: fc.constantFrom(null, 'noInteractions', [[0, 4], [4, 5]]),
    randomState: fc.nat(100),
  }),
});

test('kernels and twins grow the same trees, and predictions are numbers', async () => {
  await fc.assert(
    fc.asyncProperty(plans, async ({ seed, rows, weighted, loss, options }) => {
      const { X, y, weights } = randomTable(seed, rows);
      // Columns with more categories than bins are an error of their own.
      if (options.maxBins < 255 && options.categoricalFeatures !== null) return;
      const sampleWeight = weighted && weights.some((w) => w > 0) ? weights : undefined;
      const isClass = loss === 'two' || loss === 'three';
      const labels = Array.from(y, (v, i) => (loss === 'two' ? (v + i) % 2 < 1 : Math.floor(v + i) % 3));
      if (isClass && new Set(labels).size < 2) return;
      const fit = (): Promise<any> =>
        isClass
          ? new HistGradientBoostingClassifier(options as object).fit(X, labels, { sampleWeight })
          : new HistGradientBoostingRegressor({ ...(options as object), loss: loss as 'huber', quantile: 0.7 }).fit(X, y, { sampleWeight });
      const compiled = await fit();
      // All that computes runs before fit first awaits.
      const plain = await withoutKernels(fit);
      expect(plain.fitted).toEqual(compiled.fitted);
      const predict = (model: any): Promise<any> => (isClass ? model.predictProba(X) : model.predict(X));
      const predicted = await predict(compiled);
      const numbers: Float64Array = predicted.data ?? predicted;
      expect(numbers.every(Number.isFinite)).toBe(true);
      expect(await withoutKernels(() => predict(compiled))).toEqual(predicted);
    }),
    { numRuns: 80, seed: 5 },
  );
});
