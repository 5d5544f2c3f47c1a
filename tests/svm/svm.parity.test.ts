import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { isMatrix, type Matrix } from '../../src/matrix/matrix.ts';
import { LinearSVC } from '../../src/svm/linear-svc.ts';
import { LinearSVR } from '../../src/svm/linear-svr.ts';
import { NuSVC } from '../../src/svm/nu-svc.ts';
import { NuSVR } from '../../src/svm/nu-svr.ts';
import { SolverRandom } from '../../src/svm/solver-random.ts';
import { SVC } from '../../src/svm/svc.ts';
import { SVR } from '../../src/svm/svr.ts';
import { fixture } from '../fixture.ts';
import { dataSets, gramOf } from './data-sets.ts';

const estimators: Record<string, new (options: any) => any> = { LinearSVC, LinearSVR, SVC, SVR, NuSVC, NuSVR };
const firstRows = (X: Matrix, count: number): Matrix => X.take(Int32Array.from({ length: count }, (_, i) => i));

/** A case's options; class weights by label that is not text are pairs in JSON. */
const optionsOf = ({ classWeight, ...options }: any): object => ({
  ...options,
  ...(classWeight === undefined ? {} : { classWeight: Array.isArray(classWeight) ? new Map(classWeight) : classWeight }),
});

async function check(X: Matrix, { options, input, expected, tolerance }: any): Promise<any> {
  const model = new estimators[input.estimator](optionsOf(options));
  await model.fit(X, dataSets[input.data].y, { sampleWeight: input.sampleWeight ?? undefined });
  const close = { relative: tolerance, absolute: tolerance };
  const tested = firstRows(X, input.tested);
  const { fitted } = model;
  for (const name of ['coef', 'dualCoef'] as const) {
    if (expected[name] === undefined) continue;
    expect(isMatrix(fitted[name]) ? fitted[name].toArray().flat() : fitted[name]).toBeAllClose(expected[name].flat(), close);
  }
  expect(input.estimator === 'LinearSVR' ? [fitted.intercept] : spread(fitted.intercept, expected.intercept)).toBeAllClose(expected.intercept, close);
  if (expected.support) expect([...fitted.support]).toEqual(expected.support);
  if (expected.nSupport) expect([...fitted.nSupport]).toEqual(expected.nSupport);
  if (expected.converged !== undefined) expect(fitted.converged).toBe(expected.converged);
  if (expected.classes) {
    expect(fitted.classes).toEqual(expected.classes);
    expect(await model.decisionFunction(tested)).toBeAllClose(expected.decision, close);
    expect(await model.predict(tested)).toEqual(expected.predicted);
  } else expect(await model.predict(tested)).toBeAllClose(expected.predicted, close);
  if (expected.probability) expect(await model.predictProba(tested)).toBeAllClose(expected.probability, close);
  return fitted;
}

/** scikit-learn gives one 0 where there is no intercept. */
const spread = (own: Float64Array, expected: number[]): ArrayLike<number> => (expected.length === 1 && expected[0] === 0 ? own.slice(0, 1) : own);

const cases = fixture('svm').cases;
const models = cases.filter(({ input }) => input.estimator !== undefined);

test.each(models.map((c) => [c.name, c] as const))('%s', async (_, kase) => {
  const { X } = dataSets[kase.input.data];
  const fitted = await check(kase.input.isKernel ? gramOf(X) : X, kase);
  expect(typeof fitted.iterations === 'number' ? [fitted.iterations] : [...fitted.iterations]).toEqual([kase.expected.iterations].flat());
});

const otherKind = models.filter(({ input }) => !input.isKernel && !input.estimator.startsWith('Linear'));
test.each(otherKind.map((c) => [c.name, c] as const))('%s, sparse for dense and dense for sparse', async (_, kase) => {
  const { X } = dataSets[kase.input.data];
  await check(X.kind === 'csr' ? X.toDense() : CsrMatrix.fromDense(X), kase);
});

test.each(cases.filter(({ input }) => input.seed !== undefined).map((c) => [c.name, c] as const))('%s', (_, { input, expected }) => {
  const random = new SolverRandom(input.seed);
  expect(input.ranges.map((range: number) => random.below(range))).toEqual(expected);
  random.restart();
  expect(random.below(input.ranges[0])).toBe(expected[0]);
});
