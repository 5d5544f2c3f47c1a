import { normalCdf, normalQuantile } from '../../src/core/normal-distribution.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { KBinsDiscretizer } from '../../src/preprocessing/k-bins-discretizer.ts';
import { PolynomialFeatures } from '../../src/preprocessing/polynomial-features.ts';
import { PowerTransformer } from '../../src/preprocessing/power-transformer.ts';
import { QuantileTransformer } from '../../src/preprocessing/quantile-transformer.ts';
import { RobustScaler } from '../../src/preprocessing/robust-scaler.ts';
import { SplineTransformer } from '../../src/preprocessing/spline-transformer.ts';
import { fixture } from '../fixture.ts';

const estimators: Record<string, new (options: object) => any> = {
  KBinsDiscretizer,
  PolynomialFeatures,
  PowerTransformer,
  QuantileTransformer,
  RobustScaler,
  SplineTransformer,
};

function matrix(rows: (number | 'NaN')[][], sparse: boolean): DenseMatrix | CsrMatrix {
  const dense = DenseMatrix.from(rows.map((row) => row.map(Number)));
  return sparse ? CsrMatrix.fromDense(dense) : dense;
}

const cases = fixture('transformers').cases;

test.each(cases.filter((c) => c.input.X).map((c) => [`${c.input.estimator} ${c.name}`, c] as const))(
  '%s',
  async (_title, { options, input, expected, tolerance }) => {
    const close = { relative: tolerance, absolute: tolerance };
    const X = matrix(input.X, input.sparse);
    const transformer = await new estimators[input.estimator](options).fit(X, undefined, { sampleWeight: input.weight ?? undefined });
    for (const [name, value] of Object.entries(expected.fitted)) {
      if (value === null) expect([name, transformer.fitted[name]]).toEqual([name, null]);
      else expect(transformer.fitted[name]).toBeAllClose(value, close);
    }
    const transformed = await transformer.transform(input.new ? matrix(input.new, input.sparse) : X);
    expect([transformed.rows, transformed.cols]).toEqual([expected.transformed.length, expected.transformed[0].length]);
    expect(transformed).toBeAllClose(expected.transformed, close);
    expect(transformer.featureNamesOut()).toEqual(expected.names);
    if (expected.inverse) expect(await transformer.inverseTransform(transformed)).toBeAllClose(expected.inverse, close);
  },
);

test.each(cases.filter((c) => !c.input.X).map((c) => [c.name, c] as const))('the normal distribution %s', (_title, { input, expected, tolerance }) => {
  const values = input.points ? input.points.map(normalCdf) : input.shares.map(normalQuantile);
  expect(values).toBeAllClose(expected, { relative: tolerance, absolute: 1e-300 });
});
