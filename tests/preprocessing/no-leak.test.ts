import * as refit from '../../src/index.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { isMatrix } from '../../src/matrix/matrix.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { Table } from '../../src/table/table.ts';

const random = new RandomState(8);
const numbers = (rows: number, shift: number): DenseMatrix =>
  new DenseMatrix(rows, 3, Float64Array.from({ length: rows * 3 }, () => Math.round(100 * (random.randomSample() * 4 + shift)) / 100));
const holes = (X: DenseMatrix): DenseMatrix => new DenseMatrix(X.rows, X.cols, X.data.map((value, p) => (p % 5 === 3 ? Number.NaN : value)));
const categories = (rows: number, extra: string[]): Table => {
  const of = ['a', 'b', 'c', ...extra];
  return Table.from({
    first: Array.from({ length: rows }, (_, i) => (i % 7 === 4 ? null : of[random.randint(of.length)])),
    second: Array.from({ length: rows }, () => of[random.randint(of.length)]),
  });
};
const dates = (rows: number): Table => Table.from({ day: Array.from({ length: rows }, () => `2024-0${random.randint(1, 10)}-1${random.randint(0, 10)}`) });

/** Training rows, and test rows whose statistics differ: larger numbers, categories never seen. */
const data: Record<string, [train: any, fresh: any]> = {
  numbers: [numbers(20, 1), numbers(6, 50)],
  holes: [holes(numbers(20, 1)), holes(numbers(6, 50))],
  categories: [categories(20, []), categories(8, ['new', 'other'])],
  dates: [dates(12), dates(5)],
};
const stages: [name: string, data: string, options: object][] = [
  ['StandardScaler', 'numbers', {}],
  ['MinMaxScaler', 'numbers', {}],
  ['MaxAbsScaler', 'numbers', {}],
  ['Normalizer', 'numbers', {}],
  ['Binarizer', 'numbers', {}],
  ['RobustScaler', 'holes', {}],
  ['PowerTransformer', 'holes', {}],
  ['QuantileTransformer', 'holes', { nQuantiles: 10 }],
  ['KBinsDiscretizer', 'numbers', {}],
  ['KBinsDiscretizer', 'numbers', { strategy: 'kmeans', encode: 'ordinal' }],
  ['PolynomialFeatures', 'numbers', {}],
  ['SplineTransformer', 'numbers', {}],
  ['OutlierClipper', 'holes', {}],
  ['OutlierDropper', 'holes', {}],
  ['OneHotEncoder', 'categories', { handleUnknown: 'infrequentIfExist', minFrequency: 3 }],
  ['OrdinalEncoder', 'categories', { handleUnknown: 'useEncodedValue', unknownValue: -1 }],
  ['TargetEncoder', 'categories', {}],
  ['FrequencyEncoder', 'categories', {}],
  ['RareCategoryGrouper', 'categories', { minFrequency: 6 }],
  ['DateFeatures', 'dates', { since: 'first', cyclic: ['month'] }],
  ['SimpleImputer', 'holes', { addIndicator: true }],
  ['SimpleImputer', 'categories', { strategy: 'mostFrequent' }],
  ['MissingIndicator', 'holes', {}],
  ['KNNImputer', 'holes', { nNeighbors: 2, weights: 'distance' }],
  ['IterativeImputer', 'holes', {}],
];

const plain = (value: any): unknown[] => (isMatrix(value) ? value.toArray() : value.toObjects());
const fit = async (name: string, options: object, X: any): Promise<any> => {
  const stage = new (refit as any)[name](options);
  const y = Float64Array.from({ length: X.rows }, (_, i) => i * 1.5 + 0.25);
  await stage.fit(X, y);
  return stage;
};

describe.each(stages)('%s over %s %o', (name, kind, options) => {
  const [train, fresh] = data[kind];

  test('encodes each test row by itself, whatever stands beside it', async () => {
    const stage = await fit(name, options, train);
    const together = plain(await stage.transform(fresh));
    const alone: unknown[] = [];
    for (let i = 0; i < fresh.rows; i++) alone.push(...plain(await stage.transform(fresh.take([i]))));
    expect(alone).toEqual(together);
    const backwards = Array.from({ length: fresh.rows }, (_, i) => fresh.rows - 1 - i);
    expect(plain(await stage.transform(fresh.take(backwards)))).toEqual([...together].reverse());
  });

  test('learns nothing from test rows', async () => {
    const stage = await fit(name, options, train);
    const before = structuredClone({ ...stage.fitted });
    await stage.transform(fresh);
    expect(structuredClone({ ...stage.fitted })).toEqual(before);
    const untouched = await fit(name, options, train);
    expect(plain(await stage.transform(fresh))).toEqual(plain(await untouched.transform(fresh)));
  });
});
