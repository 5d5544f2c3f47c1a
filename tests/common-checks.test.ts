import { RefitError } from '../src/core/errors.ts';
import type { Rule } from '../src/core/rules.ts';
import { CsrMatrix } from '../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../src/matrix/dense-matrix.ts';
import { isMatrix, type Matrix } from '../src/matrix/matrix.ts';
import { packModel, unpackModel } from '../src/persistence/model-file.ts';
import { type Example, examples, make } from './estimator-examples.ts';

/** What an estimator gives for X: every output it has, as plain arrays. */
async function outputs(estimator: any, X: unknown): Promise<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const method of ['transform', 'predict', 'predictProba', 'decisionFunction', 'mahalanobis', 'scoreSamples']) {
    // A search can do what its estimator can.
    if (typeof estimator[method] === 'function' && estimator.can?.(method) !== false) result[method] = plain(await estimator[method](X));
  }
  return result;
}

function plain(value: any): unknown {
  if (isMatrix(value)) return { kind: value.kind, rows: value.toArray() };
  if (typeof value.toObjects === 'function') return value.toObjects();
  return Array.from(value as ArrayLike<unknown>);
}

/** Functions among options, under names of their own. */
function functionsIn(options: object): Record<string, unknown> {
  const functions = Object.values(options).filter((value) => typeof value === 'function');
  return Object.fromEntries(functions.map((one, i) => [`own${i}`, one]));
}

/** The error that work throws, or undefined; anything but a RefitError fails the test. */
async function refusal(work: () => Promise<unknown>): Promise<RefitError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(RefitError);
    return error as RefitError;
  }
}

/** The estimator that another one stands for, by its class's name. */
const inner = (example: Example): string => (example.options as { estimator?: object }).estimator?.constructor.name ?? example.name;

const overMatrices = examples.filter((example) => isMatrix(example.X));

test('the checks know every kind of estimator', () => {
  const names = examples.map((example) => example.name);
  expect(names).toEqual(expect.arrayContaining(['CountVectorizer', 'StandardScaler', 'LogisticRegression', 'MultinomialNB', 'LabelEncoder']));
});

