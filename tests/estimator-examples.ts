import type { Estimator, EstimatorClass } from '../src/core/estimator.ts';
import { Estimator as EstimatorBase } from '../src/core/estimator.ts';
import { Classifier } from '../src/base/classifier.ts';
import { Regressor } from '../src/base/regressor.ts';
import { MultinomialNB } from '../src/bayes/multinomial-nb.ts';
import { MatrixTransformer } from '../src/base/matrix-transformer.ts';
import { DenseMatrix } from '../src/matrix/dense-matrix.ts';
import { RandomState } from '../src/core/random-state.ts';
import * as refit from '../src/index.ts';

/** What the common checks feed an estimator. */
export interface Example {
  name: string;
  Class: EstimatorClass;
  options: object;
  X: any;
  y: any;
  /** Other data of the same kind, to fit on before X. */
  otherX: any;
  otherY: any;
}

let random = new RandomState(0);
/** Every estimator draws its data by itself, so that a new one leaves the others' as they are. */
const seedOf = (name: string): number => [...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7);
/** Whole numbers from 0 to 4: what every model over a matrix can learn from, naive Bayes on counts too. */
const counts = (rows: number): DenseMatrix =>
  new DenseMatrix(rows, 4, Float64Array.from({ length: rows * 4 }, () => Math.floor(random.randomSample() * 5)));
const words = ['red', 'green', 'blue', 'sky', 'sea', 'sun'];
const texts = (rows: number): string[] =>
  Array.from({ length: rows }, () => Array.from({ length: 5 }, () => words[Math.floor(random.randomSample() * words.length)]).join(' '));
const tags = (rows: number): string[][] => texts(rows).map((text) => text.split(' ').slice(0, text.length % 4));
const records = (rows: number): object[] => texts(rows).map((text, i) => ({ word: text.split(' ')[0], length: text.length, isFirst: i === 0 }));
const labels = (rows: number): string[] => Array.from({ length: rows }, (_, i) => ['no', 'yes', 'perhaps'][i % 3]);
const numbers = (rows: number): Float64Array => Float64Array.from({ length: rows }, () => random.randomSample());

/** Two targets of 0 and 1 per row. */
const outputs = (rows: number): number[][] => Array.from({ length: rows }, (_, i) => [i % 2, Number(i % 3 > 0)]);

/** Labels that the first column tells, for selectors that keep nothing otherwise. */
const byFirst = (X: DenseMatrix): string[] => Array.from(X.col(0), (value) => (value > 1 ? 'many' : 'few'));
const related = DenseMatrix.from(Array.from({ length: 12 }, (_, i) => [i % 4, (i * 3) % 5, (i * i) % 4, (7 * i) % 3]));
const other = related.take([3, 5, 1, 8, 2, 0, 11, 6, 7]);

