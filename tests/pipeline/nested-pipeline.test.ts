import { SimpleImputer } from '../../src/impute/simple-imputer.ts';
import { LinearRegression } from '../../src/linear/linear-regression.ts';
import { ColumnTransformer } from '../../src/pipeline/column-transformer.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { OutlierDropper } from '../../src/preprocessing/outlier-dropper.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { TargetEncoder } from '../../src/preprocessing/target-encoder.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { Table } from '../../src/table/table.ts';

// Every town but one occurs twice: encoded by all rows it tells a row's own target, by other folds only the other row's.
const towns = Array.from({ length: 40 }, (_, i) => `town ${i >> 1}`);
const y = Array.from({ length: 40 }, (_, i) => ((i * 7919) % 97) + 0.5);
const table = Table.from({ town: towns });
const fill = () => new SimpleImputer({ strategy: 'mostFrequent' });
const encode = () => new TargetEncoder({ randomState: 3 });
const nested = () => new Pipeline([['fill', fill()], ['encode', encode()]]);

test("fitTransform gives what the last stage's own fitTransform gives, so that no row is encoded by its own target", async () => {
  const expected = await encode().fitTransform(table, y);
  expect(await nested().fitTransform(table, y)).toEqual(expected);
  const seen = nested();
  await seen.fit(table, y);
  expect(await seen.transform(table)).not.toEqual(expected);
});

test('a pipeline within a ColumnTransformer, or within a pipeline, lets no target through', async () => {
  const plain = new Pipeline([['columns', new ColumnTransformer([['town', encode(), ['town']]])], ['line', new LinearRegression()]]);
  await plain.fit(table, y);
  const inColumns = new Pipeline([['columns', new ColumnTransformer([['town', nested(), ['town']]])], ['line', new LinearRegression()]]);
  await inColumns.fit(table, y);
  const inPipeline = new Pipeline([['nested', nested()], ['line', new LinearRegression()]]);
  await inPipeline.fit(table, y);
  expect(inColumns.namedSteps.line.fitted.coef).toEqual(plain.namedSteps.line.fitted.coef);
  expect(inPipeline.namedSteps.line.fitted.coef).toEqual(plain.namedSteps.line.fitted.coef);
});

test('fitTransform fits as fit does, stages that go together included', async () => {
  const texts = ['a b c', 'a a', 'c d', 'b b b d'];
  const make = () => new Pipeline([['count', new CountVectorizer({ tokenPattern: /\w/gu })], ['scale', new StandardScaler({ withMean: false })], ['again', new StandardScaler({ withMean: false })]]);
  const [once, twice] = [make(), make()];
  const made = await once.fitTransform(texts);
  await twice.fit(texts);
  expect(once.fitted).toEqual(twice.fitted);
  expect(made.toArray()).toEqual((await twice.transform(texts)).toArray());
});

test('where a stage drops rows, fitTransform keeps all of them, as the targets still do', async () => {
  const X = [[1], [2], [3], [4], [5], [500], [6], [7]];
  const pipeline = new Pipeline([['drop', new OutlierDropper()], ['scale', new StandardScaler()]]);
  const made = await pipeline.fitTransform(X, X.map(([value]) => value));
  expect(made.rows).toBe(8);
  expect(pipeline.namedSteps.scale.fitted.nSamplesSeen).toBe(7);
});

test('weights reach the last stage, and an error of any stage names it', async () => {
  const X = [[1], [2], [4]];
  const weighted = new Pipeline([['first', new StandardScaler()], ['last', new StandardScaler()]]);
  await weighted.fitTransform(X, undefined, { sampleWeight: [1, 1, 2] });
  expect(weighted.namedSteps.first.fitted.mean?.[0]).toBeCloseTo(7 / 3, 12);
  expect(weighted.namedSteps.last.fitted.nSamplesSeen).toBe(4);
  await expect(new Pipeline([['first', new StandardScaler()], ['last', encode()]]).fitTransform(X, [1, 2])).rejects.toThrow('Pipeline: step "last": TargetEncoder: ');
  await expect(new Pipeline([['first', new StandardScaler()], ['last', new LinearRegression()]]).fitTransform(X as never, [1, 2, 3])).rejects.toThrow(
    'Pipeline: the last stage "last" must have transform, LinearRegression has none.',
  );
});
