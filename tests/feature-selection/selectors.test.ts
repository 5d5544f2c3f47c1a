import fc from 'fast-check';
import { chi2 } from '../../src/feature-selection/chi2.ts';
import { CorrelationFilter } from '../../src/feature-selection/correlation-filter.ts';
import { fClassif } from '../../src/feature-selection/f-classif.ts';
import { fRegression } from '../../src/feature-selection/f-regression.ts';
import { GenericUnivariateSelect } from '../../src/feature-selection/generic-univariate-select.ts';
import { mutualInfoClassif, mutualInfoRegression } from '../../src/feature-selection/mutual-information.ts';
import { RFE } from '../../src/feature-selection/rfe.ts';
import { SelectFdr, SelectFpr, SelectFwe } from '../../src/feature-selection/select-by-p-value.ts';
import { SelectFromModel } from '../../src/feature-selection/select-from-model.ts';
import { SelectKBest } from '../../src/feature-selection/select-k-best.ts';
import { SelectPercentile } from '../../src/feature-selection/select-percentile.ts';
import { VarianceThreshold } from '../../src/feature-selection/variance-threshold.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { permutationImportance } from '../../src/model-selection/permutation-importance.ts';
import { RFECV } from '../../src/model-selection/rfecv.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { Table } from '../../src/table/table.ts';

const X = DenseMatrix.from(Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.sin(i) + 0.01 * Math.cos(9 * i), Math.cos(5 * i), Math.sin(11 * i), 2]));
const y = Array.from({ length: 30 }, (_, i) => 3 * Math.sin(i) - Math.cos(5 * i) + 0.05 * Math.sin(40 * i));
const labels = y.map((value) => (value > 0 ? 'high' : 'low'));

describe('a selector', () => {
  test('tells what it kept by marks, by names, and by putting columns back', async () => {
    const selector = await new SelectKBest({ scoreFunc: 'fRegression', k: 2 }).fit(X, y);
    expect(selector.getSupport()).toEqual([true, true, false, false, false]);
    expect(selector.featureNamesOut()).toEqual(['x0', 'x1']);
    expect(selector.featureNamesOut(['a', 'b', 'c', 'd', 'e'])).toEqual(['a', 'b']);
    expect(() => selector.featureNamesOut(['a'])).toThrow('SelectKBest: there must be a name for each of 5 columns, got 1');
    const kept = await selector.transform(X.take([0, 7]));
    const back = await selector.inverseTransform(kept);
    expect(back.toArray()).toEqual([0, 7].map((i) => [X.at(i, 0), X.at(i, 1), 0, 0, 0]));
    expect(await selector.inverseTransform(CsrMatrix.fromDense(kept as DenseMatrix))).toEqual(CsrMatrix.fromDense(back as DenseMatrix));
    await expect(selector.inverseTransform(X)).rejects.toThrow('SelectKBest: X has 5 columns, but 2 were kept in fit');
  });

  test('refuses to hand on nothing', async () => {
    const none = await new SelectKBest({ k: 0 }).fit(X, labels);
    expect([...none.fitted.columns]).toEqual([]);
    await expect(none.transform(X)).rejects.toThrow('SelectKBest: at least one column must be kept, but none of 5 was');
  });

  test('needs y, p-values where it goes by them, and one score per column', async () => {
    await expect(new SelectKBest().fit(X)).rejects.toThrow('SelectKBest: y must be given, got undefined');
    await expect(new SelectFpr({ scoreFunc: 'rRegression' }).fit(X, y)).rejects.toThrow('SelectFpr: scoreFunc must give p-values, got scores only');
    await expect(new SelectKBest({ scoreFunc: () => Float64Array.of(1) }).fit(X, y)).rejects.toThrow('scoreFunc must give one score per column (5)');
    await expect(new SelectKBest({ scoreFunc: 'fRegression' }).fit(X, labels)).rejects.toThrow('rRegression: y must hold finite numbers, row 0 has "low"');
    await expect(new SelectKBest({ scoreFunc: 'chi2' }).fit(X, labels)).rejects.toThrow('chi2: X must not be negative');
    await expect(new SelectFromModel().fit(X, y)).rejects.toThrow('SelectFromModel: estimator must be a classifier or a regressor, got undefined');
  });

  test('takes a score function of one’s own', async () => {
    const selector = new SelectKBest({ scoreFunc: (matrix) => Float64Array.from({ length: matrix.cols }, (_, j) => -j), k: 1 });
    expect([...(await selector.fit(X, y)).fitted.columns]).toEqual([0]);
  });
});