/** Options and data for those whose defaults do not say enough. */
const special: Record<string, Partial<Example>> = {
  StandardScaler: {},
  FunctionTransformer: { options: { func: (X: DenseMatrix) => X } },
  DummyClassifier: {},
  ColumnTransformer: { options: { transformers: [['scaled', new refit.StandardScaler(), ['x0', 'x2']], ['whole', new refit.Normalizer(), refit.columns.numeric]] } },
  GridSearch: { options: { estimator: new MultinomialNB(), searchSpace: { alpha: [0.1, 1] }, cv: 2 } },
  RandomizedSearch: { options: { estimator: new MultinomialNB(), searchSpace: { alpha: [0.1, 0.5, 1] }, nIter: 2, cv: 2 } },
  HalvingGridSearch: { options: { estimator: new MultinomialNB(), searchSpace: { alpha: [0.1, 1] }, cv: 2, minResources: 6 } },
  HalvingRandomSearch: { options: { estimator: new MultinomialNB(), searchSpace: { alpha: [0.1, 0.5, 1] }, cv: 2, nCandidates: 2, minResources: 6 } },
  BayesianSearch: { options: { estimator: new MultinomialNB(), searchSpace: { alpha: [0.1, 0.5, 1] }, cv: 2, nIter: 4, nStartup: 2 } },
  SelectKBest: { options: { k: 2 } },
  GenericUnivariateSelect: { options: { param: 50 } },
  SelectPercentile: { options: { percentile: 50 } },
  SelectFpr: { options: { alpha: 1 } },
  SelectFdr: { options: { alpha: 1 } },
  SelectFwe: { options: { alpha: 1 }, y: byFirst(related), X: related, otherX: other, otherY: byFirst(other) },
  // A sparse row moves the intercept by a hundredth of what a dense one does, as in scikit-learn.
  SGDClassifier: { options: { fitIntercept: false } },
  SGDRegressor: { options: { fitIntercept: false } },
  Perceptron: { options: { fitIntercept: false } },
  LogisticRegressionCV: { options: { Cs: 3, cv: 2 } },
  SelectFromModel: { options: { estimator: new refit.Ridge() }, y: numbers(12), otherY: numbers(9) },
  RFE: { options: { estimator: new refit.Ridge() }, y: numbers(12), otherY: numbers(9) },
  RFECV: { options: { estimator: new refit.Ridge(), cv: 3 }, y: numbers(12), otherY: numbers(9) },
  QuadraticDiscriminantAnalysis: { options: { solver: 'eigen', shrinkage: 0.5 } },
  GaussianMixture: { options: { nComponents: 2, regCovar: 0.1 } },
  BayesianGaussianMixture: { options: { nComponents: 2, regCovar: 0.1 } },
  RadiusNeighborsClassifier: { options: { outlierLabel: 'mostFrequent' } },
  RadiusNeighborsRegressor: { options: { radius: 9 } },
  LocalOutlierFactor: { options: { nNeighbors: 3, novelty: true } },
  DBSCAN: { options: { eps: 2, minSamples: 3 } },
  IsolationForest: { options: { nEstimators: 5 } },
  SequentialFeatureSelector: { options: { estimator: new refit.Ridge(), cv: 3, workers: 1 }, y: numbers(12), otherY: numbers(9) },
  LabelEncoder: { X: labels(12), otherX: ['a', 'b', 'c'] },
  PCA: { options: { nComponents: 2 } },
  IncrementalPCA: { options: { nComponents: 2, batchSize: 5 } },
  GaussianRandomProjection: { options: { nComponents: 2 } },
  SparseRandomProjection: { options: { nComponents: 3, density: 0.6 } },
  KMeans: { options: { nClusters: 3 } },
  MiniBatchKMeans: { options: { nClusters: 3, batchSize: 4 } },
  NMF: { options: { nComponents: 2, maxIter: 5000, tol: 1e-10 } },
  LatentDirichletAllocation: { options: { nComponents: 2 } },
  CalibratedClassifier: { options: { estimator: new refit.LogisticRegression(), cv: 3 } },
  ThresholdTuner: { options: { estimator: new refit.LogisticRegression(), cv: 2 }, y: labels(12).map((l) => l !== 'no'), otherY: labels(9).map((l) => l !== 'no') },
  FixedThreshold: { options: { estimator: new refit.LogisticRegression() }, y: labels(12).map((l) => l !== 'no'), otherY: labels(9).map((l) => l !== 'no') },
  IsotonicRegression: { X: Array.from(numbers(12)), otherX: Array.from(numbers(9)), y: numbers(12), otherY: numbers(9) },
  VotingClassifier: { options: { estimators: [['logistic', new refit.LogisticRegression()], ['bayes', new refit.MultinomialNB()]], voting: 'soft' } },
  VotingRegressor: { options: { estimators: [['ridge', new refit.Ridge()], ['neighbours', new refit.KNeighborsRegressor({ nNeighbors: 2 })]] } },
  StackingClassifier: { options: { estimators: [['logistic', new refit.LogisticRegression()], ['bayes', new refit.MultinomialNB()]], cv: 3 } },
  StackingRegressor: { options: { estimators: [['ridge', new refit.Ridge()], ['line', new refit.LinearRegression()]], cv: 3 } },
  BaggingClassifier: { options: { estimator: new refit.MultinomialNB() } },
  BaggingRegressor: { options: { estimator: new refit.Ridge(), maxSamples: 0.8 } },
  RANSACRegressor: { options: { estimator: new refit.LinearRegression(), minSamples: 5 } },
  SelfTrainingClassifier: { options: { estimator: new MultinomialNB(), threshold: 0.5 }, y: labels(12).map((label, i) => (i % 4 === 3 ? -1 : label)) },
  AdaBoostClassifier: { options: { estimator: new refit.DecisionTreeClassifier({ maxDepth: 2 }), nEstimators: 5 } },
  AdaBoostRegressor: { options: { estimator: new refit.DecisionTreeRegressor({ maxDepth: 2 }), nEstimators: 5 } },
  SMOTE: { options: { kNeighbors: 1 }, y: ['no', 'no', 'yes', 'yes', 'yes', 'yes', 'yes', 'no', 'yes', 'yes', 'no', 'yes'] },
  OneVsRestClassifier: { options: { estimator: new refit.LogisticRegression() } },
  OneVsOneClassifier: { options: { estimator: new refit.LogisticRegression() } },
  OutputCodeClassifier: { options: { estimator: new refit.LogisticRegression(), codeSize: 2 } },
  MultiOutputClassifier: { options: { estimator: new refit.LogisticRegression() }, y: outputs(12), otherY: outputs(9) },
  MultiOutputRegressor: { options: { estimator: new refit.Ridge() }, y: outputs(12), otherY: outputs(9) },
  ClassifierChain: { options: { estimator: new refit.LogisticRegression() }, y: outputs(12), otherY: outputs(9) },
  RegressorChain: { options: { estimator: new refit.Ridge() }, y: outputs(12), otherY: outputs(9) },
  Word2Vec: { options: { minCount: 1, vectorSize: 4 }, X: texts(12), otherX: texts(9) },
  DocumentVectors: { options: { word2vec: { minCount: 1, vectorSize: 4 } }, X: texts(12), otherX: texts(9) },
  // A million columns, all but a few of them empty, would be compared one by one.
  HashingVectorizer: { options: { nFeatures: 64 } },
  RandomForestClassifier: { options: { nEstimators: 5 } },
  RandomForestRegressor: { options: { nEstimators: 5 } },
  ExtraTreesClassifier: { options: { nEstimators: 5 } },
  ExtraTreesRegressor: { options: { nEstimators: 5 } },
  GradientBoostingClassifier: { options: { nEstimators: 5 } },
  GradientBoostingRegressor: { options: { nEstimators: 5 } },
  RandomTreesEmbedding: { options: { nEstimators: 5 } },
  LabelBinarizer: { X: labels(12), otherX: ['a', 'b', 'c'] },
  MultiLabelBinarizer: { X: tags(12), otherX: tags(9) },
  DictVectorizer: { X: records(12), otherX: records(9) },
  FeatureHasher: { options: { nFeatures: 16 }, X: records(12), otherX: records(9) },
};

