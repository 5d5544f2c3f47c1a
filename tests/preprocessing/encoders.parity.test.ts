import { OneHotEncoder } from '../../src/preprocessing/one-hot-encoder.ts';
import { OrdinalEncoder } from '../../src/preprocessing/ordinal-encoder.ts';
import { TargetEncoder } from '../../src/preprocessing/target-encoder.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';

const estimators: Record<string, new (options: object) => any> = { OneHotEncoder, OrdinalEncoder };

/** Options and rows as the fixture means them: the word NaN is no text. */
function fromJson(value: any): any {
  if (value === 'NaN') return Number.NaN;
  if (Array.isArray(value)) return value.map(fromJson);
  return value;
}

const options = (given: Record<string, unknown>): object => Object.fromEntries(Object.entries(given).map(([name, value]) => [name, fromJson(value)]));

const cases = fixture('encoders').cases;
const closeness = (tolerance: number): object => ({ relative: tolerance, absolute: tolerance });

test.each(cases.filter((c) => c.input.estimator !== 'TargetEncoder').map((c) => [`${c.input.estimator} ${c.name}`, c] as const))(
  '%s',
  async (_title, { options: given, input, expected, tolerance }) => {
    const encoder = await new estimators[input.estimator](options(given)).fit(fromJson(input.X));
    expect(encoder.fitted.categories).toEqual(fromJson(expected.categories));
    const transformed = await encoder.transform(fromJson(input.new ?? input.X));
    expect([transformed.rows, transformed.cols]).toEqual([expected.transformed.length, expected.transformed[0].length]);
    expect(transformed).toBeAllClose(expected.transformed, closeness(tolerance));
    expect(encoder.featureNamesOut()).toEqual(expected.names);
    if (input.estimator === 'OneHotEncoder') {
      expect(transformed.kind).toBe(given.sparseOutput === false ? 'dense' : 'csr');
      expect(encoder.fitted.infrequentCategories).toEqual(fromJson(expected.infrequentCategories));
      expect(encoder.fitted.dropIdx).toEqual(expected.dropIdx);
    }
    if (expected.inverse) {
      const back = input.back ? DenseMatrix.from(input.back) : transformed;
      expect(await encoder.inverseTransform(back)).toEqual(fromJson(expected.inverse));
    }
  },
);

test.each(cases.filter((c) => c.input.estimator === 'TargetEncoder').map((c) => [`TargetEncoder ${c.name}`, c] as const))(
  '%s',
  async (_title, { options: given, input, expected, tolerance }) => {
    const [X, fresh] = [fromJson(input.X), fromJson(input.new ?? input.X)];
    const close = closeness(tolerance);
    const encoder = await new TargetEncoder(options(given)).fit(X, input.y);
    expect(encoder.fitted.categories).toEqual(fromJson(expected.categories));
    expect(encoder.fitted.classes).toEqual(expected.classes);
    expect(encoder.fitted.targetType).toBe(expected.targetType);
    expect(encoder.fitted.targetMean).toBeAllClose(expected.targetMean, close);
    expect(encoder.fitted.encodings).toBeAllClose(expected.encodings, close);
    expect(await encoder.transform(fresh)).toBeAllClose(expected.transformed, close);
    expect(await new TargetEncoder(options(given)).fitTransform(X, input.y)).toBeAllClose(expected.crossFitted, close);
    expect(encoder.featureNamesOut()).toEqual(expected.names);
  },
);
