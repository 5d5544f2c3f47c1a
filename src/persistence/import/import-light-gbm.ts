import { ParseError } from '../../core/errors.ts';
import type { Label } from '../../core/labels.ts';
import { show } from '../../core/show.ts';
import type { TreeNodes } from '../../tree/tree-nodes.ts';
import { buildTree, type ImportedNode } from './build-tree.ts';
import { type ImportedLink, ImportedTrees } from './imported-trees.ts';

export interface ImportOptions {
  /** Labels of the classes, in the order of their numbers in the model. Default 0, 1, …. */
  classes?: readonly Label[];
}

const OWNER = 'importLightGbm';
/** Bits of decision_type. */
const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
const MISSING = { none: 0, zero: 1, nan: 2 } as const;
/** LightGBM takes numbers up to this for 0. */
const ZERO = 1e-35;

/**
 * A LightGBM model, as `booster.save_model(file)` or `model_to_string()` writes it, as a stage that predicts what LightGBM predicts.
 *
 * Objectives: regression (also sqrt), L1, Huber, Fair, quantile, MAPE, Poisson, gamma, Tweedie, cross-entropy, binary, multiclass and
 * multiclassova; DART and random forests among the boosters. Categories are whole numbers from 0 to 255, as they were in
 * training.
 *
 * @throws ParseError, DataError for text that is no such model, linear trees, larger categories, and zeros that count as missing
 * where that changes their way.
 *
 * Source: LightGBM's src/io/tree.cpp and gbdt_model_text.cpp, format v3 and v4.
 *
 * @example
 * const model = importLightGbm(await readFile('model.txt', 'utf8'), { classes: ['no', 'yes'] });
 */
export function importLightGbm(text: string, { classes }: ImportOptions = {}): ImportedTrees {
  const [head, ...sections] = text.split(/\r?\n(?=Tree=\d+\r?\n)/);
  if (!/^tree\r?\n/.test(head)) throw new ParseError(`${OWNER}: the text must begin with the line tree, got ${show(head.slice(0, 40))}. Write it with booster.save_model(file).`);
  const fields = fieldsOf(head);
  const outputs = wholeIn(fields, 'num_tree_per_iteration');
  const nFeaturesIn = wholeIn(fields, 'max_feature_idx') + 1;
  const objective = (fields.get('objective') ?? 'regression').split(' ');
  const { link, isClassifier } = linkOf(objective);
  const slope = Number(objective.find((part) => part.startsWith('sigmoid:'))?.slice('sigmoid:'.length) ?? 1);
  const trees = sections.map((section, t) => treeOf(fieldsOf(section.split(/\r?\nend of trees/)[0]), t));
  if (trees.length === 0 || trees.length % outputs !== 0) throw new ParseError(`${OWNER}: there must be ${outputs} trees a round, got ${trees.length}. The text is cut short.`);
  const names = classes ?? Array.from({ length: outputs === 1 ? 2 : outputs }, (_, k) => k);
  return new ImportedTrees({
    source: 'LightGBM',
    trees,
    outputs,
    base: new Float64Array(outputs),
    link,
    slope,
    isAverage: /^average_output\r?$/m.test(head),
    isSingle: false,
    classes: isClassifier ? names : null,
    nFeaturesIn,
  });
}

function linkOf([name, ...settings]: readonly string[]): { link: ImportedLink; isClassifier: boolean } {
  if (name === 'binary') return { link: 'sigmoid', isClassifier: true };
  if (name === 'multiclass') return { link: 'softmax', isClassifier: true };
  if (name === 'multiclassova') return { link: 'sigmoids', isClassifier: true };
  if (name === 'cross_entropy') return { link: 'sigmoid', isClassifier: false };
  if (['poisson', 'gamma', 'tweedie'].includes(name)) return { link: 'exp', isClassifier: false };
  if (['regression', 'regression_l2', 'regression_l1', 'huber', 'fair', 'quantile', 'mape'].includes(name)) {
    return { link: settings.includes('sqrt') ? 'signedSquare' : 'identity', isClassifier: false };
  }
  throw new ParseError(`${OWNER}: the objective must be one for numbers or classes, got ${show(name)}. Rankings and objectives of one's own are not read.`);
}

