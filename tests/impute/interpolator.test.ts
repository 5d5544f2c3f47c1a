import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { Interpolator } from '../../src/impute/interpolator.ts';
import { fixture } from '../fixture.ts';

const cases = fixture('dates').cases.filter((c) => c.input.X);

test.each(cases.map((c) => [c.name, c] as const))('Interpolator %s within training rows as pandas does', async (_title, { options, input, expected, tolerance }) => {
  const X = DenseMatrix.from(input.X.map((row: unknown[]) => row.map(Number)));
  expect(await new Interpolator(options).fitTransform(X)).toBeAllClose(expected, { relative: tolerance, absolute: tolerance });
});

test('a gap at the start of new rows is filled from the last training value, counting the rows between', async () => {
  // Training ends with 5, then one row without a value: the new rows are 2, 3, … rows after the 5.
  const train = [[1], [5], [NaN]];
  const fresh = [[NaN], [NaN], [13], [NaN]];
  expect((await (await new Interpolator().fit(train)).transform(fresh)).toArray()).toEqual([[9], [11], [13], [13]]);
  expect((await (await new Interpolator({ method: 'previous' }).fit(train)).transform(fresh)).toArray()).toEqual([[5], [5], [13], [13]]);
  expect((await (await new Interpolator({ method: 'next' }).fit(train)).transform(fresh)).toArray()).toEqual([[13], [13], [13], [13]]);
});

test('rows without any value carry the last training value on', async () => {
  const imputer = await new Interpolator().fit([[1], [5]]);
  expect((await imputer.transform([[NaN], [NaN]])).toArray()).toEqual([[5], [5]]);
});

test('nothing that comes before training rows is made up from what comes after fit', async () => {
  const train = DenseMatrix.from([[NaN], [2], [NaN], [6]]);
  const first = (await new Interpolator().fitTransform(train)).toArray();
  expect(first).toEqual([[2], [2], [4], [6]]);
  const imputer = await new Interpolator().fit(train);
  const { last, gap } = imputer.fitted;
  await imputer.transform([[100], [NaN]]);
  expect([last, gap]).toEqual([Float64Array.of(6), Int32Array.of(0)]);
});

test('with method previous a row does not depend on later ones', async () => {
  const imputer = await new Interpolator({ method: 'previous' }).fit([[1]]);
  const rows = [[NaN], [3], [NaN], [8]];
  const whole = (await imputer.transform(rows)).toArray();
  for (let n = 1; n <= rows.length; n++) expect((await imputer.transform(rows.slice(0, n))).toArray()).toEqual(whole.slice(0, n));
});

test('a limit leaves the rest of a long gap missing', async () => {
  expect((await new Interpolator({ limit: 1 }).fitTransform([[0], [NaN], [NaN], [3]])).toArray()).toEqual([[0], [1], [NaN], [3]]);
});

test('a column without any training value is refused', async () => {
  await expect(new Interpolator().fit([[1, NaN], [2, NaN]])).rejects.toThrow('Interpolator: every column must have a value in fit, column 1 has only NaN. Drop it.');
});
