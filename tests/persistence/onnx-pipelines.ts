import { join, resolve } from 'node:path';
import * as refit from '../../src/index.ts';

/** Rows to learn from and rows to be asked about. */
export interface OnnxData {
  X: any;
  y: any;
  newX: any;
}

export interface OnnxCase {
  name: string;
  data: OnnxDataName;
  make: () => any;
}

const repository = resolve(import.meta.dirname, '../..');

/** Where the data of a case come from; those of `fetched` are not in the repository. */
export const embedded = ['mail', 'sentences', 'penguins', 'islands', 'cars'] as const;
export const fetched = ['tweets', 'titanic', 'houses'] as const;
export type OnnxDataName = (typeof embedded)[number] | (typeof fetched)[number];

const words = ['Grüße', 'GRÜSSE', 'naïve', 'Ζεύς', 'ΟΔΟΣ', 'Οδυσσέας', 'İstanbul', 'istanbul', 'ﬁn', '中文', '東京', 'the', 'of', 'and', 'THE', 'don’t', "can't", 'x', 'y2k', 'É', 'e\u0301te', 'ǅ', 'Ⅳ', '𝒳', '😀', 'наш', 'НАШ', 'foo_bar', 'K', '١٢'];

/** Sentences in many scripts, with line ends, runs of spaces and an empty text among them. */
function sentences(rows: number, seed: number): { texts: string[]; labels: string[] } {
  const random = new refit.RandomState(seed);
  const draw = (count: number): number => Math.floor(random.randomSample() * count);
  const texts = Array.from({ length: rows }, (_, i) => (i === 3 ? '' : Array.from({ length: 1 + draw(9) }, () => words[draw(words.length)]).join([' ', '  ', '\n', ', '][draw(4)])));
  return { texts, labels: texts.map((text, i) => (/[Ͱ-Ͽ]/u.test(text) ? 'greek' : /[а-яА-Я一-龯東]/u.test(text) ? 'other' : i % 7 === 0 ? 'other' : 'latin')) };
}

/** @param folder holds the fetched data sets @param rows the most rows to learn from */
export async function onnxData(name: OnnxDataName, { folder, rows = Infinity }: { folder?: string; rows?: number } = {}): Promise<OnnxData> {
  const some = (count: number): number[] => Array.from({ length: Math.min(count, rows) }, (_, i) => i);
  if (name === 'sentences') {
    const train = sentences(Math.min(rows, 300), 1);
    return { X: train.texts, y: train.labels, newX: sentences(120, 2).texts };
  }
  const read = (path: string, types: Record<string, 'text' | 'number'> = {}): Promise<refit.Table> => refit.readCsv(path, { types });
  const table = async (path: string, target: string, features: readonly string[], types = {}): Promise<OnnxData> => {
    const train = await read(`${path}/train.csv`, types);
    const test = await read(`${path}/test.csv`, Object.fromEntries(features.map((feature) => [feature, train.kind(feature)])) as never);
    const at = some(train.rows);
    return { X: train.select(features).take(at), y: train.column(target).take(at).toArray(), newX: test.select(features) };
  };
  const own = join(repository, 'competitions');
  if (name === 'mail') {
    const { X, y, newX } = await table(`${own}/spam-detector/data`, 'label', ['content'], { content: 'text' });
    return { X: X.strings('content'), y, newX: newX.strings('content').slice(0, 200) };
  }
  if (name === 'penguins') return table(`${own}/penguins/data`, 'sex', ['species', 'island', 'beak_length_mm', 'beak_depth_mm', 'flipper_length_mm', 'body_mass_g']);
  if (name === 'islands') return table(`${own}/penguins/data`, 'species', ['beak_length_mm', 'beak_depth_mm', 'flipper_length_mm', 'body_mass_g', 'island']);
  if (name === 'cars') return table(`${own}/cars/data`, 'miles_per_gallon', ['name', 'origin', 'cylinders', 'displacement', 'horsepower', 'weight_lbs', 'acceleration']);
  if (name === 'titanic') return table(`${folder}/titanic`, 'Survived', ['Pclass', 'Sex', 'Age', 'SibSp', 'Parch', 'Fare', 'Cabin', 'Embarked', 'Name']);
  if (name === 'houses') return table(`${folder}/house-prices`, 'SalePrice', ['MSZoning', 'LotFrontage', 'LotArea', 'Neighborhood', 'OverallQual', 'YearBuilt', 'GrLivArea', 'GarageType', 'GarageArea']);
  const { X, y, newX } = await table(`${folder}/disaster-tweets`, 'target', ['text'], { text: 'text' });
  return { X: X.strings('text'), y, newX: newX.strings('text').slice(0, 500) };
}

