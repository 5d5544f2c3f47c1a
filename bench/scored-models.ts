/** The models of bench/model-scores.ts by name; bench/peers/scored_models.py has their twins in scikit-learn. */
import * as refit from 'refit';

/** What a data set puts before a model: as it suits linear models, without negative values, or dense. */
export type Front = 'scaled' | 'nonNegative' | 'dense';

export interface ScoredModel {
  /** The stages after the data set's front; `components` is how many the set has for decompositions. */
  stages: (seed: number, components: number) => refit.Stage[];
  front: Front;
  /** What it learns: the set's y, which of two classes, or two columns. */
  target: 'y' | 'two' | 'columns';
  /** How many seeds to take the mean over. */
  seeds: number;
  /** Whether it is slow on many documents. */
  isSlow: boolean;
}

type Make = (seed: number) => unknown;

const scored = (make: Make, more: Partial<ScoredModel> = {}): ScoredModel => ({
  stages: (seed) => [make(seed) as refit.Stage],
  front: 'scaled',
  target: 'y',
  seeds: 1,
  isSlow: false,
  ...more,
});

/** A transformer and a linear model after it. */
const reduced = (make: (seed: number, components: number) => unknown, last: () => unknown, more: Partial<ScoredModel> = {}): ScoredModel =>
  scored(last, { ...more, stages: (seed, components) => [make(seed, components), last()] as refit.Stage[] });

const logistic = () => new refit.LogisticRegression({ maxIter: 1000 });
/** For distances, on which logistic regression needs thousands of steps as they are. */
const scaledLogistic = () => new refit.Pipeline([['scale', new refit.StandardScaler()], ['model', logistic()]]);
const seeded = { seeds: 3 };
const slow = { isSlow: true };
const kernels = ['linear', 'poly', 'rbf', 'sigmoid'] as const;
const perKernel = (name: string, make: (kernel: (typeof kernels)[number]) => unknown): Record<string, ScoredModel> =>
  Object.fromEntries(kernels.map((kernel) => [`${name}, ${kernel}`, scored(() => make(kernel), slow)]));
const trio = () => [['bayes', new refit.BernoulliNB()], ['logistic', logistic()], ['knn', new refit.KNeighborsClassifier()]] as const;
const pair = () => [['ridge', new refit.Ridge()], ['knn', new refit.KNeighborsRegressor()]] as const;

