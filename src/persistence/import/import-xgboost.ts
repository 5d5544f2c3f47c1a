import { ParseError } from '../../core/errors.ts';
import { show } from '../../core/show.ts';
import type { TreeNodes } from '../../tree/tree-nodes.ts';
import { buildTree, type ImportedNode } from './build-tree.ts';
import type { ImportOptions } from './import-light-gbm.ts';
import { type ImportedLink, ImportedTrees } from './imported-trees.ts';

const OWNER = 'importXgboost';

/** A tree of XGBoost's JSON: parallel arrays, one element a node. */
interface XgboostTree {
  left_children?: unknown;
  right_children?: unknown;
  split_indices?: unknown;
  split_conditions?: unknown;
  default_left?: unknown;
  split_type?: unknown;
  tree_param?: { size_leaf_vector?: unknown };
}

/**
 * An XGBoost model, as `booster.save_model('model.json')` writes it, as a stage that predicts what XGBoost predicts: in single
 * precision, x < threshold to the left, missing values by the default.
 *
 * Boosters gbtree and dart; objectives reg:squarederror, reg:squaredlogerror, reg:absoluteerror, reg:pseudohubererror,
 * reg:quantileerror (one quantile), reg:logistic, count:poisson, reg:gamma, reg:tweedie, binary:logistic, binary:logitraw,
 * binary:hinge (raw), multi:softmax and multi:softprob.
 *
 * @throws ParseError, DataError for text that is no such model, other objectives, categorical splits, trees with several
 * outputs and linear boosters.
 *
 * Source: XGBoost's documentation, "Introduction to Model IO" and its JSON schema.
 *
 * @example
 * const model = importXgboost(await readFile('model.json', 'utf8'), { classes: ['no', 'yes'] });
 */
export function importXgboost(json: string, { classes }: ImportOptions = {}): ImportedTrees {
  const learner = recordIn(parsed(json), 'learner');
  const booster = recordIn(learner, 'gradient_booster');
  const { model, weights } = treesOf(booster);
  const param = recordIn(learner, 'learner_model_param');
  const objective = String(recordIn(learner, 'objective').name);
  const outputs = Math.max(1, Number(param.num_class ?? 0));
  const { link, isClassifier, margin } = linkOf(objective);
  const info = listIn(model, 'tree_info').map(Number);
  const trees = listIn(model, 'trees').map((tree, t) => treeOf(tree as XgboostTree, t, weights[t] ?? 1));
  // Trees of one round may be several per class (a boosted forest): they are put in turn, with empty ones between.
  const ordered = inTurn(trees, info, outputs);
  return new ImportedTrees({
    source: 'XGBoost',
    trees: ordered,
    outputs,
    base: baseOf(param.base_score, outputs, margin),
    link,
    slope: 1,
    isAverage: false,
    isSingle: true,
    classes: isClassifier ? (classes ?? Array.from({ length: outputs === 1 ? 2 : outputs }, (_, k) => k)) : null,
    nFeaturesIn: Number(param.num_feature),
  });
}

function parsed(json: string): Record<string, unknown> {
  try {
    const value = JSON.parse(json) as unknown;
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    throw new ParseError(`${OWNER}: the text must be JSON, got ${(error as Error).message.slice(0, 80)}. Write it with booster.save_model('model.json').`, { cause: error });
  }
  throw new ParseError(`${OWNER}: the text must be a model, got ${json.slice(0, 20)}. Write it with booster.save_model('model.json').`);
}

function recordIn(parent: Record<string, unknown>, name: string): Record<string, unknown> {
  const value = Object.hasOwn(parent, name) ? parent[name] : undefined;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ParseError(`${OWNER}: ${name} must be an object, got ${show(value)}. Write the model with booster.save_model('model.json').`);
}

function listIn(parent: object, name: string): unknown[] {
  const value = Object.hasOwn(parent, name) ? (parent as Record<string, unknown>)[name] : undefined;
  if (Array.isArray(value)) return value;
  throw new ParseError(`${OWNER}: ${name} must be a list, got ${show(value)}. The file is damaged.`);
}

/** A DART booster holds another, and weighs its trees. */
function treesOf(booster: Record<string, unknown>): { model: Record<string, unknown>; weights: number[] } {
  if (booster.name === 'gbtree') return { model: recordIn(booster, 'model'), weights: [] };
  if (booster.name === 'dart') return { model: recordIn(recordIn(booster, 'gbtree'), 'model'), weights: listIn(booster, 'weight_drop').map(Number) };
  throw new ParseError(`${OWNER}: the booster must be gbtree or dart, got ${show(booster.name)}.`);
}

