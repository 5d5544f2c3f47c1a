import {
  ColumnTransformer, CountVectorizer, FeatureUnion, FunctionTransformer, OneHotEncoder, PCA, Pipeline, PolynomialFeatures, SimpleImputer, StandardScaler, Table, VarianceThreshold,
} from 'refit';
import { columnSources } from '../../src/explain/column-sources.ts';

const table = Table.from({
  a: ['b', 'c', 'b', 'b_c'],
  a_b: ['x', 'x', 'y', 'y'],
  n: Float64Array.of(1, 2, 3, Number.NaN),
  still: Float64Array.of(5, 5, 5, 5),
  text: ['to be', 'or not', 'to n', 'a b'],
});
const given = { names: table.names, sources: [0, 1, 2, 3, 4] };

/** Names with the columns that they come from. */
async function traced(stage: any): Promise<[string, string | null][]> {
  await stage.fit(table);
  const { names, sources } = columnSources([['stage', stage]], given);
  expect(names).toEqual(stage.featureNamesOut(table.names));
  return names.map((name, j) => [name, given.names[sources[j]] ?? null]);
}

test('a category that makes the name of another column counts for its own', async () => {
  const plain = new ColumnTransformer([['words', new OneHotEncoder(), ['a', 'a_b']], ['same', 'passthrough', ['n']]], { verboseFeatureNamesOut: false });
  expect(await traced(plain)).toEqual([['a_b', 'a'], ['a_b_c', 'a'], ['a_c', 'a'], ['a_b_x', 'a_b'], ['a_b_y', 'a_b'], ['n', 'n']]);
});

test('columns are followed through pipelines, selectors and unions', async () => {
  const numbers = new Pipeline([['fill', new SimpleImputer({ addIndicator: true })], ['vary', new VarianceThreshold()], ['both', new FeatureUnion([['scaled', new StandardScaler()], ['powers', new PolynomialFeatures({ includeBias: false })]])]]);
  expect(await traced(new ColumnTransformer([['numbers', numbers, ['still', 'n']], ['words', new OneHotEncoder({ drop: 'first' }), ['a']]]))).toEqual([
    ['numbers__scaled__n', 'n'],
    ['numbers__scaled__missingindicator_n', 'n'],
    ['numbers__powers__n', 'n'],
    ['numbers__powers__missingindicator_n', 'n'],
    ['numbers__powers__n^2', 'n'],
    ['numbers__powers__n missingindicator_n', 'n'],
    ['numbers__powers__missingindicator_n^2', 'n'],
    ['words__a_b_c', 'a'],
    ['words__a_c', 'a'],
  ]);
});

test('what is made of several columns comes from none of them, what is made of one from that one', async () => {
  const filled = (last: object) => new Pipeline([['fill', new SimpleImputer()], ['last', last]] as never);
  const stage = new ColumnTransformer([['both', filled(new PCA({ nComponents: 1 })), ['n', 'still']], ['one', filled(new PCA({ nComponents: 1 })), ['n']], ['terms', new CountVectorizer(), 'text']]);
  expect(await traced(stage)).toEqual([['both__pca0', null], ['one__pca0', 'n'], ['terms__be', 'text'], ['terms__not', 'text'], ['terms__or', 'text'], ['terms__to', 'text']]);
});

test('a product of two columns comes from neither', async () => {
  const stage = new ColumnTransformer([['products', new Pipeline([['fill', new SimpleImputer()], ['multiply', new PolynomialFeatures({ interactionOnly: true })]]), ['n', 'still']]]);
  expect(await traced(stage)).toEqual([['products__1', null], ['products__n', 'n'], ['products__still', 'still'], ['products__n still', null]]);
});

test('a column that a function made is not known', async () => {
  const double = await new FunctionTransformer({ func: (X: Table) => Table.from({ n: X.column('n').values as Float64Array, twice: Float64Array.of(2, 4, 6, 8) }) }).fit(table);
  const then = new ColumnTransformer([['all', 'passthrough', ['twice', 'n']]]);
  await then.fit(await double.transform(table));
  expect(columnSources([['double', double], ['then', then]], given).sources).toEqual([-1, 2]);
});