describe.each(examples.map((example) => [example.name, example] as const))('%s', (name, example) => {
  test('only stores its options: complete, frozen, nothing learned', () => {
    const estimator = make(example);
    expect(Object.keys(estimator.options).sort()).toEqual(Object.keys(example.Class.rules).sort());
    expect(Object.isFrozen(estimator.options)).toBe(true);
    expect(estimator.isFitted).toBe(false);
    expect(() => estimator.fitted).toThrow(`${name}: fit must come first`);
  });

  test('refuses an option it does not have', () => {
    expect(() => make(example, { noSuchOption: 1 })).toThrow(`${name}: there is no option noSuchOption`);
  });

  test('refuses the counterexample of every rule, naming the option and what it must be', () => {
    for (const [option, rule] of Object.entries(example.Class.rules) as [string, Rule][]) {
      expect(rule.accepts(rule.default) || rule.default === null || rule.default === undefined).toBe(true);
      expect(() => make(example, { [option]: rule.counterexample })).toThrow(`${name}: ${option} must be ${rule.expected}`);
    }
  });

  test('learns the same from a second fit as from the first, whatever was fitted between', async () => {
    const first = await outputs(await make(example).fit(example.X, example.y), example.X);
    const estimator = make(example);
    await estimator.fit(example.otherX, example.otherY);
    expect(await outputs(await estimator.fit(example.X, example.y), example.X)).toEqual(first);
  });

  test('is copied by clone without what it has learned', async () => {
    const fitted = await make(example).fit(example.X, example.y);
    const clone = fitted.clone();
    expect(clone.constructor).toBe(example.Class);
    expect(clone.options).toEqual(fitted.options);
    expect(clone.isFitted).toBe(false);
    expect(fitted.isFitted).toBe(true);
  });

  test('is fully described by its options and its fitted record', async () => {
    const fitted = await make(example).fit(example.X, example.y);
    const restored = make(example).restore({ ...fitted.fitted });
    expect(await outputs(restored, example.X)).toEqual(await outputs(fitted, example.X));
  });

  test('is the same after saving and loading: options, results, and what it learns anew', async () => {
    const fitted = await make(example).fit(example.X, example.y);
    const before = await outputs(fitted, example.X);
    // Functions of the examples stand in no module; here they do.
    const modules = { './own.ts': functionsIn(fitted.options) };
    const bytes = await packModel(fitted, { modules });
    const loaded = (await unpackModel(bytes, { modules })) as typeof fitted;
    expect(loaded.constructor).toBe(example.Class);
    expect(loaded.options).toEqual(fitted.options);
    expect(await outputs(loaded, example.X)).toEqual(before);
    expect(Buffer.compare(await packModel(loaded, { modules }), bytes)).toBe(0);
    expect(await outputs(await loaded.clone().fit(example.X, example.y), example.X)).toEqual(before);
  });

  test('does not change what it is given', async () => {
    const X = isMatrix(example.X) ? (example.X as Matrix).copy() : [...example.X];
    const y = [...example.y];
    const estimator = await make(example).fit(X, y);
    await outputs(estimator, X);
    expect(isMatrix(X) ? X.toArray() : X).toEqual(isMatrix(example.X) ? example.X.toArray() : [...example.X]);
    expect(y).toEqual([...example.y]);
  });

  test('fitTransform gives what fit and transform give', async () => {
    // It encodes each row by the other folds, on purpose.
    if (name === 'TargetEncoder') return;
    // Its fit leaves factors of X that transform finds again only as far as they had converged.
    if (name === 'NMF') return;
    const estimator = make(example);
    if (typeof estimator.fitTransform !== 'function') return;
    const once = plain(await estimator.fitTransform(example.X, example.y));
    const twice = make(example);
    await twice.fit(example.X, example.y);
    expect(plain(await twice.transform(example.X))).toEqual(once);
  });

  test('gives probabilities that sum to one, and the label of the largest', async () => {
    const estimator = make(example);
    if (typeof estimator.predictProba !== 'function' || estimator.can?.('predictProba') === false) return;
    // Theirs are of several targets at once.
    if (['MultiOutputClassifier', 'ClassifierChain'].includes(name)) return;
    await estimator.fit(example.X, example.y);
    const proba: DenseMatrix = await estimator.predictProba(example.X);
    // A mixture's components go by their numbers.
    const classes = estimator.fitted.classes ?? Array.from({ length: proba.cols }, (_, k) => k);
    expect(proba.cols).toBe(classes.length);
    const labels = await estimator.predict(example.X);
    const decidesItself = ['DummyClassifier', 'ThresholdTuner', 'FixedThreshold', 'NearestCentroid'].includes(name);
    for (let i = 0; i < proba.rows; i++) {
      const row = [...proba.row(i)];
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      if (!decidesItself) expect(labels[i]).toBe(classes[row.indexOf(Math.max(...row))]);
    }
  });

  test('answers several methods at once as one by one', async () => {
    const estimator = make(example);
    if (typeof estimator.askAll !== 'function') return;
    await estimator.fit(example.X, example.y);
    const methods = ['decisionFunction', 'predict', 'predictProba', 'predictLogProba'].filter((method) => typeof estimator[method] === 'function' && estimator.can?.(method) !== false);
    const answers: Map<string, unknown> = await estimator.askAll(example.X, methods);
    expect([...answers.keys()]).toEqual(methods);
    for (const method of methods) expect(answers.get(method)).toEqual(await estimator[method](example.X));
  });

  test('meets one row, no row and constant data with a result or a clear error, never with NaN', async () => {
    const first = isMatrix(example.X) ? example.X.take([0]) : example.X.slice(0, 1);
    const none = isMatrix(example.X) ? example.X.take([]) : [];
    const same = isMatrix(example.X) ? example.X.take(new Array(6).fill(0)) : new Array(6).fill(example.X[0]);
    for (const X of [first, none, same]) {
      const rows = isMatrix(X) ? X.rows : X.length;
      const y = Array.from(example.y).slice(0, rows);
      const estimator = make(example);
      let result: unknown;
      await refusal(async () => {
        await estimator.fit(X, y);
        result = await outputs(estimator, X);
      });
      expect(JSON.stringify(result, nanAsWord) ?? '').not.toContain('NaN');
    }
  });
});

