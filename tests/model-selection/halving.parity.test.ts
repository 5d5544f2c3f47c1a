import * as refit from '../../src/index.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';
import '../to-be-all-close.ts';

const { cases } = fixture('halving');
const data = cases.find(({ call }) => call === 'data')?.input;
const models: Record<string, () => any> = {
  bayes: () => new refit.GaussianNB(),
  neighbors: () => new refit.KNeighborsClassifier(),
  ridge: () => new refit.Ridge(),
  tree: () => new refit.DecisionTreeClassifier({ randomState: 0 }),
};
const distributions: Record<string, (low: number, high: number) => unknown> = { logUniform: refit.logUniform, randint: refit.randint };

describe('successive halving, as scikit-learn,', () => {
  test.each(cases.filter(({ call }) => call !== 'data').map((one) => [one.name, one] as const))('%s', async (_, { input, options, expected, tolerance }) => {
    const isRegression = input.model === 'ridge';
    const { X, y } = isRegression ? data.numbers : data.classes;
    const space = Object.fromEntries(Object.entries<any>(input.space).map(([name, [first, ...rest]]) => [name, first in distributions ? distributions[first](rest[0], rest[1]) : [first, ...rest]]));
    const cv = isRegression ? new refit.KFold({ nSplits: 4 }) : new refit.StratifiedKFold({ nSplits: 4 });
    const Search = (input.search === 'HalvingGridSearchCV' ? refit.HalvingGridSearch : refit.HalvingRandomSearch) as new (options: any) => any;
    const search = await new Search({ ...options, estimator: models[input.model](), searchSpace: space, cv, workers: 1 }).fit(DenseMatrix.from(X), y);
    const { results, bestIndex, scorerName } = search.fitted;
    expect(results.map(({ iteration }: any) => iteration)).toEqual(expected.iteration);
    expect(results.map(({ resources }: any) => resources)).toEqual(expected.resources);
    const close = { relative: tolerance, absolute: tolerance };
    const values = results.map(({ params }: any) => params[Object.keys(input.space)[0]]);
    if (typeof values[0] === 'number') expect(values).toBeAllClose(expected.values, close);
    else expect(values).toEqual(expected.values);
    expect(results.map(({ scores }: any) => scores[scorerName].mean)).toBeAllClose(expected.mean, close);
    expect(bestIndex).toBe(expected.bestIndex);
    const predictions = await search.predict(DenseMatrix.from(X.slice(0, 20)));
    expect(Array.from(predictions as number[])).toBeAllClose(expected.predictions, close);
  });
});
