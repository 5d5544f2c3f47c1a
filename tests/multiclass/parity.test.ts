import * as refit from '../../src/index.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';
import '../to-be-all-close.ts';

const { cases } = fixture('multiclass');
const data = cases.find(({ call }) => call === 'data')?.input;
const models: Record<string, () => any> = {
  LogisticRegression: () => new refit.LogisticRegression({ tol: 1e-10, maxIter: 10_000 }),
  GaussianNB: () => new refit.GaussianNB(),
  SVC: () => new refit.SVC({ tol: 1e-8 }),
  Ridge: () => new refit.Ridge(),
  Tree: () => new refit.DecisionTreeRegressor({ maxDepth: 3, randomState: 0 }),
};

describe('many classes and targets, as scikit-learn:', () => {
  test.each(cases.filter(({ call }) => call !== 'data').map((one) => [one.name, one] as const))('%s', async (_, { input, options, expected, tolerance }) => {
    const Class = (refit as unknown as Record<string, new (options: object) => any>)[input.Class];
    const model = new Class({ ...options, estimator: models[input.estimator]() });
    const [X, rows, target] = [DenseMatrix.from(data.X), DenseMatrix.from(data.new), data.targets[input.target]];
    await model.fit(X, target);
    const close = { relative: tolerance, absolute: tolerance };
    for (const method of ['predict', 'predictProba', 'decisionFunction']) {
      if (expected[method] === undefined) continue;
      const got = await model[method](rows);
      if (typeof target[0] === 'string' && method === 'predict') expect(got).toEqual(expected.predict);
      else if (Array.isArray(got) && got[0] instanceof DenseMatrix) got.forEach((part: DenseMatrix, j: number) => expect(part).toBeAllClose(expected[method][j], close));
      else expect(got).toBeAllClose(expected[method], close);
    }
    if (expected.codeBook) expect(model.fitted.codeBook.toArray()).toEqual(expected.codeBook);
    if (expected.order) expect([...model.fitted.order]).toEqual(expected.order);
    expect(await model.score(X, target)).toBeAllClose(expected.score, close);
  });
});
