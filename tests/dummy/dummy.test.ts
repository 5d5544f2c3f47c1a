import { DataError, NotFittedError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { DummyClassifier } from '../../src/dummy/dummy-classifier.ts';
import { DummyRegressor } from '../../src/dummy/dummy-regressor.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';

const y = ['spam', 'ham', 'ham'];

describe('DummyClassifier', () => {
  test('takes texts, rows, matrices and anything else with rows, and looks at none', async () => {
    const column = { rows: 3, take: () => column };
    for (const X of [['a', 'b', 'c'], [[1], [Number.NaN], [3]], DenseMatrix.from([[1], [2], [3]]), CsrMatrix.from([[0], [1], [0]]), column]) {
      const model = await new DummyClassifier().fit(X, y);
      expect(await model.predict(X)).toEqual(['ham', 'ham', 'ham']);
      expect(await model.score(X, y)).toBe(2 / 3);
    }
    const model = await new DummyClassifier().fit(DenseMatrix.from([[1, 2]]), ['a']);
    expect(await model.predict(['another number of columns'])).toEqual(['a']);
    expect(await model.predict([])).toEqual([]);
  });

  test('stands in a pipeline over texts', async () => {
    const pipeline = await new Pipeline([['guess', new DummyClassifier({ strategy: 'mostFrequent' })]]).fit(['a', 'b', 'c'], y);
    expect(await pipeline.predict(['d'])).toEqual(['ham']);
  });

  test.each(['stratified', 'uniform'] as const)('draws the same for the same seed, and another for another (%s)', async (strategy) => {
    const X = Array.from({ length: 200 }, () => 'text');
    const draw = async (randomState: number | null) => (await new DummyClassifier({ strategy, randomState }).fit(X.slice(0, 3), y)).predict(X);
    expect(await draw(7)).toEqual(await draw(7));
    expect(await draw(null)).toEqual(await draw(0));
    expect(await draw(7)).not.toEqual(await draw(8));
    expect(new Set(await draw(7))).toEqual(new Set(y));
  });

  test('predicts the class it drew as certain', async () => {
    const model = await new DummyClassifier({ strategy: 'stratified', randomState: 4 }).fit(['a', 'b', 'c'], y);
    const X = Array.from({ length: 30 }, () => 'text');
    const proba = await model.predictProba(X);
    const predicted = await model.predict(X);
    predicted.forEach((label, i) => expect(proba.at(i, model.fitted.classes.indexOf(label))).toBe(1));
  });

  test('refuses a constant that is no class, other lengths, and what has no rows', async () => {
    await expect(new DummyClassifier({ strategy: 'constant' }).fit(y, y)).rejects.toThrow(
      new OptionError('DummyClassifier: constant must be one of y\'s labels ("ham", "spam"), got null.'),
    );
    await expect(new DummyClassifier({ strategy: 'constant', constant: 'eggs' }).fit(y, y)).rejects.toThrow('got "eggs"');
    await expect(new DummyClassifier().fit(['a'], y)).rejects.toThrow('DummyClassifier: X has 1 rows, but y has 3.');
    await expect(new DummyClassifier().fit([], [])).rejects.toThrow(ShapeError);
    await expect(new DummyClassifier().fit(5, y)).rejects.toThrow(ShapeError);
    await expect(new DummyClassifier().predict(['a'])).rejects.toThrow(NotFittedError);
    expect(() => new DummyClassifier({ strategy: 'most_frequent' as 'prior' })).toThrow(OptionError);
  });
});

describe('DummyRegressor', () => {
  test('predicts one number for whatever rows come', async () => {
    const model = await new DummyRegressor().fit(['a', 'b'], [1, 4]);
    expect(model.fitted.constant).toBe(2.5);
    expect(Array.from(await model.predict(DenseMatrix.from([[1, 2, 3]])))).toEqual([2.5]);
    expect(await model.score(['a', 'b'], [1, 4])).toBe(0);
  });

  test('refuses a strategy without its number, and y that is not finite', async () => {
    await expect(new DummyRegressor({ strategy: 'constant' }).fit(['a'], [1])).rejects.toThrow("constant must be given for strategy 'constant'");
    await expect(new DummyRegressor({ strategy: 'quantile' }).fit(['a'], [1])).rejects.toThrow('Use a number in [0, 1].');
    expect(() => new DummyRegressor({ quantile: 1.5 })).toThrow(OptionError);
    await expect(new DummyRegressor().fit(['a'], [Number.NaN])).rejects.toThrow(DataError);
    await expect(new DummyRegressor().predict(['a'])).rejects.toThrow(NotFittedError);
  });
});
