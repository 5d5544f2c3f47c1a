import { RandomState } from '../../src/core/random-state.ts';
import * as refit from '../../src/index.ts';
import { packModel, unpackModel } from '../../src/persistence/model-file.ts';

const COUNT = 100;
const ROWS = 30;

type Make = () => any;

const words = ['red', 'green', 'blue', 'größe', 'naïve', 'sea', '中文', 'sun'];

/** A pipeline of stages drawn at random, with data that it can learn from. */
function draw(seed: number): { pipeline: any; X: any; y: any } {
  const random = new RandomState(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random.randomSample() * values.length)];
  const some = (makes: readonly (readonly [string, Make])[]): [string, any][] => makes.filter(() => random.randomSample() < 0.5).map(([name, make]) => [name, make()]);
  const classes: readonly (string | boolean | number)[] = [['no', 'yes'], [false, true], [0, 1, 2]][seed % 3];
  // Every class three times at least, then at random.
  const y = Array.from({ length: ROWS }, (_, i) => (seed % 4 === 0 ? 1 + random.randomSample() * 9 : i < 9 ? classes[i % classes.length] : pick(classes)));
  const last: Make =
    seed % 4 === 0
      ? pick<Make>([
          () => new refit.Ridge({ alpha: pick([0.1, 1, 10]) }),
          () => new refit.ElasticNet({ alpha: 0.1 }),
          () => new refit.KNeighborsRegressor({ nNeighbors: 3 }),
          () => new refit.TransformedTarget({ regressor: new refit.Ridge(), func: pick(['log1p', 'sqrt', 'standardize'] as const) }),
          () => new refit.DummyRegressor(),
          () => new refit.RandomForestRegressor({ nEstimators: 4, randomState: seed, workers: 1 }),
          () => new refit.VotingRegressor({ estimators: [['ridge', new refit.Ridge()], ['tree', new refit.DecisionTreeRegressor({ maxDepth: 3, randomState: 0 })]] }),
        ])
      : pick<Make>([
          () => new refit.LogisticRegression({ C: pick([0.1, 1, 10]) }),
          () => new refit.KNeighborsClassifier({ nNeighbors: 3, weights: pick(['uniform', 'distance'] as const) }),
          () => new refit.LinearSVC(),
          () => new refit.ExtraTreesClassifier({ nEstimators: 4, randomState: seed, workers: 1 }),
          () => new refit.StackingClassifier({ estimators: [['tree', new refit.DecisionTreeClassifier({ maxDepth: 3, randomState: 0 })]], cv: 2 }),
          () => new refit.BaggingClassifier({ nEstimators: 3, randomState: seed }),
          () => new refit.SGDClassifier({ maxIter: 20, randomState: seed }),
          () => new refit.CalibratedClassifier({ estimator: new refit.LogisticRegression(), cv: 2, method: pick(['sigmoid', 'isotonic'] as const) }),
          () => new refit.GridSearch({ estimator: new refit.LogisticRegression(), searchSpace: { C: [0.1, 1] }, cv: new refit.StratifiedKFold({ nSplits: 2 }), workers: 1 }),
        ]);
  const kind = seed % 3;
  if (kind === 0) {
    const X = Array.from({ length: ROWS }, () => Array.from({ length: 6 }, () => pick(words)).join(' '));
    const vectorizers: Make[] = [
      () => new refit.TfidfVectorizer({ ngramRange: pick([[1, 1], [1, 2]] as const), sublinearTf: pick([true, false]), tokenPattern: /\w+/gu }),
      () => new refit.CountVectorizer({ stopWords: pick([null, ['red']]), binary: pick([true, false]) }),
      () => new refit.HashingVectorizer({ nFeatures: 32 }),
      () => new refit.FeatureUnion([['words', new refit.CountVectorizer()], ['letters', new refit.TfidfVectorizer({ analyzer: 'char_wb', ngramRange: [2, 3] })]]),
    ];
    const between = some([['select', () => new refit.VarianceThreshold()], ['scale', () => new refit.MaxAbsScaler()], ['norm', () => new refit.Normalizer()]]);
    return { pipeline: new refit.Pipeline([['words', pick(vectorizers)()], ...between, ['model', last()]] as never), X, y };
  }
  const numbers = new refit.DenseMatrix(ROWS, 4, Float64Array.from({ length: ROWS * 4 }, () => Math.round((random.randomSample() - 0.5) * 100) / 8));
  const onNumbers: [string, Make][] = [
    ['scale', pick<Make>([() => new refit.StandardScaler(), () => new refit.RobustScaler(), () => new refit.MinMaxScaler()])],
    ['bend', pick<Make>([() => new refit.PowerTransformer(), () => new refit.QuantileTransformer({ nQuantiles: 10 }), () => new refit.SplineTransformer({ nKnots: 3 })])],
    ['more', pick<Make>([() => new refit.PolynomialFeatures(), () => new refit.KBinsDiscretizer({ nBins: 3 })])],
    ['few', pick<Make>([() => new refit.PCA({ nComponents: 2 }), () => new refit.SelectKBest({ k: 2, scoreFunc: seed % 4 === 0 ? 'fRegression' : 'fClassif' })])],
  ];
  if (kind === 1) return { pipeline: new refit.Pipeline([...some(onNumbers), ['model', last()]] as never), X: numbers, y };
  const gap = (value: number): number | null => (random.randomSample() < 0.1 ? null : value);
  const X = refit.Table.from({
    a: Array.from(numbers.col(0), gap),
    b: Array.from(numbers.col(1), gap),
    town: Array.from({ length: ROWS }, () => pick(['Ulm', 'Köln', null, 'Bonn'])),
    day: Array.from({ length: ROWS }, (_, i) => new Date(Date.UTC(2026, i % 12, 1 + i))),
    text: Array.from({ length: ROWS }, () => `${pick(words)} ${pick(words)}`),
  });
  const encoders: Make[] = [
    () => new refit.OneHotEncoder({ handleUnknown: 'ignore' }),
    () => new refit.OrdinalEncoder({ handleUnknown: 'useEncodedValue', unknownValue: -1, encodedMissingValue: -2 }),
    () => new refit.FrequencyEncoder(),
  ];
  const parts = [
    ['numbers', new refit.Pipeline([['fill', pick<Make>([() => new refit.SimpleImputer({ addIndicator: true }), () => new refit.KNNImputer(), () => new refit.IterativeImputer({ maxIter: 2 })])()], ...some(onNumbers.slice(0, 2))] as never), ['a', 'b']],
    ['town', pick(encoders)(), ['town']],
    ['day', new refit.DateFeatures(), refit.columns.date],
    ['text', new refit.CountVectorizer(), 'text'],
  ];
  return { pipeline: new refit.Pipeline([['columns', new refit.ColumnTransformer(parts as never)], ['model', last()]] as never), X, y };
}

async function outputs(model: any, X: unknown): Promise<unknown[]> {
  const asked = ['predict', 'predictProba', 'decisionFunction'].filter((method) => model.can(method));
  return Promise.all(asked.map((method) => model[method](X)));
}

test.each(Array.from({ length: COUNT }, (_, seed) => [seed] as const))('pipeline %i predicts the same after saving and loading, and learns the same anew', async (seed) => {
  const { pipeline, X, y } = draw(seed);
  await pipeline.fit(X, y);
  const before = await outputs(pipeline, X);
  const bytes = await packModel(pipeline);
  const loaded = (await unpackModel(bytes)) as typeof pipeline;
  expect(await outputs(loaded, X)).toEqual(before);
  expect(loaded.options).toEqual(pipeline.options);
  expect(Buffer.compare(await packModel(loaded), bytes)).toBe(0);
  const anew = await loaded.clone().fit(X, y);
  expect(await outputs(anew, X)).toEqual(before);
});