/** How margins become predictions, and how base_score becomes a margin. */
function linkOf(objective: string): { link: ImportedLink; isClassifier: boolean; margin: (base: number) => number } {
  const same = (base: number): number => base;
  const logit = (base: number): number => -Math.log(1 / base - 1);
  if (objective === 'binary:logistic') return { link: 'sigmoid', isClassifier: true, margin: logit };
  if (objective === 'reg:logistic') return { link: 'sigmoid', isClassifier: false, margin: logit };
  if (objective === 'multi:softprob' || objective === 'multi:softmax') return { link: 'softmax', isClassifier: true, margin: same };
  if (['count:poisson', 'reg:gamma', 'reg:tweedie'].includes(objective)) return { link: 'exp', isClassifier: false, margin: Math.log };
  if (['reg:squarederror', 'reg:squaredlogerror', 'reg:absoluteerror', 'reg:pseudohubererror', 'reg:quantileerror', 'binary:logitraw', 'binary:hinge', 'reg:linear'].includes(objective)) {
    return { link: 'identity', isClassifier: false, margin: same };
  }
  throw new ParseError(`${OWNER}: the objective must be one for numbers or classes, got ${show(objective)}. Rankings, survival and objectives of one's own are not read.`);
}

/** base_score is a number as text; newer versions write a list of them. */
function baseOf(written: unknown, outputs: number, margin: (base: number) => number): Float64Array {
  const numbers = String(written).replace(/[[\]]/g, '').split(',').map(Number);
  if (numbers.some(Number.isNaN) || (numbers.length !== 1 && numbers.length !== outputs)) throw new ParseError(`${OWNER}: base_score must be a number, or one per class, got ${show(written)}. The file is damaged.`);
  return Float64Array.from({ length: outputs }, (_, k) => Math.fround(margin(numbers.length === 1 ? numbers[0] : numbers[k])));
}

function treeOf(tree: XgboostTree, t: number, weight: number): TreeNodes {
  const numbers = (name: keyof XgboostTree): number[] => listIn(tree, name).map(Number);
  const [left, right] = [numbers('left_children'), numbers('right_children')];
  const [feature, condition, missing] = [numbers('split_indices'), numbers('split_conditions'), numbers('default_left')];
  if (Array.isArray(tree.split_type) && tree.split_type.some((type) => Number(type) !== 0)) throw new ParseError(`${OWNER}: tree ${t} must split by size, it splits by category. Train without enable_categorical.`);
  if (Number(tree.tree_param?.size_leaf_vector ?? 1) > 1) throw new ParseError(`${OWNER}: tree ${t} must have one output. Train with multi_strategy='one_output_per_tree'.`);
  let made = 0;
  const nodeAt = (at: number): ImportedNode => {
    if (!(at >= 0 && at < left.length) || ++made > left.length) throw new ParseError(`${OWNER}: tree ${t} must be a tree, its children lead out of it or in circles. The file is damaged.`);
    if (left[at] < 0) return { value: Math.fround(Math.fround(condition[at]) * weight) };
    return { feature: feature[at], threshold: below(Math.fround(condition[at])), missingGoesLeft: missing[at] === 1, left: () => nodeAt(left[at]), right: () => nodeAt(right[at]) };
  };
  return buildTree(nodeAt(0));
}

/** The next smaller number of single precision: x < t is x ≤ it. */
function below(threshold: number): number {
  if (threshold === 0) return -(2 ** -149);
  const bits = new Int32Array(new Float32Array([threshold]).buffer);
  bits[0] += threshold > 0 ? -1 : 1;
  return new Float32Array(bits.buffer)[0];
}

function inTurn(trees: readonly TreeNodes[], info: readonly number[], outputs: number): TreeNodes[] {
  const byOutput = Array.from({ length: outputs }, (_, k) => trees.filter((_tree, t) => (info[t] ?? 0) === k));
  const rounds = Math.max(...byOutput.map((own) => own.length));
  const nothing = buildTree({ value: 0 });
  return Array.from({ length: rounds * outputs }, (_, t) => byOutput[t % outputs][Math.floor(t / outputs)] ?? nothing);
}
