import { DummyClassifier } from '../../src/dummy/dummy-classifier.ts';
import { DummyRegressor } from '../../src/dummy/dummy-regressor.ts';
import { fixture } from '../fixture.ts';

const cases = fixture('dummy').cases;
const rows = (n: number): string[] => Array.from({ length: n }, (_, i) => `text ${i}`);

test.each(cases.filter((c) => c.call.startsWith('DummyClassifier')).map((c) => [c.name, c] as const))(
  'DummyClassifier predicts %s',
  async (_name, { options, input, expected, tolerance }) => {
    const close = { relative: tolerance, absolute: tolerance };
    const model = new DummyClassifier(options);
    await model.fit(rows(input.y.length), input.y, { sampleWeight: input.sampleWeight ?? undefined });
    expect(model.fitted.classes).toEqual(expected.classes);
    expect(model.fitted.classPrior).toBeAllClose(expected.classPrior, close);
    const fresh = rows(input.rows);
    expect(await model.predict(fresh)).toEqual(expected.predicted);
    expect(await model.predictProba(fresh)).toBeAllClose(expected.proba, close);
    expect(await model.predictLogProba(fresh)).toBeAllClose(expected.logProba, close);
    expect(await model.score(fresh, input.truth)).toBeAllClose(expected.score, close);
  },
);

test.each(cases.filter((c) => c.call.startsWith('DummyRegressor')).map((c) => [c.name, c] as const))(
  'DummyRegressor predicts %s',
  async (_name, { options, input, expected, tolerance }) => {
    const close = { relative: tolerance, absolute: tolerance };
    const model = new DummyRegressor(options);
    await model.fit(rows(input.y.length), input.y, { sampleWeight: input.sampleWeight ?? undefined });
    expect(model.fitted.constant).toBeAllClose(expected.constant, close);
    expect(await model.predict(rows(5))).toBeAllClose(expected.predicted, close);
    expect(await model.score(rows(5), input.truth)).toBeAllClose(expected.score, close);
  },
);
