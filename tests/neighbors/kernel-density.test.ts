import { chi2Mass, chi2Survival } from '../../src/core/survival.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { densityKernels } from '../../src/neighbors/density-kernel.ts';
import { KernelDensity } from '../../src/neighbors/kernel-density.ts';
import { fixture } from '../fixture.ts';
import '../to-be-all-close.ts';

const cases = fixture('density').cases.filter(({ input }) => input.estimator === 'KernelDensity');

test.each(cases.map((c) => [c.name, c] as const))('%s as scikit-learn does', async (_, { input, options, expected, tolerance }) => {
  const close = { relative: tolerance, absolute: tolerance };
  const model = await new KernelDensity(options).fit(input.X, undefined, { sampleWeight: input.sampleWeight ?? undefined });
  expect(model.fitted.bandwidth).toBeAllClose(expected.bandwidth, close);
  expect(await model.scoreSamples(input.new)).toBeAllClose(expected.scores.map(Number), close);
  expect(await model.score(input.X)).toBeAllClose(Number(expected.score), close);
  if (expected.drawn) expect(await model.sample(6, input.seed)).toBeAllClose(expected.drawn, close);
});

test.each(densityKernels)('a density of %s hills sums to 1', async (kernel) => {
  const step = 0.1;
  const places = Array.from({ length: 160 }, (_, i) => -8 + (i + 0.5) * step);
  const grid = places.flatMap((x) => places.map((y) => [x, y]));
  const model = await new KernelDensity({ kernel, bandwidth: 0.7 }).fit([[0, 0], [1, 0.5], [-1, 2]]);
  const sum = (await model.scoreSamples(grid)).reduce((all, log) => all + Math.exp(log) * step * step, 0);
  expect(sum).toBeAllClose(1, { absolute: 0.02 });
});

test('a weight counts as so many rows', async () => {
  const weighed = await new KernelDensity({ bandwidth: 0.5 }).fit([[0], [1], [5]], undefined, { sampleWeight: [2, 1, 3] });
  const repeated = await new KernelDensity({ bandwidth: 0.5 }).fit([[0], [0], [1], [5], [5], [5]]);
  expect(await weighed.scoreSamples([[0], [3], [9]])).toBeAllClose(await repeated.scoreSamples([[0], [3], [9]]), { relative: 1e-12 });
});

test('logarithms stay finite where no density is left, unless hills end', async () => {
  expect((await (await new KernelDensity({ bandwidth: 0.01 }).fit([[0], [1]])).scoreSamples([[3]]))[0]).toBeCloseTo(-20_000 - Math.log(2) - Math.log(0.01 * Math.sqrt(2 * Math.PI)), 6);
  expect((await (await new KernelDensity({ kernel: 'linear' }).fit([[0], [1]])).scoreSamples([[3]]))[0]).toBe(-Infinity);
});

test('the mass of χ² and what is above make 1', () => {
  for (const k of [1, 2, 7, 40]) for (const x of [1e-3, 0.5, 5, 39, 60]) expect(chi2Mass(x, k) + chi2Survival(x, k)).toBeCloseTo(1, 13);
  expect(chi2Mass(1e-6, 4)).toBeAllClose(1.25e-13, { relative: 1e-6 });
});

test('sparse rows and draws from other kernels are refused', async () => {
  await expect(new KernelDensity().fit(CsrMatrix.from([[1, 0]]))).rejects.toThrow('KernelDensity: X must be dense, got a sparse matrix.');
  const model = await new KernelDensity({ kernel: 'cosine' }).fit([[1], [2]]);
  await expect(model.sample()).rejects.toThrow("KernelDensity: sample needs kernel 'gaussian' or 'tophat', got 'cosine'.");
  await expect(model.sample(0)).rejects.toThrow('KernelDensity: sample must be told a whole number of at least 1, got 0.');
});