describe('scores', () => {
  const tables = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }), fc.constantFrom('a', 'b', 'c')), { minLength: 8, maxLength: 30 });

  test('do not depend on the order of rows, and are the same of a sparse matrix', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        fc.pre(new Set(rows.map(([, , label]) => label)).size > 1);
        const matrix = (order: typeof rows): DenseMatrix => DenseMatrix.from(order.map(([a, b]) => [a, b]));
        const names = (order: typeof rows): string[] => order.map(([, , label]) => label);
        const back = [...rows].reverse();
        for (const score of [chi2, fClassif]) {
          const { scores } = score(matrix(rows), names(rows));
          expect(score(matrix(back), names(back)).scores).toBeAllClose(scores, { relative: 1e-6, absolute: 1e-6 });
          expect(score(CsrMatrix.fromDense(matrix(rows)), names(rows)).scores).toBeAllClose(scores, { relative: 1e-9, absolute: 1e-9 });
        }
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  test('F of a regression is the square of t for two classes', () => {
    const two = labels.map((label) => (label === 'high' ? 1 : 0));
    expect(fRegression(X, two).scores.subarray(0, 4)).toBeAllClose(fClassif(X, two).scores.subarray(0, 4), { relative: 1e-9 });
  });

  test('mutual information sees what correlation cannot, and nothing where there is nothing', () => {
    const x = Array.from({ length: 300 }, (_, i) => Math.sin(1.7 * i) * 3);
    const matrix = DenseMatrix.from(x.map((value, i) => [value, Math.sin(31.7 * i * i)]));
    const squared = mutualInfoRegression(matrix, x.map((value) => value * value));
    expect(squared[0]).toBeGreaterThan(1);
    expect(squared[1]).toBeLessThan(0.15);
    const kinds = mutualInfoClassif(matrix, x.map((value) => (Math.abs(value) > 1.5 ? 'far' : 'near')));
    expect(kinds[0]).toBeGreaterThan(0.5);
  });

  test('mutual information refuses measurements in a sparse matrix and columns that are none', () => {
    expect(() => mutualInfoClassif(CsrMatrix.fromDense(X), labels, { discreteFeatures: false })).toThrow('a sparse X must hold categories only');
    expect(() => mutualInfoClassif(X, labels, { discreteFeatures: [9] })).toThrow('discreteFeatures must be positions of columns');
    expect(() => mutualInfoClassif(X, labels, { nNeighbors: 0 })).toThrow('nNeighbors must be a whole number of at least 1');
    expect(() => mutualInfoRegression(X.take([0, 1]), [1, 2])).toThrow('there must be more rows than nNeighbors 3, got 2');
  });
});

describe('CorrelationFilter', () => {
  test('keeps of two columns the one that is better related to y', async () => {
    const twins = DenseMatrix.from(X.toArray().map(([a, b, c, d]) => [b, c, a, d]));
    const filter = await new CorrelationFilter({ threshold: 0.9 }).fit(twins, y);
    expect([...filter.fitted.columns]).toEqual([1, 2, 3]);
    expect([...filter.fitted.standsFor]).toEqual([2, 1, 2, 3]);
    const byClass = await new CorrelationFilter({ threshold: 0.9 }).fit(twins, labels);
    expect(byClass.fitted.columns).toHaveLength(3);
  });

  test('keeps the first of two without y or on request, and a constant column always', async () => {
    for (const filter of [await new CorrelationFilter().fit(X), await new CorrelationFilter({ keep: 'first' }).fit(X, y)]) {
      expect([...filter.fitted.columns]).toEqual([0, 2, 3, 4]);
    }
    expect([...(await new CorrelationFilter({ threshold: 1 }).fit(X)).fitted.columns]).toEqual([0, 1, 2, 3, 4]);
  });

  test('leaves no pair of columns above the threshold, sparse as dense', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 5, maxLength: 5 }), { minLength: 6, maxLength: 12 }), async (rows) => {
        const matrix = DenseMatrix.from(rows);
        const filter = await new CorrelationFilter({ threshold: 0.6 }).fit(matrix);
        const kept = (await filter.transform(matrix)) as DenseMatrix;
        for (let i = 0; i < kept.cols; i++) for (let j = 0; j < i; j++) expect(Math.abs(correlation(kept.col(i), kept.col(j)))).toBeLessThanOrEqual(0.6 + 1e-9);
        expect((await new CorrelationFilter({ threshold: 0.6 }).fit(CsrMatrix.fromDense(matrix))).fitted.columns).toEqual(filter.fitted.columns);
      }),
      { seed: 8, numRuns: 50 },
    );
  });
});

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (x: Float64Array): number => x.reduce((sum, value) => sum + value, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  const sum = (f: (i: number) => number): number => a.reduce((total, _, i) => total + f(i), 0);
  const size = Math.sqrt(sum((i) => (a[i] - ma) ** 2) * sum((i) => (b[i] - mb) ** 2));
  return size < 1e-12 ? 0 : sum((i) => (a[i] - ma) * (b[i] - mb)) / size;
}

