import { ElasticNet } from '../../src/linear/elastic-net.ts';
import { ElasticNetCV } from '../../src/linear/elastic-net-cv.ts';
import { Lasso } from '../../src/linear/lasso.ts';
import { LassoCV } from '../../src/linear/lasso-cv.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';

const estimators: Record<string, new (options: object) => any> = { ElasticNet, ElasticNetCV, Lasso, LassoCV };

test.each(fixture('elastic-net').cases.map((c) => [`${c.input.estimator}: ${c.name}`, c] as const))(
  '%s',
  async (_title, { options, input, expected: { predicted, iterations, ...fitted }, tolerance }) => {
    const close = { relative: tolerance, absolute: tolerance };
    const X = input.sparse ? CsrMatrix.from(input.X) : DenseMatrix.from(input.X);
    const model = await new estimators[input.estimator](options).fit(X, input.y, { sampleWeight: input.sampleWeight ?? undefined });
    expect(model.fitted.iterations).toBe(iterations);
    for (const [name, value] of Object.entries(fitted)) expect([model.fitted[name]]).toBeAllClose(value, close);
    expect(await model.predict(X)).toBeAllClose(predicted, { relative: tolerance, absolute: 10 * tolerance });
  },
);
