import * as decomposition from './estimators.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture, type FixtureCase } from '../fixture.ts';
import '../to-be-all-close.ts';

const all = [...fixture('decomposition').cases, ...fixture('projections').cases];
const cases = all.filter(({ input }) => input.estimator !== 'johnsonLindenstraussMinDim');

function matrix(rows: number[][], sparse: boolean): DenseMatrix | CsrMatrix {
  return sparse ? CsrMatrix.from(rows) : DenseMatrix.from(rows);
}

test.each(cases.map((c) => [`${c.input.estimator} ${c.name}`, c] as const))('%s as scikit-learn does', async (_, { input, options, expected, tolerance }: FixtureCase) => {
  const { W, H } = (options.init ?? {}) as Record<string, number[][] | undefined>;
  const own = W && H ? { ...options, init: { W: DenseMatrix.from(W), H: DenseMatrix.from(H) } } : options;
  const Class = decomposition[input.estimator as keyof typeof decomposition] as unknown as new (options: object) => any;
  const model = new Class(own);
  const X = matrix(input.X, input.sparse);
  const once = await model.fitTransform(X);
  const scale = (value: unknown): number => Math.max(1, ...[value].flat(3).map((v) => Math.abs(v as number)));
  const close = { relative: tolerance, absolute: tolerance };
  for (const [name, value] of Object.entries(expected.fitted)) {
    expect(model.fitted[name]).toBeAllClose(value, { ...close, absolute: tolerance * scale(value) });
  }
  const transformed = await model.transform(input.new ? DenseMatrix.from(input.new) : X);
  expect(transformed).toBeAllClose(expected.transformed, { ...close, absolute: tolerance * scale(expected.transformed) });
  if (expected.fitTransformed) expect(once).toBeAllClose(expected.fitTransformed, { ...close, absolute: tolerance * scale(expected.fitTransformed) });
  if (expected.inverse) expect(await model.inverseTransform(transformed)).toBeAllClose(expected.inverse, { ...close, absolute: tolerance * scale(expected.inverse) });
  for (const method of ['getCovariance', 'getPrecision', 'scoreSamples', 'score', 'perplexity']) {
    if (method in expected) expect(await model[method](X)).toBeAllClose(expected[method], { ...close, absolute: tolerance * scale(expected[method]) });
  }
});

test.each(all.filter(({ input }) => input.estimator === 'johnsonLindenstraussMinDim').map((c) => [c.name, c] as const))('%s as scikit-learn does', (_, { input, options, expected }) => {
  expect(decomposition.johnsonLindenstraussMinDim(input.X, options)).toBe(expected);
});