function fieldsOf(section: string): Map<string, string> {
  return new Map(section.split(/\r?\n/).flatMap((line): [string, string][] => (line.includes('=') ? [[line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]] : [])));
}

function wholeIn(fields: ReadonlyMap<string, string>, name: string): number {
  const value = Number(fields.get(name) ?? Number.NaN);
  if (!Number.isInteger(value) || value < 0) throw new ParseError(`${OWNER}: ${name} must be a whole number, got ${show(fields.get(name))}. The text is damaged.`);
  return value;
}

function treeOf(fields: ReadonlyMap<string, string>, t: number): TreeNodes {
  const leaves = wholeIn(fields, 'num_leaves');
  if (fields.get('is_linear') === '1') throw new ParseError(`${OWNER}: tree ${t} must have constant leaves, it has linear ones. Train with linear_tree=false.`);
  const numbers = (name: string, count: number): number[] => {
    const values = (fields.get(name) ?? '').split(' ').filter((word) => word !== '').map(Number);
    if (values.length < count || values.some(Number.isNaN)) throw new ParseError(`${OWNER}: tree ${t} must have ${count} numbers in ${name}, got ${values.length}. The text is damaged.`);
    return values;
  };
  const values = numbers('leaf_value', leaves);
  const counts = fields.has('leaf_count') && leaves > 1 ? numbers('leaf_count', leaves) : [];
  if (leaves <= 1) return buildTree({ value: values[0] });
  const inner = leaves - 1;
  const [feature, threshold, decision] = [numbers('split_feature', inner), numbers('threshold', inner), numbers('decision_type', inner)];
  const [left, right] = [numbers('left_child', inner), numbers('right_child', inner)];
  const internal = fields.has('internal_count') ? numbers('internal_count', inner) : [];
  const hasSets = wholeIn(fields, 'num_cat') > 0;
  const boundaries = hasSets ? numbers('cat_boundaries', wholeIn(fields, 'num_cat') + 1) : [];
  const words = hasSets ? numbers('cat_threshold', boundaries[boundaries.length - 1]) : [];
  // A tree has each node once: a walk that meets more goes in circles.
  let made = 0;
  const nodeAt = (at: number): ImportedNode => {
    if (++made > inner + leaves) throw new ParseError(`${OWNER}: tree ${t} must be a tree, its children go in circles. The text is damaged.`);
    if (at < 0) return { value: values[~at], samples: counts[~at] };
    if (at >= inner) throw new ParseError(`${OWNER}: tree ${t} has no node ${at}. The text is damaged.`);
    const node = { feature: feature[at], samples: internal[at], left: () => nodeAt(left[at]), right: () => nodeAt(right[at]) };
    if ((decision[at] & CATEGORICAL) === 0) return { ...node, threshold: threshold[at], missingGoesLeft: missingGoesLeft(decision[at], threshold[at], t) };
    const set = threshold[at];
    return { ...node, categories: categoriesIn(words.slice(boundaries[set], boundaries[set + 1]), t), missingGoesLeft: false };
  };
  return buildTree(nodeAt(0));
}

/** Where NaN goes: by the default, or, where missing values were not counted as such in training, where 0 goes. */
function missingGoesLeft(decision: number, threshold: number, t: number): boolean {
  const isLeft = (decision & DEFAULT_LEFT) !== 0;
  const missing = (decision >> 2) & 3;
  if (missing === MISSING.nan) return isLeft;
  const zeroGoesLeft = threshold >= 0;
  if (missing === MISSING.zero && (isLeft !== zeroGoesLeft || Math.abs(threshold) < ZERO)) {
    throw new ParseError(`${OWNER}: tree ${t} sends zeros another way than their size, which is not read. Train with zero_as_missing=false.`);
  }
  return zeroGoesLeft;
}

function categoriesIn(words: readonly number[], t: number): number[] {
  const categories = words.flatMap((word, w) => Array.from({ length: 32 }, (_, bit) => 32 * w + bit).filter((category) => ((word >>> (category & 31)) & 1) === 1));
  const large = categories.find((category) => category > 255);
  if (large !== undefined) throw new ParseError(`${OWNER}: categories must be numbers up to 255, tree ${t} has ${large}. Number them anew before training.`);
  return categories;
}