const nanAsWord = (_: string, value: unknown): unknown => (Number.isNaN(value) ? 'NaN' : value);

describe.each(overMatrices.map((example) => [example.name, example] as const))('%s over a matrix', (name, example: Example) => {
  const takesAnything = ['DummyClassifier', 'DummyRegressor', 'FunctionTransformer', 'RowFilter', 'RandomOverSampler', 'RandomUnderSampler'].includes(name);

  test('refuses NaN and infinite values by row and column, or passes NaN on as missing', async () => {
    if (takesAnything) return;
    for (const value of [Number.NaN, Infinity]) {
      const X = example.X.copy();
      X.data[5] = value;
      const error = await refusal(async () => make(example).fit(X, example.y));
      // NaN may be let through as a missing value; an infinite value never is.
      // A halving search numbers the rows that it has drawn.
      if (error || value === Infinity) expect(error?.message).toMatch(name.startsWith('Halving') ? /row \d+ column 1/ : /row 1 column 1/);
    }
  });

  test('refuses another number of columns than fit saw', async () => {
    if (takesAnything) return;
    const estimator = await make(example).fit(example.X, example.y);
    const method = ['transform', 'predict', 'kneighbors', 'mahalanobis'].find((name) => typeof estimator[name] === 'function');
    // DBSCAN tells of the rows in fit only.
    if (method === undefined) return;
    const error = await refusal(() => estimator[method](example.X.takeCols([0, 1, 2])));
    expect(error?.message).toMatch(new RegExp(`^(${name}: "\\w+": \\w+|${name}|${inner(example)}): X has 3 columns, but 4 were seen in fit\\.$`));
  });

  test('gives the same for sparse as for dense input', async () => {
    if (takesAnything) return;
    // Sums of such numbers are exact in any order: trees sum up rows of sparse columns in another, which decides between splits that tie.
    const y = Array.from(example.y as ArrayLike<any>, (value) => (typeof value === 'number' ? Math.round(value * 1024) / 1024 : value)) as typeof example.y;
    const dense = await outputs(await make(example).fit(example.X, y), example.X);
    const sparse = CsrMatrix.fromDense(example.X);
    const estimator = make(example);
    let result: Record<string, unknown> = {};
    const error = await refusal(async () => {
      await estimator.fit(sparse, y);
      result = await outputs(estimator, sparse);
    });
    if (error) expect(error.message).toMatch(/sparse|dense/);
    const rows = (v: any): unknown => v.rows ?? v;
    for (const [method, value] of Object.entries(result)) {
      if (method === 'predict' && ['string', 'boolean'].includes(typeof (value as unknown[])[0])) expect(value).toEqual(dense[method]);
      else expect(rows(value)).toBeAllClose(rows(dense[method]), { relative: 1e-6, absolute: 1e-9 });
    }
  });

  test('takes rows of numbers for a matrix', async () => {
    if (takesAnything) return;
    const fromRows = await outputs(await make(example).fit(example.X.toArray(), example.y), example.X.toArray());
    expect(fromRows).toEqual(await outputs(await make(example).fit(example.X, example.y), example.X));
  });

  test('refuses y of another length', async () => {
    if (typeof make(example).predict !== 'function') return;
    expect((await refusal(() => make(example).fit(example.X, Array.from(example.y).slice(1))))?.message).toMatch(/12 rows.*11/);
  });
});
