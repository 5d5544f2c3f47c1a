import { digamma } from '../../src/core/digamma.ts';
import { logGamma } from '../../src/core/log-gamma.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { sampleWithoutReplacement } from '../../src/core/sample-without-replacement.ts';
import { chi2Survival, fSurvival } from '../../src/core/survival.ts';
import { chi2 } from '../../src/feature-selection/chi2.ts';
import { fClassif } from '../../src/feature-selection/f-classif.ts';
import { fRegression } from '../../src/feature-selection/f-regression.ts';
import { mutualInfoClassif, mutualInfoRegression } from '../../src/feature-selection/mutual-information.ts';
import { rRegression } from '../../src/feature-selection/r-regression.ts';
import { RFE } from '../../src/feature-selection/rfe.ts';
import { SelectFpr, SelectFdr, SelectFwe } from '../../src/feature-selection/select-by-p-value.ts';
import { SelectFromModel } from '../../src/feature-selection/select-from-model.ts';
import { SelectKBest } from '../../src/feature-selection/select-k-best.ts';
import { SelectPercentile } from '../../src/feature-selection/select-percentile.ts';
import { VarianceThreshold } from '../../src/feature-selection/variance-threshold.ts';
import { ElasticNet } from '../../src/linear/elastic-net.ts';
import { Lasso } from '../../src/linear/lasso.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { permutationImportance } from '../../src/model-selection/permutation-importance.ts';
import { RFECV } from '../../src/model-selection/rfecv.ts';
import type { Matrix } from '../../src/matrix/matrix.ts';
import { fixture, type FixtureCase } from '../fixture.ts';

const all: Record<string, any> = {
  chi2, fClassif, fRegression, rRegression, mutualInfoClassif, mutualInfoRegression, SelectKBest, SelectPercentile, SelectFpr,
  SelectFdr, SelectFwe, VarianceThreshold, SelectFromModel, RFE, RFECV, Ridge, Lasso, ElasticNet, LogisticRegression,
};
const { cases } = fixture('feature-selection');
const of = (kind: string): (readonly [string, FixtureCase])[] =>
  cases.filter((c) => c.input.kind === kind).map((c) => [`${c.input.selector ?? c.input.function ?? ''} ${c.name}`, c] as const);

function matrix(rows: any[][], sparse: boolean): Matrix {
  const dense = DenseMatrix.from(rows.map((row) => row.map(Number)));
  return sparse ? CsrMatrix.fromDense(dense) : dense;
}

test.each(of('score'))('%s', (_title, { options, input, expected, tolerance }) => {
  const close = { relative: tolerance, absolute: tolerance };
  const result = all[input.function](matrix(input.X, input.sparse), input.y, options);
  expect(result.scores ?? result).toBeAllClose(expected.scores, close);
  if (expected.pvalues) expect(result.pvalues).toBeAllClose(expected.pvalues, { relative: 1e-9, absolute: 1e-15 });
});

test.each(of('select'))('%s', async (_title, { options, input, expected: { columns, ...fitted }, tolerance }) => {
  const close = { relative: tolerance, absolute: tolerance };
  const threshold = options.threshold === '-Infinity' ? { threshold: -Infinity } : {};
  const norm = options.normOrder === 'Infinity' ? { normOrder: Infinity } : {};
  const model = input.model ? { estimator: new all[input.model](input.modelOptions) } : {};
  const selector = new all[input.selector]({ ...options, ...threshold, ...norm, ...model });
  const X = matrix(input.X, input.sparse);
  await selector.fit(X, input.y ?? undefined, { sampleWeight: input.sampleWeight ?? undefined });
  expect(Array.from(selector.fitted.columns)).toEqual(columns);
  for (const [name, value] of Object.entries(fitted)) expect([selector.fitted[name]]).toBeAllClose(value, close);
  if (columns.length > 0) expect(await selector.transform(X)).toEqual(columns.length === X.cols ? X : X.takeCols(columns));
});

test.each(of('permute'))('permutation importance %s', async (_title, { options, input, expected, tolerance }) => {
  const close = { relative: tolerance, absolute: tolerance };
  const X = matrix(input.X, false);
  const model = await new all[input.model](input.modelOptions).fit(X, input.y);
  const settings = { ...options, sampleWeight: input.sampleWeight };
  const result = await permutationImportance(model, X, input.y, settings);
  expect(result.importances).toBeAllClose(expected.importances, close);
  expect(result.importancesMean).toBeAllClose(expected.mean, close);
  expect(result.importancesStd).toBeAllClose(expected.std, close);
  const sparse = await permutationImportance(model, CsrMatrix.fromDense(X as DenseMatrix), input.y, settings);
  expect(sparse.importances).toBeAllClose(expected.importances, close);
});

const functions: Record<string, (...values: number[]) => number> = { fSurvival, chi2Survival, logGamma, digamma };

test.each(of('tail'))('%s', (_title, { input, expected, tolerance }) => {
  for (const row of expected as number[][]) {
    const given = row.slice(0, -1);
    const value = functions[input.function](...given);
    expect([...given, value]).toBeAllClose(row, { relative: tolerance, absolute: input.function.endsWith('Survival') ? 1e-300 : tolerance });
  }
});

test.each(of('draw'))('%s', (_title, { expected }) => {
  for (const [n, size, seed, rows] of expected) expect(Array.from(sampleWithoutReplacement(new RandomState(seed), n, size))).toEqual(rows);
});
