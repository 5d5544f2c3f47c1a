import { LinearRegression } from '../../src/linear/linear-regression.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { RidgeCV } from '../../src/linear/ridge-cv.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { meanAbsoluteError } from '../../src/metrics/mean-absolute-error.ts';
import { TransformedTarget } from '../../src/pipeline/transformed-target.ts';
import { fixture } from '../fixture.ts';

const estimators: Record<string, new (options: object) => any> = { LinearRegression, Ridge, RidgeCV };
const metrics: Record<string, unknown> = { meanAbsoluteError };
const { cases } = fixture('linear-models');

const matrix = (rows: number[][], sparse: boolean): DenseMatrix | CsrMatrix => (sparse ? CsrMatrix.from(rows) : DenseMatrix.from(rows));

test.each(cases.filter((c) => c.input.estimator !== 'TransformedTarget').map((c) => [`${c.input.estimator}: ${c.name}`, c] as const))(
  '%s',
  async (_title, { options, input, expected: { predicted, ...fitted }, tolerance }) => {
    const close = { relative: tolerance, absolute: tolerance };
    const all = input.scoring ? { ...options, scoring: metrics[input.scoring] } : options;
    const X = matrix(input.X, input.sparse);
    const model = await new estimators[input.estimator](all).fit(X, input.y, { sampleWeight: input.sampleWeight ?? undefined });
    for (const [name, value] of Object.entries(fitted)) expect({ [name]: [model.fitted[name]].flat() }[name]).toBeAllClose(value, close);
    // Predictions add up what each coefficient may differ by.
    expect(await model.predict(input.new ? matrix(input.new, input.sparse) : X)).toBeAllClose(predicted, { relative: tolerance, absolute: tolerance * 10 });
  },
);

test.each(cases.filter((c) => c.input.estimator === 'TransformedTarget').map((c) => [c.name, c] as const))(
  'TransformedTarget %s',
  async (_title, { options, input, expected, tolerance }) => {
    const close = { relative: tolerance, absolute: tolerance };
    const regressor: Ridge = new estimators[input.regressor](input.regressorOptions);
    const model = await new TransformedTarget({ regressor, ...options }).fit(input.X, input.y, { sampleWeight: input.sampleWeight ?? undefined });
    expect((model.regressor as unknown as Ridge).fitted.coef).toBeAllClose(expected.coef, close);
    expect(await model.predict(input.new)).toBeAllClose(expected.predicted, close);
    expect(await model.score(input.X, input.y)).toBeAllClose(expected.score, close);
    expect(model.fitted.inverseHolds).toBe(true);
  },
);
