import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GaussianNB } from '../../src/bayes/gaussian-nb.ts';
import { DataError, OptionError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { BayesianSearch } from '../../src/model-selection/bayesian-search.ts';
import { GridSearch } from '../../src/model-selection/grid-search.ts';
import { HalvingGridSearch } from '../../src/model-selection/halving-grid-search.ts';
import { HalvingRandomSearch } from '../../src/model-selection/halving-random-search.ts';
import { logUniform } from '../../src/model-selection/log-uniform.ts';
import { nestedCrossValidate } from '../../src/model-selection/nested-cross-validate.ts';
import { RandomizedSearch } from '../../src/model-selection/randomized-search.ts';
import type { SearchEvent } from '../../src/model-selection/search-study.ts';
import { TreeParzen } from '../../src/model-selection/tree-parzen.ts';
import { uniform } from '../../src/model-selection/uniform.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';

const random = new RandomState(4);
const X = new DenseMatrix(80, 3, random.standardNormal(240));
const y = Array.from({ length: 80 }, (_, i) => (X.at(i, 0) + 0.7 * random.standardNormal() > 0.2 ? 'spam' : 'ham'));
const pipeline = () => new Pipeline([['scale', new StandardScaler()], ['classify', new LogisticRegression()]]);
const searches = {
  GridSearch: () => new GridSearch({ estimator: pipeline(), searchSpace: { classify: { C: [0.01, 0.1, 1] } }, cv: 3, scoring: ['accuracy', 'logLoss'] }),
  RandomizedSearch: () => new RandomizedSearch({ estimator: pipeline(), searchSpace: { classify: { C: logUniform(1e-3, 10) } }, nIter: 4, cv: 3 }),
  HalvingGridSearch: () => new HalvingGridSearch({ estimator: pipeline(), searchSpace: { classify: { C: [0.01, 0.1, 1, 10] } }, cv: 3, factor: 2 }),
  BayesianSearch: () => new BayesianSearch({ estimator: pipeline(), searchSpace: { classify: { C: logUniform(1e-3, 10) }, scale: { withMean: [true, false] } }, nIter: 7, nStartup: 3, cv: 3, scoring: 'logLoss' }),
};
const folder = mkdtempSync(join(tmpdir(), 'refit-search-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a search found, without its seconds. */
const found = ({ fitted }: any): unknown => ({ ...fitted, bestEstimator: fitted.bestEstimator.fitted, refitSeconds: 0, results: fitted.results.map((row: any) => ({ ...row, fitSeconds: 0, scoreSeconds: 0 })) });

describe.each(Object.entries(searches))('%s', (name, make) => {
  test('goes on from its journal after an interruption, to the same end, and fits nothing twice', async () => {
    const journal = join(folder, `${name}.jsonl`);
    const whole = await (make() as any).fit(X, y);
    const stop = new AbortController();
    let folds = 0;
    const interrupted = (make() as any).fit(X, y, {
      journal,
      signal: stop.signal,
      onEvent: ({ type }: SearchEvent) => {
        if (type === 'fold' && ++folds === 5) stop.abort();
      },
    });
    await expect(interrupted).rejects.toThrow('aborted');
    // A crash in the middle of a line.
    appendFileSync(journal, '{"key":"0.1.torn","sco');
    const told: SearchEvent[] = [];
    const resumed = await (make() as any).fit(X, y, { journal, onEvent: (event: SearchEvent) => told.push(event) });
    expect(found(resumed)).toEqual(found(whole));
    const all = whole.fitted.results.length * 3;
    expect(told.filter(({ type }) => type === 'fold')).toHaveLength(all - 5);
    const lines = readFileSync(journal, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(1 + all);
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
    // Once more: all is known.
    told.length = 0;
    expect(found(await (make() as any).fit(X, y, { journal, onEvent: (event: SearchEvent) => told.push(event) }))).toEqual(found(whole));
    expect(told.filter(({ type }) => type === 'fold')).toEqual([]);
  });
});

test('a journal of another search, and a file that is none, are refused and left alone', async () => {
  const journal = join(folder, 'other.jsonl');
  await searches.GridSearch().fit(X, y, { journal });
  const before = readFileSync(journal, 'utf8');
  await expect(searches.GridSearch().fit(X.take([...Array(79).keys()]), y.slice(0, 79), { journal })).rejects.toThrow(
    new DataError(`GridSearch: journal ${journal} is of another search: its data, folds, scorers or estimator differ. Use another file, or remove this one.`),
  );
  expect(readFileSync(journal, 'utf8')).toBe(before);
  const text = join(folder, 'text.csv');
  writeFileSync(text, 'a,b\n');
  await expect(searches.GridSearch().fit(X, y, { journal: text })).rejects.toThrow('is no search journal');
  expect(readFileSync(text, 'utf8')).toBe('a,b\n');
});

test('a journal serves a larger space of the same search, which fits only what is new', async () => {
  const journal = join(folder, 'larger.jsonl');
  await new RandomizedSearch({ estimator: pipeline(), searchSpace: { classify: { C: logUniform(1e-3, 10) } }, nIter: 4, cv: 3 }).fit(X, y, { journal });
  const folds: number[] = [];
  await new RandomizedSearch({ estimator: pipeline(), searchSpace: { classify: { C: logUniform(1e-3, 10) } }, nIter: 6, cv: 3 }).fit(X, y, {
    journal,
    onEvent: (event) => event.type === 'fold' && folds.push(event.candidate),
  });
  expect(folds.sort()).toEqual([4, 4, 4, 5, 5, 5]);
});

test('without a journal nothing is written', async () => {
  const path = join(folder, 'none.jsonl');
  await searches.GridSearch().fit(X, y);
  expect(existsSync(path)).toBe(false);
});

describe('BayesianSearch', () => {
  test('proposes what TreeParzen proposes for the same scores', async () => {
    const space = { varSmoothing: logUniform(1e-9, 10) };
    const search = await new BayesianSearch({ estimator: new GaussianNB(), searchSpace: space, nIter: 14, cv: 3, scoring: 'logLoss', randomState: 3 }).fit(X, y);
    const tpe = new TreeParzen(space, { randomState: 3 });
    for (const { params, scores } of search.fitted.results) {
      const asked = tpe.ask();
      expect(params).toEqual(asked.params);
      tpe.tell(asked.id, scores.logLoss.mean);
    }
  });

  test('finds a better candidate than as many random ones', async () => {
    const options = { estimator: new GaussianNB(), searchSpace: { varSmoothing: logUniform(1e-9, 1e6) }, nIter: 25, cv: 3, scoring: 'logLoss' } as const;
    const bayesian = await new BayesianSearch(options).fit(X, y);
    const chance = await new RandomizedSearch(options).fit(X, y);
    expect(bayesian.fitted.bestScore).toBeLessThan(chance.fitted.bestScore);
  });

  test('in batches tries as many, each batch apart', async () => {
    const search = await new BayesianSearch({ estimator: new GaussianNB(), searchSpace: { varSmoothing: logUniform(1e-9, 10) }, nIter: 10, nStartup: 3, batchSize: 4, cv: 3 }).fit(X, y);
    const values = search.fitted.results.map(({ params }) => params.varSmoothing);
    expect(new Set(values).size).toBe(10);
  });

  test('fits nothing twice, and ends where the space has no others', async () => {
    const fitted: number[] = [];
    const options = { estimator: new GaussianNB(), searchSpace: { varSmoothing: [1e-9, 1e-3, 1, 1] }, cv: 3 };
    const search = await new BayesianSearch({ ...options, nIter: 30 }).fit(X, y, { onEvent: (event) => event.type === 'fold' && fitted.push(event.params.varSmoothing as number) });
    expect(fitted.toSorted((a, b) => a - b)).toEqual([1e-9, 1e-9, 1e-9, 1e-3, 1e-3, 1e-3, 1, 1, 1]);
    expect(search.fitted.results.map(({ params }) => params.varSmoothing).toSorted((a, b) => (a as number) - (b as number))).toEqual([1e-9, 1e-3, 1]);
    expect(search.fitted.notes).toEqual(['3 candidates were tried, not 30: what was proposed after them had been tried.']);
    const few = await new BayesianSearch({ ...options, searchSpace: { varSmoothing: [1e-9, 1] }, nIter: 5, batchSize: 2 }).fit(X, y);
    expect(few.fitted.notes).toEqual(['2 candidates were tried, not 5: the space has no others.']);
    expect((await new BayesianSearch({ ...options, searchSpace: { varSmoothing: [1e-9, 1] }, nIter: 2 }).fit(X, y)).fitted.notes).toEqual([]);
  });

  test('refuses several spaces, and tells of a failing candidate without stopping', async () => {
    const several = new BayesianSearch({ estimator: new GaussianNB(), searchSpace: [{ varSmoothing: [1] }, { varSmoothing: [2] }] });
    await expect(several.fit(X, y)).rejects.toThrow(new OptionError('BayesianSearch: searchSpace must be one space, got 2. Search them one after the other.'));
    expect(() => new TreeParzen({ x: uniform(0, 1) }).tell(0, 1)).toThrow('TreeParzen: tell must name a point that was asked for and not told, got 0.');
  });
});

describe('HalvingGridSearch', () => {
  test('refuses resources that the estimator does not have or that are searched, and too few rows', async () => {
    const options = { estimator: pipeline(), searchSpace: { classify: { C: [0.1, 1] } }, cv: 3 } as const;
    await expect(new HalvingGridSearch({ ...options, resource: 'classify.maxIters', maxResources: 9 }).fit(X, y)).rejects.toThrow('there is no option maxIters. Did you mean maxIter?');
    await expect(new HalvingGridSearch({ ...options, resource: 'classify.C', maxResources: 9 }).fit(X, y)).rejects.toThrow('HalvingGridSearch: resource must not be searched too, got "classify.C".');
    await expect(new HalvingGridSearch({ ...options, resource: 'classify.maxIter' }).fit(X, y)).rejects.toThrow("maxResources must be a number with resource 'classify.maxIter', got 'auto'");
    await expect(new HalvingGridSearch({ ...options, minResources: 81 }).fit(X, y)).rejects.toThrow('minResources must be at most maxResources (80), got 81');
    const both = new HalvingRandomSearch({ ...options, minResources: 'exhaust' });
    await expect(both.fit(X, y)).rejects.toThrow("nCandidates must be a number with minResources 'exhaust'");
  });

  test('gives out iterations of a pipeline stage', async () => {
    const search = new HalvingGridSearch({ estimator: pipeline(), searchSpace: { classify: { C: [0.1, 1, 10] } }, cv: 3, resource: 'classify.maxIter', maxResources: 9 });
    await search.fit(X, y);
    expect(search.fitted.results.map(({ params, resources }) => [(params.classify as { maxIter: number }).maxIter, resources])).toEqual([[3, 3], [3, 3], [3, 3], [9, 9]]);
  });
});

test('nestedCrossValidate searches within each outer fold and judges on rows that neither chose nor fitted', async () => {
  const search = new GridSearch({ estimator: pipeline(), searchSpace: { classify: { C: [0.01, 1] } }, cv: 3, workers: 1 });
  const { cv, choices } = await nestedCrossValidate(search, X, y, { cv: 4, workers: 1 });
  expect(choices).toHaveLength(4);
  for (const { fold, bestParams, bestScore } of choices) {
    const { train, test } = cv.folds[fold];
    const alone = await search.clone().fit(X.take(train), [...train].map((i) => y[i]));
    expect(bestParams).toEqual(alone.fitted.bestParams);
    expect(bestScore).toBe(alone.fitted.bestScore);
    expect(cv.folds[fold].scores.accuracy).toBe(await alone.score(X.take(test), [...test].map((i) => y[i])));
  }
  expect(search.isFitted).toBe(false);
});
