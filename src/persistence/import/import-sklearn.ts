import { ParseError } from '../../core/errors.ts';
import type { Label } from '../../core/labels.ts';
import { show } from '../../core/show.ts';
import { parseBoundedJson } from '../../formats/bounded-json.ts';
import { LinearRegression } from '../../linear/linear-regression.ts';
import { LogisticRegression } from '../../linear/logistic-regression.ts';
import { Perceptron } from '../../linear/perceptron.ts';
import { PoissonRegressor } from '../../linear/poisson-regressor.ts';
import { RidgeClassifier } from '../../linear/ridge-classifier.ts';
import type { SGDClassifierFitted } from '../../linear/sgd-classification.ts';
import { SGDClassifier } from '../../linear/sgd-classifier.ts';
import { DenseMatrix } from '../../matrix/dense-matrix.ts';
import { LinearSVC } from '../../svm/linear-svc.ts';
import { DecisionTreeClassifier } from '../../tree/decision-tree-classifier.ts';
import { DecisionTreeRegressor } from '../../tree/decision-tree-regressor.ts';
import { ExtraTreesClassifier } from '../../tree/extra-trees-classifier.ts';
import { ExtraTreesRegressor } from '../../tree/extra-trees-regressor.ts';
import { forestImportances } from '../../tree/forest-importances.ts';
import { leafCount } from '../../tree/leaf-count.ts';
import { RandomForestClassifier } from '../../tree/random-forest-classifier.ts';
import { RandomForestRegressor } from '../../tree/random-forest-regressor.ts';
import { treeDepth } from '../../tree/tree-depth.ts';
import { treeImportances } from '../../tree/tree-importances.ts';
import type { TreeNodes } from '../../tree/tree-nodes.ts';

const OWNER = 'importSklearn';
const MAX_DEPTH = 8;

/** The JSON that the snippet of docs/saving-models.md writes. */
interface SklearnModel {
  model: string;
  nFeatures: number;
  classes?: Label[];
  coef?: number[][];
  intercept?: number[];
  trees?: SklearnTree[];
}

/** scikit-learn's tree_ as lists; children −1 at leaves. */
interface SklearnTree {
  left: number[];
  right: number[];
  feature: number[];
  threshold: number[];
  missingGoesLeft: number[];
  value: number[][];
  impurity: number[];
  samples: number[];
  weightedSamples: number[];
}

type Importer = (given: SklearnModel) => object;

/**
 * A linear model or trees that scikit-learn has fitted, as the estimator of the same name here: it predicts the same, can be a
 * pipeline's last stage, be saved, exported and looked into. Options are the defaults, for scikit-learn's are not in the file.
 *
 * LogisticRegression, LinearSVC, RidgeClassifier, Perceptron and SGDClassifier (scores and labels, whatever its loss: that is not in the
 * file; `partialFit` goes on from the coefficients, as after no rows); linear regressions of any kind (as LinearRegression) and PoissonRegressor; DecisionTree, ExtraTree, RandomForest and ExtraTrees for classes and numbers.
 *
 * @param json what the Python snippet of docs/saving-models.md writes
 * @throws ParseError for other text, other models, and models whose parts do not fit each other.
 *
 * @example
 * const model = importSklearn(await readFile('model.json', 'utf8')) as RandomForestClassifier;
 */
export function importSklearn(json: string): object {
  const given = parseBoundedJson(OWNER, new TextEncoder().encode(json), MAX_DEPTH) as SklearnModel;
  if (typeof given !== 'object' || given === null || typeof given.model !== 'string' || !Number.isInteger(given.nFeatures)) {
    throw new ParseError(`${OWNER}: the text must tell model and nFeatures, got ${show(given)}. Write it with the snippet of docs/saving-models.md.`);
  }
  const { model } = given;
  const importer = Object.hasOwn(IMPORTERS, model) ? IMPORTERS[model] : undefined;
  if (importer === undefined) throw new ParseError(`${OWNER}: model must be one of ${Object.keys(IMPORTERS).join(', ')}, got ${show(model)}.`);
  return importer(given);
}

const IMPORTERS: Readonly<Record<string, Importer>> = {
  LogisticRegression: (given) => new LogisticRegression().restore({ ...linearClasses(given), iterations: 0, evaluations: 0, objective: Number.NaN, converged: true }),
  LinearSVC: (given) => new LinearSVC().restore({ ...linearClasses(given), iterations: 0, converged: true }),
  RidgeClassifier: (given) => new RidgeClassifier().restore({ ...linearClasses(given), solver: 'cholesky', iterations: null, converged: true }),
  Perceptron: (given) => new Perceptron().restore(descended(given)),
  SGDClassifier: (given) => new SGDClassifier().restore(descended(given)),
  ...named(
    ['LinearRegression', 'Ridge', 'RidgeCV', 'Lasso', 'LassoCV', 'ElasticNet', 'ElasticNetCV', 'BayesianRidge', 'HuberRegressor', 'SGDRegressor', 'LinearSVR', 'TheilSenRegressor'],
    (given) => new LinearRegression().restore({ ...linearNumbers(given), rank: null, singular: null }),
  ),
  PoissonRegressor: (given) => new PoissonRegressor().restore({ ...linearNumbers(given), iterations: 0, converged: true }),
  ...named(['DecisionTreeClassifier', 'ExtraTreeClassifier'], (given) => new DecisionTreeClassifier().restore({ ...single(given), classes: classesOf(given), nFeaturesIn: given.nFeatures })),
  ...named(['DecisionTreeRegressor', 'ExtraTreeRegressor'], (given) => new DecisionTreeRegressor().restore({ ...single(given), nFeaturesIn: given.nFeatures })),
  RandomForestClassifier: (given) => new RandomForestClassifier().restore({ ...forest(given), oobDecisionFunction: null, classes: classesOf(given) }),
  ExtraTreesClassifier: (given) => new ExtraTreesClassifier().restore({ ...forest(given), oobDecisionFunction: null, classes: classesOf(given) }),
  RandomForestRegressor: (given) => new RandomForestRegressor().restore({ ...forest(given), oobPrediction: null }),
  ExtraTreesRegressor: (given) => new ExtraTreesRegressor().restore({ ...forest(given), oobPrediction: null }),
};