export const classifiers: Record<string, ScoredModel> = {
  LogisticRegression: scored(logistic),
  'LogisticRegression, lasso': scored(() => new refit.LogisticRegression({ l1Ratio: 1, maxIter: 1000, tol: 1e-6 }), slow),
  LogisticRegressionCV: scored(() => new refit.LogisticRegressionCV({ Cs: 5, maxIter: 1000, scoring: 'logLoss' }), slow),
  RidgeClassifier: scored(() => new refit.RidgeClassifier()),
  'RidgeClassifier, balanced': scored(() => new refit.RidgeClassifier({ alpha: 10, classWeight: 'balanced' }), { front: 'dense' }),
  Perceptron: scored((randomState) => new refit.Perceptron({ randomState }), seeded),
  'SGDClassifier, hinge': scored((randomState) => new refit.SGDClassifier({ randomState }), seeded),
  'SGDClassifier, logLoss': scored((randomState) => new refit.SGDClassifier({ loss: 'logLoss', randomState }), seeded),
  'LinearSVC, squaredHinge': scored(() => new refit.LinearSVC({ maxIter: 10_000 })),
  'LinearSVC, hinge': scored(() => new refit.LinearSVC({ loss: 'hinge', maxIter: 100_000 })),
  ...perKernel('SVC', (kernel) => new refit.SVC({ kernel })),
  'SVC, probability': scored(() => new refit.SVC({ probability: true }), slow),
  ...perKernel('NuSVC', (kernel) => new refit.NuSVC({ kernel, nu: 0.2 })),
  'KNeighborsClassifier, uniform': scored(() => new refit.KNeighborsClassifier()),
  'KNeighborsClassifier, distance': scored(() => new refit.KNeighborsClassifier({ weights: 'distance', nNeighbors: 9 })),
  'KNeighborsClassifier, manhattan': scored(() => new refit.KNeighborsClassifier({ metric: 'manhattan' }), slow),
  'KNeighborsClassifier, cosine': scored(() => new refit.KNeighborsClassifier({ metric: 'cosine' })),
  NearestCentroid: scored(() => new refit.NearestCentroid()),
  MultinomialNB: scored(() => new refit.MultinomialNB(), { front: 'nonNegative' }),
  ComplementNB: scored(() => new refit.ComplementNB(), { front: 'nonNegative' }),
  BernoulliNB: scored(() => new refit.BernoulliNB(), { front: 'nonNegative' }),
  GaussianNB: scored(() => new refit.GaussianNB(), { front: 'dense' }),
  DecisionTreeClassifier: scored((randomState) => new refit.DecisionTreeClassifier({ randomState }), { front: 'nonNegative', ...seeded, ...slow }),
  RandomForestClassifier: scored((randomState) => new refit.RandomForestClassifier({ randomState, nEstimators: 50 }), { front: 'nonNegative', ...seeded, ...slow }),
  ExtraTreesClassifier: scored((randomState) => new refit.ExtraTreesClassifier({ randomState, nEstimators: 50 }), { front: 'nonNegative', ...seeded, ...slow }),
  HistGradientBoostingClassifier: scored(() => new refit.HistGradientBoostingClassifier({ maxIter: 30 }), { front: 'dense' }),
  'PCA, full': reduced((_, nComponents) => new refit.PCA({ nComponents, svdSolver: 'full' }), logistic, { front: 'dense' }),
  'PCA, auto': reduced((randomState, nComponents) => new refit.PCA({ nComponents, randomState }), logistic),
  'PCA, whiten': reduced((randomState, nComponents) => new refit.PCA({ nComponents, whiten: true, svdSolver: 'arpack', randomState }), logistic),
  TruncatedSVD: reduced((randomState, nComponents) => new refit.TruncatedSVD({ nComponents, randomState }), logistic, seeded),
  NMF: reduced((_, nComponents) => new refit.NMF({ nComponents, maxIter: 400 }), logistic, { front: 'nonNegative', ...slow }),
  LatentDirichletAllocation: reduced((randomState, nComponents) => new refit.LatentDirichletAllocation({ nComponents, randomState }), logistic, { front: 'nonNegative', ...slow }),
  KMeans: reduced((randomState) => new refit.KMeans({ randomState }), scaledLogistic, seeded),
  MiniBatchKMeans: reduced((randomState) => new refit.MiniBatchKMeans({ randomState }), scaledLogistic, seeded),
  'CalibratedClassifier, sigmoid': scored(() => new refit.CalibratedClassifier({ estimator: new refit.LinearSVC({ maxIter: 10_000 }) })),
  'CalibratedClassifier, isotonic': scored(() => new refit.CalibratedClassifier({ estimator: new refit.MultinomialNB(), method: 'isotonic' }), { front: 'nonNegative' }),
  'CalibratedClassifier, temperature': scored(() => new refit.CalibratedClassifier({ estimator: logistic(), method: 'temperature' })),
  ThresholdTuner: scored(() => new refit.ThresholdTuner({ estimator: logistic(), scoring: 'balancedAccuracy' }), { target: 'two' }),
  'VotingClassifier, hard': scored(() => new refit.VotingClassifier({ estimators: trio() })),
  'VotingClassifier, soft': scored(() => new refit.VotingClassifier({ estimators: trio(), voting: 'soft', weights: [1, 2, 1] })),
  StackingClassifier: scored(() => new refit.StackingClassifier({ estimators: trio(), finalEstimator: logistic() }), slow),
  'BaggingClassifier, trees': scored((randomState) => new refit.BaggingClassifier({ estimator: new refit.DecisionTreeClassifier({ maxDepth: 5 }), randomState }), { front: 'nonNegative', ...seeded, ...slow }),
  'BaggingClassifier, columns': scored((randomState) => new refit.BaggingClassifier({ estimator: logistic(), maxSamples: 0.7, maxFeatures: 0.6, randomState }), seeded),
  AdaBoostClassifier: scored((randomState) => new refit.AdaBoostClassifier({ randomState }), { front: 'nonNegative', ...seeded, ...slow }),
  OneVsRestClassifier: scored(() => new refit.OneVsRestClassifier({ estimator: logistic() })),
  OneVsOneClassifier: scored(() => new refit.OneVsOneClassifier({ estimator: new refit.LinearSVC({ maxIter: 10_000 }) })),
  OutputCodeClassifier: scored((randomState) => new refit.OutputCodeClassifier({ estimator: logistic(), codeSize: 3, randomState }), seeded),
  MultiOutputClassifier: scored(() => new refit.MultiOutputClassifier({ estimator: logistic() }), { target: 'columns' }),
  ClassifierChain: scored(() => new refit.ClassifierChain({ estimator: logistic(), cv: 3 }), { target: 'columns', ...slow }),
  GridSearch: scored(() => new refit.GridSearch({ estimator: logistic(), searchSpace: { C: [0.1, 1, 10] }, workers: 1 }), slow),
};