function isEstimatorClass(value: unknown): value is EstimatorClass {
  return typeof value === 'function' && value.prototype instanceof EstimatorBase && typeof (value.prototype as { fit?: unknown }).fit === 'function';
}

const abstract = new Set<unknown>([EstimatorBase, refit.PrincipalComponents, refit.ForestClassifier, refit.ForestRegressor, refit.Clusterer, refit.WrappedClassifier, refit.ThresholdedClassifier, refit.DiscriminantAnalysis, refit.CovarianceEstimator, refit.Mixture, refit.LabelClassifier, Classifier, Regressor, MatrixTransformer, refit.CellsTransformer, refit.RowDropper, refit.MetaEstimator, refit.ClassSampler, refit.OneModelPerTask, refit.MultiOutput, refit.Chain, refit.Halving, refit.NamedEnsemble, refit.Stacking, refit.Bagging, refit.Boosting, (refit as Record<string, unknown>).Transformer]);

/** One example for every estimator that src/index.ts exports; a new estimator is found by itself. */
export const examples: readonly Example[] = Object.entries(refit)
  .filter(([, value]) => isEstimatorClass(value) && !abstract.has(value))
  .map(([name, value]) => {
    const Class = value as EstimatorClass;
    random = new RandomState(seedOf(name));
    const isText = name.endsWith('Vectorizer');
    const isRegressor = Class.prototype instanceof Regressor || name.endsWith('Regressor');
    const usual = {
      options: {},
      X: isText ? texts(12) : counts(12),
      otherX: isText ? texts(9) : counts(9),
      y: isRegressor ? numbers(12) : labels(12),
      otherY: isRegressor ? numbers(9) : labels(9),
    };
    return { name, Class, ...usual, ...special[name] } as Example;
  });

export function make(example: Example, options: object = {}): Estimator<any, any> & Record<string, any> {
  return new example.Class({ ...example.options, ...options });
}
