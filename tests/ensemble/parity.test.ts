import * as refit from '../../src/index.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';
import '../to-be-all-close.ts';
import { data, optionsOf } from './models.ts';

const { cases } = fixture('ensemble');

describe('ensembles answer as scikit-learn:', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const { input, expected, tolerance } = one;
    const { X, y, new: rows, sampleWeight } = data[input.data];
    const Class = (refit as unknown as Record<string, new (options: object) => any>)[input.ensemble];
    const model = new Class(optionsOf(one));
    await model.fit(DenseMatrix.from(X), y, input.weighted ? { sampleWeight } : undefined);
    const close = { relative: tolerance, absolute: tolerance };
    const newX = DenseMatrix.from(rows);
    for (const method of ['predict', 'predictProba', 'decisionFunction', 'transform']) {
      if (expected[method] === undefined) continue;
      const got = await model[method](newX);
      if (method === 'predict' && typeof y[0] === 'string') expect(got).toEqual(expected.predict);
      else expect(got).toBeAllClose(expected[method], close);
    }
    const { fitted } = model;
    if (expected.samples) expect(fitted.estimatorsSamples.map((drawn: Int32Array) => [...drawn])).toEqual(expected.samples);
    if (expected.features && fitted.estimatorsFeatures) expect(fitted.estimatorsFeatures.map((drawn: Int32Array) => [...drawn])).toEqual(expected.features);
    if (expected.oob) expect(fitted.oobDecisionFunction ?? fitted.oobPrediction).toBeAllClose(expected.oob, close);
    for (const name of ['oobScore', 'estimatorWeights', 'estimatorErrors', 'featureImportances']) if (expected[name] !== undefined) expect(fitted[name]).toBeAllClose(expected[name], close);
  });
});
