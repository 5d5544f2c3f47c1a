import { ShapeError } from '../core/errors.ts';
import { fixedDigits } from '../core/fixed-digits.ts';
import { completeOptions, custom, flag, integer, optional, type Rules } from '../core/rules.ts';
import { DecisionTreeClassifier } from './decision-tree-classifier.ts';
import type { DecisionTreeRegressor } from './decision-tree-regressor.ts';

export interface ExportTextOptions {
  /** One name per feature. Default null: feature_0, feature_1, …. */
  featureNames?: readonly string[] | null;
  /** One name per class, in the order of `fitted.classes`. Default null: the labels. */
  classNames?: readonly string[] | null;
  /** How many splits deep to go; what lies below is told by its depth. Default 10. */
  maxDepth?: number;
  /** Width of one step of indentation. Default 3. */
  spacing?: number;
  /** Digits after the point. Default 2. */
  decimals?: number;
  /** Whether leaves tell the weight of each class. Default false. */
  showWeights?: boolean;
}

const names = custom<readonly string[] | null>(null, 'a list of texts, or null', (v) => v === null || (Array.isArray(v) && v.every((name) => typeof name === 'string')), 7);
const rules: Rules<ExportTextOptions> = {
  featureNames: names,
  classNames: optional(names),
  maxDepth: integer(10, { min: 0 }),
  spacing: integer(3, { min: 1 }),
  decimals: integer(2, { min: 0, max: 20 }),
  showWeights: flag(false),
};

/**
 * A fitted decision tree as text, one line a branch.
 *
 * Counterpart: scikit-learn's export_text.
 * @throws NotFittedError, OptionError; ShapeError when names are not one per feature or class
 *
 * @example
 * console.log(exportText(await new DecisionTreeClassifier({ maxDepth: 2 }).fit(X, y), { featureNames: ['age', 'fare'] }));
 * // |--- age <= 6.50 …
 */
export function exportText(model: DecisionTreeClassifier | DecisionTreeRegressor, given: ExportTextOptions = {}): string {
  const options = completeOptions<ExportTextOptions>('exportText', given, rules);
  const { tree, nFeaturesIn } = model.fitted;
  const classNames = model instanceof DecisionTreeClassifier ? (options.classNames ?? model.fitted.classes.map(pythonText)) : undefined;
  checkNames('featureNames', options.featureNames, nFeaturesIn);
  if (model instanceof DecisionTreeClassifier) checkNames('classNames', options.classNames, model.fitted.classes.length);
  const digits = (value: number): string => (value === Infinity ? 'inf' : fixedDigits(value, options.decimals));
  const lines: string[] = [];

  const addLeaf = (node: number, indent: string): void => {
    const values = tree.value.subarray(node * tree.outputs, (node + 1) * tree.outputs);
    if (classNames === undefined) {
      lines.push(`${indent} value: [${digits(values[0])}]`);
      return;
    }
    const name = classNames[values.indexOf(Math.max(...values))];
    const weights = Array.from(values, (share) => digits(share * tree.weightedSamples[node])).join(', ');
    lines.push(options.showWeights ? `${indent} weights: [${weights}] class: ${name}` : `${indent} class: ${name}`);
  };

  const addNode = (node: number, depth: number): void => {
    const step = `|${' '.repeat(options.spacing)}`;
    const indent = step.repeat(depth).slice(0, -options.spacing) + '-'.repeat(options.spacing);
    if (tree.left[node] < 0) addLeaf(node, indent);
    else if (depth > options.maxDepth + 1) lines.push(`${indent} truncated branch of depth ${branchDepth(node)}`);
    else {
      const name = options.featureNames?.[tree.feature[node]] ?? `feature_${tree.feature[node]}`;
      lines.push(`${indent} ${name} <= ${digits(tree.threshold[node])}`);
      addNode(tree.left[node], depth + 1);
      lines.push(`${indent} ${name} >  ${digits(tree.threshold[node])}`);
      addNode(tree.right[node], depth + 1);
    }
  };
  const branchDepth = (node: number): number => (tree.left[node] < 0 ? 1 : 1 + Math.max(branchDepth(tree.left[node]), branchDepth(tree.right[node])));

  addNode(0, 1);
  return `${lines.join('\n')}\n`;
}

/** A label as Python prints it, so that the texts agree. */
const pythonText = (label: unknown): string => (typeof label === 'boolean' ? (label ? 'True' : 'False') : String(label));

function checkNames(option: string, list: readonly string[] | null, count: number): void {
  if (list !== null && list.length !== count) throw new ShapeError(`exportText: ${option} must have ${count} names, got ${list.length}.`);
}
