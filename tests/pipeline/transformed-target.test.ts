import { Ridge } from '../../src/linear/ridge.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { TransformedTarget } from '../../src/pipeline/transformed-target.ts';
import { MinMaxScaler } from '../../src/preprocessing/min-max-scaler.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';

const X = DenseMatrix.from([[1, 2], [2, 1], [3, 5], [4, 3], [5, 8], [6, 6]]);
const y = [10, 12, 40, 33, 160, 170];

test('is the last stage of a pipeline, and is the same around the whole pipeline', async () => {
  const last = new Pipeline([
    ['scale', new StandardScaler()],
    ['model', new TransformedTarget({ regressor: new Ridge(), func: 'log1p' })],
  ]);
  const around = new TransformedTarget({
    regressor: new Pipeline([
      ['scale', new StandardScaler()],
      ['model', new Ridge()],
    ]),
    func: 'log1p',
  });
  await last.fit(X, y);
  await around.fit(X, y);
  expect(await last.predict(X)).toEqual(await around.predict(X));
  expect(around.fitted.regressor.model.coef).toEqual(last.namedSteps.model.fitted.regressor.coef);
  expect(await last.score(X, y)).toBe(await around.score(X, y));
});

test('changes options of the regressor inside by their nested names', async () => {
  const model = new TransformedTarget({ regressor: new Ridge({ alpha: 1 }), func: 'log' });
  const changed = model.with({ regressor: { alpha: 50 }, func: 'sqrt' });
  expect(changed.options.regressor.alpha).toBe(50);
  expect(changed.options.func).toBe('sqrt');
  expect(model.options.regressor.alpha).toBe(1);
  const pipeline = new Pipeline([['model', model]]).with({ model: { regressor: { alpha: 3 } } });
  expect(pipeline.namedSteps.model.options.regressor.alpha).toBe(3);
});

test('does not fit the regressor it is given, and a clone has learned nothing', async () => {
  const ridge = new Ridge();
  const model = await new TransformedTarget({ regressor: ridge }).fit(X, y);
  expect(ridge.isFitted).toBe(false);
  expect(model.isFitted).toBe(true);
  expect(model.clone().isFitted).toBe(false);
  expect(() => model.clone().fitted).toThrow('TransformedTarget: fit must come first');
});

test('predicts alike after what it has learned is put into another one', async () => {
  const model = await new TransformedTarget({ regressor: new Ridge(), func: 'standardize' }).fit(X, y);
  const other = model.clone().restore(model.fitted);
  expect(await other.predict(X)).toEqual(await model.predict(X));
});

test('learns the transformation from training rows only', async () => {
  const model = new TransformedTarget({ regressor: new Ridge(), func: 'standardize' });
  await model.fit(X.take([0, 1, 2, 3]), y.slice(0, 4));
  expect(model.fitted.mean).toBe((10 + 12 + 40 + 33) / 4);
  const cv = await crossValidate(model, X, y, { cv: 3, scoring: ['r2'] });
  expect(cv.folds).toHaveLength(3);
});

test('takes any transformer that can go back', async () => {
  const scaled = await new TransformedTarget({ regressor: new Ridge({ alpha: 1e-9 }), transformer: new MinMaxScaler() }).fit(X, y);
  const plain = await new Ridge({ alpha: 1e-9 }).fit(X, y);
  expect(await scaled.predict(X)).toBeAllClose(await plain.predict(X), { relative: 1e-6 });
  expect(scaled.fitted.transformer).toMatchObject({ dataMin: Float64Array.of(10), dataMax: Float64Array.of(170) });
});

test('takes functions of one value, and records when they are not inverse', async () => {
  const model = new TransformedTarget({ regressor: new Ridge(), func: (value) => value / 10, inverseFunc: (value) => value * 10 });
  expect((await model.fit(X, y)).fitted.inverseHolds).toBe(true);
  const wrong = model.with({ inverseFunc: (value) => value * 11 });
  expect((await wrong.fit(X, y)).fitted.inverseHolds).toBe(false);
  expect((await wrong.with({ checkInverse: false }).fit(X, y)).fitted.inverseHolds).toBeNull();
});

test('refuses what it cannot work with, saying what to do', async () => {
  const regressor = new Ridge();
  expect(() => new TransformedTarget({ regressor: undefined as never })).toThrow('TransformedTarget: regressor must be a regressor');
  expect(() => new TransformedTarget({ regressor: new StandardScaler() as never })).toThrow('TransformedTarget: regressor must be a regressor');
  expect(() => new TransformedTarget({ regressor, func: 'log2' as never })).toThrow("func must be 'log1p', 'log', 'sqrt', 'standardize'");
  expect(() => new TransformedTarget({ regressor, func: Math.log })).toThrow('inverseFunc must be given with a function for func');
  expect(() => new TransformedTarget({ regressor, func: 'log', inverseFunc: Math.exp })).toThrow('inverseFunc must be given with a function for func');
  expect(() => new TransformedTarget({ regressor, func: 'log', transformer: new MinMaxScaler() })).toThrow('transformer must be null with func');
  expect(() => new TransformedTarget({ regressor, fucn: 'log' } as never)).toThrow('there is no option fucn. Did you mean func?');
  await expect(new TransformedTarget({ regressor, func: 'log' }).fit([[1], [2]], [0, 1])).rejects.toThrow(
    'TransformedTarget: func must give a finite number for every y, but makes -Infinity of 0 in row 0.',
  );
  await expect(new TransformedTarget({ regressor }).fit([[1], [2]], [1, Number.NaN])).rejects.toThrow('y must hold finite numbers, row 1 has NaN');
  await expect(new TransformedTarget({ regressor }).predict([[1]])).rejects.toThrow('fit must come first');
});