const { Pipeline, ColumnTransformer, columns } = refit;
const filled = (strategy: 'mean' | 'median' = 'mean') => new Pipeline([['fill', new refit.SimpleImputer({ strategy })], ['scale', new refit.StandardScaler()]]);
const hot = () => new refit.OneHotEncoder({ handleUnknown: 'ignore' });
/** Numbers filled and scaled, words as columns of zeros and ones. */
const mixed = (words: any = hot(), numbers: any = filled()) => new ColumnTransformer([['numbers', numbers, columns.numeric], ['words', words, columns.categorical]]);
const logistic = () => new refit.LogisticRegression({ maxIter: 2000 });
const forest = () => new refit.RandomForestClassifier({ nEstimators: 20, randomState: 3, workers: 1 });
const vectors = () => new refit.TfidfVectorizer({ sublinearTf: true, minDf: 2 });

/** Pipelines whose graphs must predict what they predict. */
export const onnxCases: readonly OnnxCase[] = [
  { name: 'count-logistic', data: 'mail', make: () => new Pipeline([['count', new refit.CountVectorizer({ tokenPattern: /\w+/gu, minDf: 2 })], ['scale', new refit.StandardScaler({ withMean: false })], ['classify', logistic()]]) },
  { name: 'tfidf-pairs-bayes', data: 'mail', make: () => new Pipeline([['words', new refit.TfidfVectorizer({ ngramRange: [1, 2], minDf: 3 })], ['classify', new refit.MultinomialNB({ alpha: 0.1 })]]) },
  { name: 'select-forest', data: 'mail', make: () => new Pipeline([['count', new refit.CountVectorizer({ minDf: 5 })], ['select', new refit.SelectKBest({ k: 60, scoreFunc: 'chi2' })], ['classify', forest()]]) },
  { name: 'unicode-logistic', data: 'sentences', make: () => new Pipeline([['words', new refit.TfidfVectorizer({ tokenPattern: /\w+/gu })], ['classify', logistic()]]) },
  { name: 'stop-words-pairs', data: 'sentences', make: () => new Pipeline([['words', new refit.CountVectorizer({ tokenPattern: /\w+/gu, stopWords: 'english', ngramRange: [1, 3] })], ['classify', new refit.ComplementNB()]]) },
  { name: 'own-stop-words', data: 'sentences', make: () => new Pipeline([['words', new refit.TfidfVectorizer({ stopWords: ['οδος', 'наш'], ngramRange: [2, 2], tokenPattern: /[\w'’]+/gu })], ['classify', new refit.BernoulliNB()]]) },
  { name: 'accents-svc', data: 'sentences', make: () => new Pipeline([['words', new refit.TfidfVectorizer({ stripAccents: 'unicode', norm: 'l1' })], ['classify', new refit.LinearSVC()]]) },
  { name: 'ascii-sgd', data: 'sentences', make: () => new Pipeline([['words', new refit.CountVectorizer({ stripAccents: 'ascii', binary: true, tokenPattern: /\w+/gu })], ['classify', new refit.SGDClassifier({ loss: 'logLoss', randomState: 1 })]]) },
  { name: 'letters', data: 'sentences', make: () => new Pipeline([['letters', new refit.TfidfVectorizer({ analyzer: 'char', ngramRange: [1, 3], minDf: 2 })], ['classify', logistic()]]) },
  { name: 'letters-of-words-svd', data: 'sentences', make: () => new Pipeline([['letters', new refit.TfidfVectorizer({ analyzer: 'char_wb', ngramRange: [2, 4] })], ['svd', new refit.TruncatedSVD({ nComponents: 8, randomState: 0 })], ['classify', logistic()]]) },
  { name: 'union', data: 'sentences', make: () => new Pipeline([['both', new refit.FeatureUnion([['words', vectors()], ['letters', new refit.CountVectorizer({ analyzer: 'char_wb', ngramRange: [3, 3], lowercase: false })]])], ['scale', new refit.MaxAbsScaler()], ['classify', new refit.SGDClassifier({ loss: 'modifiedHuber', randomState: 1 })]]) },
  { name: 'penguins-logistic', data: 'penguins', make: () => new Pipeline([['columns', mixed()], ['classify', logistic()]]) },
  { name: 'penguins-tree', data: 'penguins', make: () => new Pipeline([['columns', mixed(new refit.OrdinalEncoder({ handleUnknown: 'useEncodedValue', unknownValue: -1 }))], ['classify', new refit.DecisionTreeClassifier({ maxDepth: 5, randomState: 0 })]]) },
  { name: 'penguins-forest', data: 'penguins', make: () => new Pipeline([['columns', mixed()], ['classify', forest()]]) },
  { name: 'penguins-extra-trees', data: 'islands', make: () => new Pipeline([['columns', mixed(new refit.FrequencyEncoder())], ['classify', new refit.ExtraTreesClassifier({ nEstimators: 15, randomState: 2, workers: 1 })]]) },
  { name: 'penguins-boosting', data: 'islands', make: () => new refit.HistGradientBoostingClassifier({ maxIter: 20, randomState: 0 }) },
  { name: 'penguins-stages', data: 'islands', make: () => new Pipeline([['columns', mixed()], ['classify', new refit.GradientBoostingClassifier({ nEstimators: 10, randomState: 1 })]]) },
  { name: 'penguins-stages-exponential', data: 'penguins', make: () => new Pipeline([['columns', mixed()], ['classify', new refit.GradientBoostingClassifier({ nEstimators: 10, loss: 'exponential', subsample: 0.5 })]]) },
  { name: 'penguins-boosting-binary', data: 'penguins', make: () => new Pipeline([['columns', mixed(new refit.TargetEncoder({ randomState: 0 }), 'passthrough')], ['classify', new refit.HistGradientBoostingClassifier({ maxIter: 30 })]]) },
  { name: 'penguins-discriminants', data: 'islands', make: () => new Pipeline([['columns', mixed()], ['discriminants', new refit.LinearDiscriminantAnalysis()], ['classify', new refit.QuadraticDiscriminantAnalysis()]]) },
  { name: 'penguins-shrunk-discriminant', data: 'islands', make: () => new Pipeline([['columns', mixed()], ['classify', new refit.LinearDiscriminantAnalysis({ solver: 'lsqr', shrinkage: 'auto' })]]) },
  { name: 'penguins-gaussian-pca', data: 'islands', make: () => new Pipeline([['columns', mixed(hot(), new Pipeline([['fill', new refit.SimpleImputer({ strategy: 'median', addIndicator: true })], ['scale', new refit.RobustScaler()]]))], ['dense', new refit.PCA({ nComponents: 3, whiten: true })], ['classify', new refit.GaussianNB()]]) },
  {
    name: 'penguins-soft-vote',
    data: 'islands',
    make: () => new Pipeline([['columns', mixed()], ['classify', new refit.VotingClassifier({ estimators: [['linear', logistic()], ['forest', forest()], ['bayes', new refit.BernoulliNB({ binarize: 0 })]], voting: 'soft', weights: [2, 1, 1] })]]),
  },
  { name: 'penguins-hard-vote', data: 'islands', make: () => new Pipeline([['columns', mixed()], ['classify', new refit.VotingClassifier({ estimators: [['linear', logistic()], ['svc', new refit.LinearSVC()], ['tree', new refit.DecisionTreeClassifier({ randomState: 0 })]] })]]) },
  {
    name: 'penguins-stacking',
    data: 'islands',
    make: () => new Pipeline([['columns', mixed()], ['classify', new refit.StackingClassifier({ estimators: [['svc', new refit.LinearSVC()], ['forest', forest()]], finalEstimator: logistic(), cv: 3, passthrough: true })]]),
  },
  { name: 'penguins-ada-boost', data: 'islands', make: () => new Pipeline([['columns', mixed()], ['classify', new refit.AdaBoostClassifier({ nEstimators: 10, randomState: 1 })]]) },
  { name: 'penguins-bagging', data: 'penguins', make: () => new Pipeline([['columns', mixed()], ['classify', new refit.BaggingClassifier({ estimator: logistic(), nEstimators: 5, maxFeatures: 0.6, randomState: 1 })]]) },
  { name: 'penguins-calibrated', data: 'penguins', make: () => new Pipeline([['columns', mixed()], ['classify', new refit.CalibratedClassifier({ estimator: new refit.LinearSVC(), method: 'isotonic', cv: 3 })]]) },
  { name: 'penguins-threshold', data: 'penguins', make: () => new Pipeline([['columns', mixed(hot(), new Pipeline([['fill', new refit.SimpleImputer()], ['power', new refit.PowerTransformer()]]))], ['classify', new refit.FixedThreshold({ estimator: logistic(), threshold: 0.3 })]]) },
  { name: 'penguins-search', data: 'penguins', make: () => new refit.GridSearch({ estimator: new Pipeline([['columns', mixed()], ['classify', logistic()]]), searchSpace: { classify: { C: [0.1, 1] } }, cv: 3, workers: 1 }) },
  { name: 'penguins-one-vs-rest', data: 'islands', make: () => new Pipeline([['columns', mixed()], ['classify', new refit.OneVsRestClassifier({ estimator: logistic() })]]) },
  { name: 'penguins-sampled', data: 'penguins', make: () => new Pipeline([['columns', mixed()], ['more', new refit.RandomOverSampler({ randomState: 1 })], ['classify', logistic()]]) },
  { name: 'penguins-ridge', data: 'islands', make: () => new Pipeline([['columns', mixed()], ['classify', new refit.RidgeClassifier()]]) },
  { name: 'penguins-perceptron', data: 'penguins', make: () => new Pipeline([['columns', mixed()], ['classify', new refit.Perceptron()]]) },
  { name: 'penguins-logistic-cv', data: 'islands', make: () => new Pipeline([['columns', mixed()], ['classify', new refit.LogisticRegressionCV({ Cs: 3, cv: 3 })]]) },
  { name: 'penguins-net', data: 'islands', make: () => new Pipeline([['columns', mixed()], ['classify', new refit.NeuralClassifier({ epochs: 5, randomState: 1 })]]) },
  { name: 'cars-net', data: 'cars', make: () => new Pipeline([['columns', mixed()], ['fit', new refit.NeuralRegressor({ epochs: 5, randomState: 1 })]]) },
  { name: 'cars-ada-boost', data: 'cars', make: () => new Pipeline([['columns', mixed()], ['fit', new refit.AdaBoostRegressor({ nEstimators: 8, randomState: 1 })]]) },
  { name: 'cars-ridge', data: 'cars', make: () => new Pipeline([['columns', new ColumnTransformer([['numbers', filled('median'), columns.numeric], ['origin', hot(), ['origin']], ['name', vectors(), 'name']])], ['price', new refit.TransformedTarget({ regressor: new refit.Ridge(), func: 'log1p' })]]) },
  { name: 'cars-lasso-polynomial', data: 'cars', make: () => new Pipeline([['columns', new ColumnTransformer([['numbers', new Pipeline([['fill', new refit.SimpleImputer()], ['clip', new refit.OutlierClipper()], ['scale', new refit.MinMaxScaler({ clip: true })], ['more', new refit.PolynomialFeatures({ degree: 2 })]]), columns.numeric]])], ['fit', new refit.Lasso({ alpha: 0.01 })]]) },
  { name: 'cars-bins-poisson', data: 'cars', make: () => new Pipeline([['columns', new ColumnTransformer([['numbers', new Pipeline([['fill', new refit.SimpleImputer()], ['bins', new refit.KBinsDiscretizer({ nBins: 4 })]]), columns.numeric]])], ['fit', new refit.PoissonRegressor({ alpha: 0.01 })]]) },
  { name: 'cars-forest', data: 'cars', make: () => new Pipeline([['columns', mixed(new refit.OneHotEncoder({ handleUnknown: 'infrequentIfExist', minFrequency: 10 }))], ['fit', new refit.RandomForestRegressor({ nEstimators: 20, randomState: 1, workers: 1 })]]) },
  { name: 'cars-stages', data: 'cars', make: () => new Pipeline([['columns', mixed()], ['fit', new refit.GradientBoostingRegressor({ nEstimators: 15, loss: 'huber' })]]) },
  { name: 'cars-boosting', data: 'cars', make: () => new Pipeline([['columns', mixed(new refit.OrdinalEncoder({ handleUnknown: 'useEncodedValue', unknownValue: -1 }), 'passthrough')], ['fit', new refit.HistGradientBoostingRegressor({ maxIter: 30, loss: 'gamma' })]]) },
  { name: 'cars-stacking', data: 'cars', make: () => new Pipeline([['columns', mixed()], ['fit', new refit.StackingRegressor({ estimators: [['ridge', new refit.Ridge()], ['tree', new refit.DecisionTreeRegressor({ maxDepth: 4, randomState: 0 })]], cv: 3 })]]) },
  { name: 'cars-vote', data: 'cars', make: () => new Pipeline([['columns', mixed()], ['fit', new refit.VotingRegressor({ estimators: [['ridge', new refit.Ridge()], ['svr', new refit.LinearSVR({ maxIter: 5000 })], ['bag', new refit.BaggingRegressor({ nEstimators: 5, randomState: 0 })]], weights: [3, 1, 2] })]]) },
  { name: 'tweets-tfidf', data: 'tweets', make: () => new Pipeline([['words', new refit.TfidfVectorizer({ ngramRange: [1, 2], minDf: 2, stopWords: 'english' })], ['classify', logistic()]]) },
  { name: 'tweets-letters', data: 'tweets', make: () => new Pipeline([['letters', new refit.TfidfVectorizer({ analyzer: 'char_wb', ngramRange: [3, 5], minDf: 20 })], ['classify', new refit.LinearSVC()]]) },
  { name: 'tweets-accents-bayes', data: 'tweets', make: () => new Pipeline([['words', new refit.CountVectorizer({ stripAccents: 'unicode', tokenPattern: /[\w#@]+/gu, minDf: 2 })], ['classify', new refit.MultinomialNB()]]) },
  { name: 'titanic-mixed', data: 'titanic', make: () => new Pipeline([['columns', new ColumnTransformer([['numbers', filled('median'), columns.numeric], ['words', new refit.OneHotEncoder({ handleUnknown: 'infrequentIfExist', minFrequency: 5 }), ['Sex', 'Cabin', 'Embarked']], ['name', new refit.CountVectorizer({ minDf: 3 }), 'Name']])], ['classify', logistic()]]) },
  { name: 'titanic-boosting', data: 'titanic', make: () => new Pipeline([['columns', new ColumnTransformer([['numbers', 'passthrough', columns.numeric], ['words', new refit.OrdinalEncoder({ handleUnknown: 'useEncodedValue', unknownValue: -1 }), ['Sex', 'Embarked']]])], ['classify', new refit.HistGradientBoostingClassifier({ maxIter: 100 })]]) },
  { name: 'houses-ridge', data: 'houses', make: () => new Pipeline([['columns', mixed()], ['price', new refit.TransformedTarget({ regressor: new refit.Ridge({ alpha: 3 }), func: 'log1p' })]]) },
  { name: 'houses-forest', data: 'houses', make: () => new Pipeline([['columns', mixed(new Pipeline([['fill', new refit.SimpleImputer({ strategy: 'constant', fillValue: 'none' })], ['encode', hot()]]))], ['fit', new refit.RandomForestRegressor({ nEstimators: 50, randomState: 1, workers: 1 })]]) },
];

/** What a graph is fed: a tensor by input name, as plain data. */
export interface Feed {
  type: 'string' | 'float64';
  dims: number[];
  data: string[] | Float64Array;
}

/** New rows as the graph of a pipeline takes them. */
export function feedsOf(newX: any, titles?: readonly string[]): Record<string, Feed> {
  if (Array.isArray(newX)) return { text: { type: 'string', dims: [newX.length], data: newX } };
  const table = newX as refit.Table;
  return Object.fromEntries(
    (titles ?? table.names).map((name): [string, Feed] => {
      const isText = table.kind(name) === 'text';
      return [name, { type: isText ? 'string' : 'float64', dims: [table.rows], data: isText ? table.strings(name, { fill: '' }) : table.numbers(name) }];
    }),
  );
}