describe('selection by a model', () => {
  test('changes options of the model inside, in a pipeline too, and learns nothing into the one given', async () => {
    const ridge = new Ridge({ alpha: 1 });
    const selector = new SelectFromModel({ estimator: ridge });
    expect(selector.with({ estimator: { alpha: 9 } as never }).options.estimator.options).toMatchObject({ alpha: 9 });
    const pipeline = new Pipeline([['scale', new StandardScaler()], ['select', new RFE({ estimator: ridge, nFeaturesToSelect: 2 })], ['model', new Ridge()]]);
    await pipeline.fit(X, y);
    expect([...pipeline.namedSteps.select.fitted.columns]).toHaveLength(2);
    expect(ridge.isFitted).toBe(false);
  });

  test('asks a model that is fitted already, a pipeline’s last stage too', async () => {
    const ridge = await new Ridge().fit(X, y);
    const selector = await new SelectFromModel({ estimator: ridge, prefit: true }).fit(X);
    expect(selector.fitted.importances).toEqual(ridge.fitted.coef.map(Math.abs));
    await expect(new SelectFromModel({ estimator: new Ridge(), prefit: true }).fit(X)).rejects.toThrow('estimator must be fitted with prefit');
    const pipeline = new Pipeline([['scale', new StandardScaler()], ['model', new Ridge()]]);
    expect((await new SelectFromModel({ estimator: pipeline }).fit(X, y)).fitted.importances).toHaveLength(5);
  });

  test('refuses thresholds and models it cannot use', async () => {
    expect(() => new SelectFromModel({ estimator: new Ridge(), threshold: '2*mode' })).toThrow("threshold must be a number, 'mean', 'median'");
    expect(() => new RFE({ estimator: new StandardScaler() as never })).toThrow('RFE: estimator must be a classifier or a regressor');
    await expect(new RFE({ estimator: new Ridge(), importanceGetter: 'weights' }).fit(X, y)).rejects.toThrow('estimator must have weights among what it has learned');
    await expect(new RFECV({ estimator: new Ridge() }).fit(X)).rejects.toThrow('RFECV: y must be given');
  });
});

describe('VarianceThreshold', () => {
  test('refuses to drop every column', async () => {
    await expect(new VarianceThreshold({ threshold: 9 }).fit(X)).rejects.toThrow('VarianceThreshold: at least one column must have a variance above 9, none of 5 has');
    await expect(new VarianceThreshold().fit(X.take([0]))).rejects.toThrow('since there is one row only');
  });
});

describe('permutationImportance', () => {
  test('takes the raw columns of a table through a pipeline', async () => {
    const table = Table.from({ a: [...X.col(0)], b: [...X.col(2)], c: [...X.col(3)] });
    const model = {
      inner: new Ridge(),
      clone: () => model,
      rows: (t: Table) => DenseMatrix.from(Array.from({ length: t.rows }, (_, i) => t.names.map((name) => t.numbers(name)[i]))),
      fit: (t: Table, target: number[]) => model.inner.fit(model.rows(t), target),
      predict: (t: Table) => model.inner.predict(model.rows(t)),
    };
    await model.fit(table, y);
    const result = await permutationImportance(model as never, table as never, y, { randomState: 1 });
    expect(result.names).toEqual(['a', 'b', 'c']);
    expect(result.baseline).toBeGreaterThan(0.98);
    expect(result.importancesMean[0]).toBeGreaterThan(result.importancesMean[1]);
    expect(Math.abs(result.importancesMean[2])).toBeLessThan(0.05);
  });

  test('refuses more rows than there are', async () => {
    const model = await new Ridge().fit(X, y);
    await expect(permutationImportance(model, X, y, { maxSamples: 31 })).rejects.toThrow('maxSamples must leave 1 to 30 rows, got 31');
    await expect(permutationImportance(model, X, y.slice(1))).rejects.toThrow('X has 30 rows, but y has 29');
  });
});

test('a selector whose rule is an option keeps what the selector of that rule keeps', async () => {
  const selectors = { percentile: new SelectPercentile({ percentile: 40 }), kBest: new SelectKBest({ k: 3 }), fpr: new SelectFpr({ alpha: 0.2 }), fdr: new SelectFdr({ alpha: 0.2 }), fwe: new SelectFwe({ alpha: 0.2 }) };
  const params = { percentile: 40, kBest: 3, fpr: 0.2, fdr: 0.2, fwe: 0.2 };
  for (const [mode, selector] of Object.entries(selectors) as [keyof typeof params, SelectFpr][]) {
    const generic = await new GenericUnivariateSelect({ mode, param: params[mode] }).fit(X, labels);
    expect(generic.fitted).toEqual((await selector.fit(X, labels)).fitted);
  }
  expect((await new GenericUnivariateSelect({ mode: 'kBest', param: 'all' }).fit(X, labels)).fitted.columns.length).toBe(5);
  await expect(new GenericUnivariateSelect({ param: 'all' }).fit(X, labels)).rejects.toThrow("GenericUnivariateSelect: param must be a number with mode 'percentile', got 'all'.");
  await expect(new GenericUnivariateSelect({ mode: 'fpr', param: 3 }).fit(X, labels)).rejects.toThrow('SelectFpr: alpha must be a number in [0, 1], got 3.');
});