export const regressors: Record<string, ScoredModel> = {
  LinearRegression: scored(() => new refit.LinearRegression(), { front: 'dense' }),
  Ridge: scored(() => new refit.Ridge()),
  RidgeCV: scored(() => new refit.RidgeCV(), slow),
  Lasso: scored(() => new refit.Lasso({ alpha: 0.001 })),
  LassoCV: scored(() => new refit.LassoCV(), { front: 'dense' }),
  ElasticNet: scored(() => new refit.ElasticNet({ alpha: 0.001 })),
  ElasticNetCV: scored(() => new refit.ElasticNetCV(), { front: 'dense' }),
  HuberRegressor: scored(() => new refit.HuberRegressor({ maxIter: 1000 }), { front: 'dense' }),
  PoissonRegressor: scored(() => new refit.PoissonRegressor(), { front: 'dense' }),
  TweedieRegressor: scored(() => new refit.TweedieRegressor({ power: 1.5 }), { front: 'dense' }),
  SGDRegressor: scored((randomState) => new refit.SGDRegressor({ randomState }), seeded),
  'LinearSVR, squared': scored(() => new refit.LinearSVR({ loss: 'squaredEpsilonInsensitive', maxIter: 10_000 })),
  LinearSVR: scored(() => new refit.LinearSVR({ maxIter: 100_000 })),
  ...perKernel('SVR', (kernel) => new refit.SVR({ kernel })),
  ...perKernel('NuSVR', (kernel) => new refit.NuSVR({ kernel })),
  'KNeighborsRegressor, uniform': scored(() => new refit.KNeighborsRegressor()),
  'KNeighborsRegressor, distance': scored(() => new refit.KNeighborsRegressor({ weights: 'distance', nNeighbors: 9 })),
  DecisionTreeRegressor: scored((randomState) => new refit.DecisionTreeRegressor({ randomState }), { front: 'nonNegative', ...seeded, ...slow }),
  RandomForestRegressor: scored((randomState) => new refit.RandomForestRegressor({ randomState, nEstimators: 30 }), { front: 'dense', ...seeded, ...slow }),
  ExtraTreesRegressor: scored((randomState) => new refit.ExtraTreesRegressor({ randomState, nEstimators: 30 }), { front: 'dense', ...seeded, ...slow }),
  HistGradientBoostingRegressor: scored(() => new refit.HistGradientBoostingRegressor({ maxIter: 30 }), { front: 'dense' }),
  PCA: reduced((randomState, nComponents) => new refit.PCA({ nComponents, randomState }), () => new refit.Ridge()),
  TruncatedSVD: reduced((randomState, nComponents) => new refit.TruncatedSVD({ nComponents, randomState }), () => new refit.Ridge(), seeded),
  NMF: reduced((_, nComponents) => new refit.NMF({ nComponents, maxIter: 400 }), () => new refit.Ridge(), { front: 'nonNegative', ...slow }),
  KMeans: reduced((randomState) => new refit.KMeans({ randomState }), () => new refit.Ridge(), seeded),
  VotingRegressor: scored(() => new refit.VotingRegressor({ estimators: pair(), weights: [2, 1] })),
  StackingRegressor: scored(() => new refit.StackingRegressor({ estimators: pair() }), slow),
  BaggingRegressor: scored((randomState) => new refit.BaggingRegressor({ estimator: new refit.DecisionTreeRegressor({ maxDepth: 5 }), randomState }), { front: 'dense', ...seeded, ...slow }),
  AdaBoostRegressor: scored((randomState) => new refit.AdaBoostRegressor({ randomState, nEstimators: 30 }), { front: 'dense', ...seeded, ...slow }),
  MultiOutputRegressor: scored(() => new refit.MultiOutputRegressor({ estimator: new refit.Ridge() }), { target: 'columns' }),
  RegressorChain: scored(() => new refit.RegressorChain({ estimator: new refit.Ridge() }), { target: 'columns' }),
};