function named(names: readonly string[], importer: Importer): Record<string, Importer> {
  return Object.fromEntries(names.map((name) => [name, importer]));
}

function classesOf({ model, classes }: SklearnModel): Label[] {
  if (Array.isArray(classes) && classes.length > 0 && classes.every((label) => ['string', 'number', 'boolean'].includes(typeof label))) return classes;
  throw new ParseError(`${OWNER}: classes of ${model} must be a list of labels, got ${show(classes)}.`);
}

function linearClasses(given: SklearnModel): { coef: DenseMatrix; intercept: Float64Array; classes: Label[]; nFeaturesIn: number } {
  const classes = classesOf(given);
  const outputs = classes.length === 2 ? 1 : classes.length;
  return { ...coefficients(given, outputs), classes, nFeaturesIn: given.nFeatures };
}

/** What stochastic gradient descent has learned, as if it had seen no rows yet. */
function descended(given: SklearnModel): SGDClassifierFitted & ReturnType<typeof linearClasses> {
  const linear = linearClasses(given);
  const states = Array.from(linear.intercept, (intercept, k) => ({ coef: linear.coef.row(k).slice(), intercept, averageCoef: null, averageIntercept: 0 }));
  return { ...linear, iterations: 0, converged: true, t: 1, states };
}

function linearNumbers(given: SklearnModel): { coef: Float64Array; intercept: number; nFeaturesIn: number } {
  const { coef, intercept } = coefficients(given, 1);
  return { coef: coef.data, intercept: intercept[0], nFeaturesIn: given.nFeatures };
}

function coefficients({ model, coef, intercept, nFeatures }: SklearnModel, outputs: number): { coef: DenseMatrix; intercept: Float64Array } {
  const isWhole = Array.isArray(coef) && coef.length === outputs && coef.every((row) => isNumbers(row, nFeatures));
  if (!isWhole || !isNumbers(intercept, outputs)) throw new ParseError(`${OWNER}: ${model} must have ${outputs} × ${nFeatures} numbers in coef and ${outputs} in intercept, got ${show(coef)} and ${show(intercept)}.`);
  return { coef: DenseMatrix.from(coef), intercept: Float64Array.from(intercept as number[]) };
}

const isNumbers = (value: unknown, length: number): value is number[] => Array.isArray(value) && value.length === length && value.every((one) => typeof one === 'number');

function single(given: SklearnModel): { tree: TreeNodes; featureImportances: Float64Array; depth: number; leaves: number } {
  const [tree] = treesOf(given);
  return { tree, featureImportances: treeImportances(tree, given.nFeatures), depth: treeDepth(tree), leaves: leafCount(tree) };
}

function forest(given: SklearnModel): { trees: TreeNodes[]; featureImportances: Float64Array; oobScore: null; notes: string[]; nFeaturesIn: number } {
  const trees = treesOf(given);
  return { trees, featureImportances: forestImportances(trees, given.nFeatures), oobScore: null, notes: [], nFeaturesIn: given.nFeatures };
}

function treesOf(given: SklearnModel): TreeNodes[] {
  if (!Array.isArray(given.trees) || given.trees.length === 0) throw new ParseError(`${OWNER}: ${given.model} must have trees, got ${show(given.trees)}.`);
  return given.trees.map((tree, t) => treeOf(tree, t, given));
}

function treeOf(tree: SklearnTree, t: number, { model, nFeatures, classes }: SklearnModel): TreeNodes {
  const nodes = tree?.left?.length ?? 0;
  const outputs = classes?.length ?? 1;
  const lists: readonly (keyof SklearnTree)[] = ['left', 'right', 'feature', 'threshold', 'missingGoesLeft', 'impurity', 'samples', 'weightedSamples'];
  const unfit = lists.find((name) => !isNumbers(tree?.[name], nodes));
  if (nodes === 0 || unfit !== undefined || tree.value?.length !== nodes || !tree.value.every((row) => isNumbers(row, outputs))) {
    throw new ParseError(`${OWNER}: tree ${t} of ${model} must have ${nodes} numbers in ${unfit ?? `value, ${outputs} each`}.`);
  }
  const isInner = (n: number): boolean => tree.left[n] >= 0;
  const isWithin = (n: number): boolean => [tree.left[n], tree.right[n]].every((child) => Number.isInteger(child) && child > n && child < nodes) && tree.feature[n] >= 0 && tree.feature[n] < nFeatures;
  const wrong = tree.left.findIndex((_, n) => isInner(n) && !isWithin(n));
  if (wrong >= 0) throw new ParseError(`${OWNER}: tree ${t} of ${model} must be a tree over ${nFeatures} columns, node ${wrong} leads out of it.`);
  return {
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    feature: Int32Array.from(tree.feature, (feature, n) => (isInner(n) ? feature : -1)),
    threshold: Float64Array.from(tree.threshold, (threshold, n) => (isInner(n) ? threshold : 0)),
    missingGoesLeft: Uint8Array.from(tree.missingGoesLeft),
    value: Float64Array.from(tree.value.flat()),
    outputs,
    impurity: Float64Array.from(tree.impurity),
    samples: Int32Array.from(tree.samples),
    weightedSamples: Float64Array.from(tree.weightedSamples),
  };
}
