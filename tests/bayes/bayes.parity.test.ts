import { BernoulliNB } from '../../src/bayes/bernoulli-nb.ts';
import { CategoricalNB } from '../../src/bayes/categorical-nb.ts';
import { ComplementNB } from '../../src/bayes/complement-nb.ts';
import { GaussianNB } from '../../src/bayes/gaussian-nb.ts';
import { MultinomialNB } from '../../src/bayes/multinomial-nb.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';

const estimators: Record<string, new (options: object) => any> = { BernoulliNB, CategoricalNB, ComplementNB, GaussianNB, MultinomialNB };

const matrix = (rows: number[][], sparse: boolean): DenseMatrix | CsrMatrix => (sparse ? CsrMatrix.from(rows) : DenseMatrix.from(rows));

test.each(fixture('bayes').cases.map((c) => [`${c.input.estimator} ${c.name}`, c] as const))(
  '%s',
  async (_title, { options, input, expected, tolerance }) => {
    const close = { relative: tolerance, absolute: tolerance };
    const model = new estimators[input.estimator](options);
    const X = matrix(input.X, input.sparse);
    if (input.more) {
      await model.partialFit(X, input.y, { classes: [...input.y, ...input.moreY] });
      await model.partialFit(matrix(input.more, input.sparse), input.moreY);
    } else {
      await model.fit(X, input.y, { sampleWeight: input.sampleWeight ?? undefined });
    }
    expect(model.fitted.classes).toEqual(expected.classes);
    for (const [name, value] of Object.entries(expected.fitted)) expect(model.fitted[name]).toBeAllClose(value, close);
    const fresh = matrix(input.new, input.sparse);
    expect(await model.predictJointLogProba(fresh)).toBeAllClose(expected.joint, close);
    expect(await model.predictLogProba(fresh)).toBeAllClose(expected.logProba, close);
    expect(await model.predictProba(fresh)).toBeAllClose(expected.proba, close);
    expect(await model.predict(fresh)).toEqual(expected.predicted);
  },
);
