import { DataError, OptionError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { NuSVC } from '../../src/svm/nu-svc.ts';
import { NuSVR } from '../../src/svm/nu-svr.ts';
import { SVC } from '../../src/svm/svc.ts';

const random = new RandomState(3);
const X = new DenseMatrix(80, 3, random.standardNormal(240));
const noise = random.standardNormal(80);
const labels = Array.from(noise, (e, i) => (X.at(i, 0) + 0.5 * X.at(i, 1) + 0.6 * e > 0 ? 'yes' : 'no'));

test.each([0.2, 0.4, 0.7])('a share of %d of the rows at most is within the margin, and at least supports it', async (nu) => {
  const model = await new NuSVC({ nu, tol: 1e-6 }).fit(X, labels);
  const decisions = (await model.decisionFunction(X)) as Float64Array;
  const within = decisions.filter((value, i) => value * (labels[i] === 'yes' ? 1 : -1) < 1 - 1e-3).length;
  expect(within).toBeLessThanOrEqual(nu * 80);
  expect(model.fitted.support.length).toBeGreaterThanOrEqual(nu * 80);
});

test('NuSVC is the SVC whose cost is its largest coefficient', async () => {
  const nu = await new NuSVC({ nu: 0.4, tol: 1e-7 }).fit(X, labels);
  const C = Math.max(...nu.fitted.dualCoef.data.map(Math.abs));
  const same = await new SVC({ C, tol: 1e-7 }).fit(X, labels);
  expect(await nu.decisionFunction(X)).toBeAllClose(await same.decisionFunction(X), { relative: 1e-4, absolute: 1e-4 });
});

test('a share of the rows at most is outside the tube of NuSVR', async () => {
  const y = noise.map((e, i) => X.at(i, 0) + 0.3 * e);
  const nu = 0.3;
  const model = await new NuSVR({ nu, C: 2, tol: 1e-6 }).fit(X, y);
  const { support, dualCoef } = model.fitted;
  expect(dualCoef.data.filter((beta) => Math.abs(beta) > 2 - 1e-9).length).toBeLessThanOrEqual(nu * 80);
  expect(support.length).toBeGreaterThanOrEqual(nu * 80);
  expect(dualCoef.data.reduce((sum, beta) => sum + Math.abs(beta), 0)).toBeCloseTo(nu * 2 * 80, 6);
});

test('a nu that the classes do not allow is refused', async () => {
  await expect(new NuSVC({ nu: 0.6 }).fit(X.take([0, 1, 2, 3, 4]), ['a', 'a', 'a', 'a', 'b'])).rejects.toThrow(
    new OptionError('NuSVC: nu must be at most 0.4 for the classes "a" and "b", which weigh 4 and 1, got 0.6.'),
  );
});

test('classes without a margin between them are refused', async () => {
  await expect(new NuSVC().fit(new DenseMatrix(4, 1, Float64Array.of(1, 1, 1, 1)), ['a', 'a', 'b', 'b'])).rejects.toThrow(
    new DataError('NuSVC: no margin is left between two of the classes with nu 0.5. Use a smaller nu, another kernel, or SVC.'),
  );
});
