import { ColumnTransformer, DecisionTreeClassifier, FunctionTransformer, HistGradientBoostingRegressor, LogisticRegression, OneHotEncoder, Pipeline, RandomForestClassifier, RandomState, shapValues, Table } from 'refit';
import { endsInTrees, treePushes } from '../../src/serve/explain-trees.ts';

const random = new RandomState(4);
const island = Array.from({ length: 200 }, () => ['Biscoe', 'Dream', 'Torgersen'][random.randint(3)]);
const colour = Array.from({ length: 200 }, () => ['black', 'white'][random.randint(2)]);
const mass = Float64Array.from({ length: 200 }, () => 3 + 2 * random.randomSample());
const table = Table.from({ island, mass, colour });
const kinds = island.map((name, i) => (name === 'Dream' && mass[i] > 4 ? 'b' : colour[i] === 'black' ? 'a' : 'c'));
const features = ['island', 'mass', 'colour'];
const row = (i: number) => [island[i], mass[i], colour[i]];

const encoded = () =>
  new ColumnTransformer([
    ['numbers', 'passthrough', ['mass']],
    ['words', new OneHotEncoder({ sparseOutput: false }), ['colour', 'island']],
  ]);

test('pushes of encoded columns are added up by the column that they were made of, and tell the whole probability', async () => {
  const model = await new Pipeline([['columns', encoded()], ['classify', new RandomForestClassifier({ nEstimators: 20, minSamplesLeaf: 5, randomState: 0 })]]).fit(table, kinds);
  const told = (await treePushes(model, table, features))!;
  expect(told.outputs).toEqual(['a', 'b', 'c']);
  const { base } = shapValues(model.namedSteps.classify, await model.transformBeforeLast(table));
  const proba = await model.predictProba(table);
  for (const i of [0, 7, 99]) {
    for (const output of [0, 1, 2]) {
      const pushes = told.pushes(i, output, row(i));
      expect(new Set(pushes.map(({ name }) => name))).toEqual(new Set(features));
      expect(pushes.find(({ name }) => name === 'island')!.value).toBe(island[i]);
      expect(base[output] + pushes.reduce((sum, { push }) => sum + push, 0)).toBeCloseTo(proba.at(i, output), 10);
    }
  }
});

test('a category that makes the name of another column pushes for its own', async () => {
  // What says that the island is "mass" is called island_mass, as another column is.
  const named = Table.from({ island: island.map((name) => (name === 'Dream' ? 'mass' : name)), island_mass: mass });
  const encode = new ColumnTransformer([['words', new OneHotEncoder(), ['island']], ['numbers', 'passthrough', ['island_mass']]]);
  const dreams = island.map((name) => name === 'Dream');
  const model = await new Pipeline([['columns', encode], ['classify', new DecisionTreeClassifier()]]).fit(named, dreams);
  const told = (await treePushes(model, named, ['island', 'island_mass']))!;
  expect(told.pushes(0, 1, ['mass', 4]).map(({ name }) => name)).toEqual(['island']);
});

test('a column that decides nothing pushes nothing', async () => {
  const model = await new Pipeline([['columns', encoded()], ['regress', new HistGradientBoostingRegressor({ maxIter: 30, learningRate: 0.3 })]]).fit(table, mass);
  const told = (await treePushes(model, table, features))!;
  expect(told.outputs).toBeNull();
  const [strongest] = told.pushes(3, 0, row(3));
  expect(strongest.name).toBe('mass');
  const mean = mass.reduce((a, b) => a + b, 0) / mass.length;
  expect(Math.sign(strongest.push)).toBe(Math.sign(mass[3] - mean));
});

test('columns that cannot be traced back to those of the form are not told of', async () => {
  const doubled = new FunctionTransformer({ func: (X: Table) => Table.from({ twice: Float64Array.from(X.column('mass').values as ArrayLike<number>, (m) => 2 * m) }) });
  const model = await new Pipeline([['double', doubled], ['columns', new ColumnTransformer([['all', 'passthrough', ['twice']]])], ['classify', new RandomForestClassifier({ nEstimators: 3 })]]).fit(table, kinds);
  expect(endsInTrees(model)).toBe(true);
  expect(await treePushes(model, table, features)).toBeNull();
  expect(endsInTrees(await new LogisticRegression().fit([[0], [1]], ['a', 'b']))).toBe(false);
});
