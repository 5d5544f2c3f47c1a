import { GaussianNB } from '../../src/bayes/gaussian-nb.ts';
import { CalibratedClassifier } from '../../src/calibration/calibrated-classifier.ts';
import { FixedThreshold } from '../../src/calibration/fixed-threshold.ts';
import { IsotonicRegression } from '../../src/calibration/isotonic-regression.ts';
import { minimiseBounded } from '../../src/calibration/minimise-bounded.ts';
import { sigmoidFit } from '../../src/calibration/sigmoid-fit.ts';
import { logitsOf, scaledSoftmax, temperatureFit } from '../../src/calibration/temperature-fit.ts';
import { ThresholdTuner } from '../../src/calibration/threshold-tuner.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture, type FixtureCase } from '../fixture.ts';
import '../to-be-all-close.ts';

const { cases } = fixture('calibration');
const of = (kind: string): (readonly [string, FixtureCase])[] => cases.filter((c) => c.input.kind === kind).map((c) => [c.name, c]);
const doubles = (values: number[] | null): Float64Array | undefined => (values ? Float64Array.from(values) : undefined);
const estimator = (name: string): GaussianNB | LogisticRegression => (name === 'GaussianNB' ? new GaussianNB() : new LogisticRegression({ tol: 1e-10, maxIter: 1000 }));

describe('IsotonicRegression, as scikit-learn,', () => {
  test.each(of('isotonic'))('%s', async (_, { input, options, expected, tolerance }) => {
    const model = await new IsotonicRegression(options).fit(input.x, input.y, { sampleWeight: input.sampleWeight ?? undefined });
    const close = { relative: tolerance, absolute: tolerance };
    expect(model.fitted.xThresholds).toBeAllClose(expected.xThresholds, close);
    expect(model.fitted.yThresholds).toBeAllClose(expected.yThresholds, close);
    expect(model.fitted.increasing).toBe(expected.increasing);
    expect(await model.predict(input.new)).toBeAllClose(expected.predicted, close);
  });
});

describe('the sigmoid, as scikit-learn,', () => {
  test.each(of('sigmoid'))('%s', (_, { input, expected, tolerance }) => {
    const curve = sigmoidFit(Float64Array.from(input.scores), Uint8Array.from(input.y), doubles(input.sampleWeight));
    expect([curve.slope, curve.intercept]).toBeAllClose([expected.slope, expected.intercept], { relative: tolerance, absolute: tolerance });
  });
});

describe('the temperature, as scikit-learn,', () => {
  test.each(of('temperature'))('%s', (_, { input, expected, tolerance }) => {
    const logits = logitsOf(DenseMatrix.from(input.scores));
    const beta = temperatureFit(logits, Int32Array.from(input.y), doubles(input.sampleWeight));
    expect(beta).toBeAllClose(expected.beta, { relative: tolerance, absolute: tolerance });
    expect(scaledSoftmax(logits, beta)).toBeAllClose(expected.proba, { relative: tolerance, absolute: tolerance });
  });
});

describe('minimiseBounded, as scipy,', () => {
  const functions: Record<string, (x: number) => number> = {
    square: (x) => (x - 1.3) ** 2,
    exp: (x) => Math.exp(x) - 2 * x,
    cos: (x) => Math.cos(x) + 0.1 * x,
    line: (x) => x,
  };
  test.each(of('minimum'))('%s', (_, { input, expected, tolerance }) => {
    const { x, evaluations } = minimiseBounded(functions[input.function], -4, 6, 1e-10);
    expect(x).toBeAllClose(expected.x, { relative: tolerance, absolute: tolerance });
    expect(Math.abs(evaluations - expected.evaluations)).toBeLessThanOrEqual(3);
  });
});

describe('CalibratedClassifier, as scikit-learn,', () => {
  test.each(of('calibrated'))('%s', async (_, { input, options, expected, tolerance }) => {
    const model = new CalibratedClassifier({ ...options, estimator: estimator(input.model) });
    await model.fit(DenseMatrix.from(input.X), input.y, { sampleWeight: input.sampleWeight ?? undefined });
    const X = DenseMatrix.from(input.new);
    expect(await model.predictProba(X)).toBeAllClose(expected.proba, { relative: tolerance, absolute: tolerance });
    expect(await model.predict(X)).toEqual(expected.predicted);
  });

  test.each(of('prefit'))('%s', async (_, { input, options, expected, tolerance }) => {
    const fitted = await estimator(input.model).fit(DenseMatrix.from(input.X.slice(0, input.fittedRows)), input.y.slice(0, input.fittedRows));
    const model = new CalibratedClassifier({ ...options, estimator: fitted });
    await model.fit(DenseMatrix.from(input.X.slice(input.fittedRows)), input.y.slice(input.fittedRows));
    const X = DenseMatrix.from(input.new);
    expect(await model.predictProba(X)).toBeAllClose(expected.proba, { relative: tolerance, absolute: tolerance });
    expect(await model.predict(X)).toEqual(expected.predicted);
  });
});

describe('ThresholdTuner, as scikit-learn,', () => {
  test.each(of('tuned'))('%s', async (_, { input, options, expected, tolerance }) => {
    const model = await new ThresholdTuner({ ...options, estimator: estimator(input.model) }).fit(DenseMatrix.from(input.X), input.y);
    const close = { relative: tolerance, absolute: tolerance };
    expect(model.fitted.cvResults?.thresholds).toBeAllClose(expected.thresholds, close);
    expect(model.fitted.cvResults?.scores).toBeAllClose(expected.scores, close);
    expect(model.fitted.threshold).toBeAllClose(expected.threshold, close);
    expect(model.fitted.bestScore).toBeAllClose(expected.bestScore, close);
    expect(await model.predict(DenseMatrix.from(input.new))).toEqual(expected.predicted);
  });
});

describe('FixedThreshold, as scikit-learn,', () => {
  test.each(of('fixed'))('%s', async (_, { input, options, expected }) => {
    const model = await new FixedThreshold({ ...options, estimator: estimator(input.model) }).fit(DenseMatrix.from(input.X), input.y);
    expect(await model.predict(DenseMatrix.from(input.new))).toEqual(expected.predicted);
  });
});
