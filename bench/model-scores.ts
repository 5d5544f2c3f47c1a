/**
 * Cross-validated scores of many models on three data sets, fold by fold, as JSON on standard output: for
 * bench/peers/model_scores.py, which does the same in scikit-learn and shows the differences.
 *
 *     node --import ./dist/register.js bench/model-scores.ts > scores.json
 *     python bench/peers/model_scores.py competitions scores.json
 */
import * as refit from 'refit';

const cv = (Splitter: typeof refit.KFold | typeof refit.StratifiedKFold) => new Splitter({ nSplits: 5, shuffle: true, randomState: 43 });
const logistic = () => new refit.LogisticRegression({ tol: 1e-8, maxIter: 10_000 });
const scaled = (model: any): any => new refit.Pipeline([['impute', new refit.SimpleImputer()], ['scale', new refit.StandardScaler()], ['model', model]] as never);
const counted = (model: any): any => new refit.Pipeline([['count', new refit.CountVectorizer({ minDf: 3 })], ['model', model]] as never);
const weighted = (model: any): any => new refit.Pipeline([['tfidf', new refit.TfidfVectorizer({ minDf: 3 })], ['model', model]] as never);

const texts: Record<string, any> = {
  LinearSVC: weighted(new refit.LinearSVC({ tol: 1e-8, maxIter: 20_000 })),
  KNeighborsClassifier: weighted(new refit.KNeighborsClassifier()),
  NearestCentroid: weighted(new refit.NearestCentroid()),
  CalibratedClassifier: counted(new refit.CalibratedClassifier({ estimator: new refit.MultinomialNB(), method: 'isotonic' })),
  VotingClassifier: new refit.VotingClassifier({ estimators: [['bayes', counted(new refit.MultinomialNB())], ['logistic', weighted(logistic())]], voting: 'soft' }),
  StackingClassifier: new refit.StackingClassifier({ estimators: [['bayes', counted(new refit.MultinomialNB())], ['logistic', weighted(logistic())]] }),
  BaggingClassifier: counted(new refit.BaggingClassifier({ estimator: new refit.MultinomialNB(), randomState: 0 })),
  OneVsRestClassifier: weighted(new refit.OneVsRestClassifier({ estimator: logistic() })),
};

const classes: Record<string, any> = {
  KNeighborsClassifier: scaled(new refit.KNeighborsClassifier()),
  NearestCentroid: scaled(new refit.NearestCentroid()),
  LinearSVC: scaled(new refit.LinearSVC({ tol: 1e-8, maxIter: 20_000 })),
  SVC: scaled(new refit.SVC()),
  PCA: new refit.Pipeline([['impute', new refit.SimpleImputer()], ['scale', new refit.StandardScaler()], ['pca', new refit.PCA({ nComponents: 2 })], ['model', logistic()]]),
  CalibratedClassifier: scaled(new refit.CalibratedClassifier({ estimator: new refit.GaussianNB() })),
  VotingClassifier: scaled(new refit.VotingClassifier({ estimators: [['bayes', new refit.GaussianNB()], ['logistic', logistic()], ['knn', new refit.KNeighborsClassifier()]] })),
  StackingClassifier: scaled(new refit.StackingClassifier({ estimators: [['bayes', new refit.GaussianNB()], ['svc', new refit.SVC()]], finalEstimator: logistic() })),
  BaggingClassifier: scaled(new refit.BaggingClassifier({ estimator: new refit.DecisionTreeClassifier({ maxDepth: 4 }), nEstimators: 20, randomState: 0 })),
  AdaBoostClassifier: scaled(new refit.AdaBoostClassifier({ nEstimators: 30, randomState: 0 })),
  OneVsOneClassifier: scaled(new refit.OneVsOneClassifier({ estimator: logistic() })),
};

const numbers: Record<string, any> = {
  KNeighborsRegressor: scaled(new refit.KNeighborsRegressor()),
  SVR: scaled(new refit.SVR()),
  LinearSVR: scaled(new refit.LinearSVR({ tol: 1e-8, maxIter: 50_000, loss: 'squaredEpsilonInsensitive', dual: false })),
  VotingRegressor: scaled(new refit.VotingRegressor({ estimators: [['ridge', new refit.Ridge()], ['knn', new refit.KNeighborsRegressor()]] })),
  StackingRegressor: scaled(new refit.StackingRegressor({ estimators: [['ridge', new refit.Ridge()], ['knn', new refit.KNeighborsRegressor()]] })),
  BaggingRegressor: scaled(new refit.BaggingRegressor({ estimator: new refit.KNeighborsRegressor({ weights: 'distance' }), nEstimators: 20, randomState: 0 })),
  AdaBoostRegressor: scaled(new refit.AdaBoostRegressor({ nEstimators: 30, randomState: 0 })),
};

async function scores(models: Record<string, any>, X: any, y: any, scoring: 'accuracy' | 'rootMeanSquaredError', Splitter: any): Promise<Record<string, number[]>> {
  const found: Record<string, number[]> = {};
  for (const [name, model] of Object.entries(models)) {
    const { folds } = await refit.crossValidate(model, X, y, { cv: cv(Splitter), scoring, workers: 1 });
    found[name] = folds.map((fold) => (fold.scores as Record<string, number>)[scoring]);
  }
  return found;
}

const [spam, penguins, cars] = await Promise.all(['spam-detector', 'penguins', 'cars'].map((name) => refit.readCsv(`competitions/${name}/data/train.csv`)));
const matrix = (table: refit.Table, names: string[]): refit.DenseMatrix =>
  refit.DenseMatrix.from(Array.from({ length: table.rows }, (_, i) => names.map((name) => (table.column(name).at(i) as number | null) ?? Number.NaN)));
const measures = ['beak_length_mm', 'beak_depth_mm', 'flipper_length_mm', 'body_mass_g'];
const engine = ['cylinders', 'displacement', 'horsepower', 'weight_lbs', 'acceleration'];

process.stdout.write(
  `${JSON.stringify(
    {
      'spam-detector': await scores(texts, spam.strings('content'), Array.from(spam.column('label').values as ArrayLike<string>), 'accuracy', refit.StratifiedKFold),
      penguins: await scores(classes, matrix(penguins, measures), Array.from(penguins.column('sex').values as ArrayLike<string>), 'accuracy', refit.StratifiedKFold),
      cars: await scores(numbers, matrix(cars, engine), Array.from(cars.column('miles_per_gallon').values as ArrayLike<number>), 'rootMeanSquaredError', refit.KFold),
    },
    null,
    1,
  )}\n`,
);
