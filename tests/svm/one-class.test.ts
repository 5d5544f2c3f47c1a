import { RandomState } from '../../src/core/random-state.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { OneClassSVM } from '../../src/svm/one-class-svm.ts';
import { fixture } from '../fixture.ts';

test.each(fixture('one-class').cases.map((c) => [c.name, c] as const))('%s', async (_title, { options, input, expected, tolerance }) => {
  const close = { relative: tolerance, absolute: tolerance };
  const X = input.sparse ? CsrMatrix.from(input.X) : DenseMatrix.from(input.X);
  const { decisions, scores, predicted, ...fitted } = expected;
  const model = await new OneClassSVM(options).fit(X, undefined, { sampleWeight: input.sampleWeight ?? undefined });
  for (const [name, value] of Object.entries(fitted)) expect([model.fitted[name as keyof typeof model.fitted]].flat()).toBeAllClose([value].flat(), close);
  expect(await model.decisionFunction(X)).toBeAllClose(decisions, close);
  expect(await model.scoreSamples(X)).toBeAllClose(scores, close);
  expect([...(await model.predict(X))]).toEqual(predicted);
});

const random = new RandomState(3);
const X = new DenseMatrix(100, 2, random.standardNormal(200).map((value, p) => (p < 20 ? 4 * value + 6 : value)));

test.each([0.1, 0.3, 0.6])('a share of %d of the rows at most are outliers, and at least supports the boundary', async (nu) => {
  const model = await new OneClassSVM({ nu, tol: 1e-7 }).fit(X);
  expect((await model.decisionFunction(X)).filter((value) => value < -1e-6).length).toBeLessThanOrEqual(nu * 100);
  expect(model.fitted.support.length).toBeGreaterThanOrEqual(nu * 100);
  expect(model.fitted.dualCoef.data.reduce((sum, alpha) => sum + alpha, 0)).toBeCloseTo(nu * 100, 9);
});

test('folds judge it by labels of -1 and 1', async () => {
  const y = Array.from({ length: 100 }, (_, i) => (i < 10 ? -1 : 1));
  const cv = await crossValidate(new OneClassSVM({ nu: 0.15 }), X, y, { cv: 2, scoring: 'rocAuc', workers: 1 });
  expect(cv.summary().rocAuc.mean).toBeGreaterThan(0.8);
});

test('a nu that leaves no row within the boundary is refused', async () => {
  await expect(new OneClassSVM({ nu: 1 }).fit(X)).rejects.toThrow('OneClassSVM: nu must leave rows within the boundary, all are beyond it with 1. Use a smaller nu.');
});
