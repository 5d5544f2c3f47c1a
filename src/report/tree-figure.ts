import { OptionError, ShapeError } from '../core/errors.ts';
import { completeOptions, custom, integer, type Rules } from '../core/rules.ts';
import { DecisionTreeClassifier } from '../tree/decision-tree-classifier.ts';
import type { DecisionTreeRegressor } from '../tree/decision-tree-regressor.ts';
import type { TreeNodes } from '../tree/tree-nodes.ts';
import { escapeHtml } from './escape-html.ts';
import { fitText, textWidth } from './fit-text.ts';
import { color, seriesStyle, themes, withColors } from './theme.ts';
import { layOutTree, type PlacedNode } from './tree-layout.ts';

export interface TreeFigureOptions {
  /** First line of the picture. Default 'Decision tree'. */
  title?: string;
  /** One name per feature. Default null: x0, x1, …. */
  featureNames?: readonly string[] | null;
  /** How many splits deep to go. Default 3. */
  maxDepth?: number;
}

const rules: Rules<TreeFigureOptions> = {
  title: custom<string>('Decision tree', 'a text', (v) => typeof v === 'string', 7),
  featureNames: custom<readonly string[] | null>(null, 'a list of texts, or null', (v) => v === null || (Array.isArray(v) && v.every((name) => typeof name === 'string')), 7),
  maxDepth: integer(3, { min: 0, max: 12 }),
};

const box = { width: 128, height: 62, across: 14, down: 46 };
const pad = 16;
const titleHeight = 62;

/**
 * A fitted decision tree as SVG text: each box tells its question (rows for which it holds go left), its share of the
 * rows, and its classes as a bar, or its value.
 *
 * Counterpart: scikit-learn's plot_tree.
 * @throws NotFittedError; ShapeError unless there is one name per feature; OptionError
 */
export function treeFigure(model: DecisionTreeClassifier | DecisionTreeRegressor, given: TreeFigureOptions = {}): string {
  const { title, featureNames, maxDepth } = completeOptions<TreeFigureOptions>('treeFigure', given, rules);
  const { tree, nFeaturesIn } = model.fitted;
  if (featureNames !== null && featureNames.length !== nFeaturesIn) {
    throw new ShapeError(`treeFigure: featureNames must have ${nFeaturesIn} names, got ${featureNames.length}.`);
  }
  const classes = model instanceof DecisionTreeClassifier ? model.fitted.classes.map(String) : undefined;
  const placed = layOutTree(tree, maxDepth);
  const deepest = Math.max(...placed.map(({ depth }) => depth));
  const columns = Math.max(...placed.map(({ x }) => x)) + 0.5;
  const width = Math.max(480, 2 * pad + columns * (box.width + box.across) - box.across);
  const names = classes ? legend(classes, width) : '';
  const head = titleHeight + (classes ? 20 : 0);
  const height = head + pad + (deepest + 1) * (box.height + box.down) - box.down;
  if (width > 32_000) throw new OptionError(`treeFigure: maxDepth must leave at most ${Math.floor(32_000 / box.width)} boxes side by side, got ${Math.ceil(columns)}. Use less than ${maxDepth}.`);

  // A small tree stands in the middle.
  const left = (width - (columns * (box.width + box.across) - box.across)) / 2;
  const middle = ({ x }: PlacedNode): number => left + x * (box.width + box.across) - box.across / 2;
  const top = ({ depth }: PlacedNode): number => head + depth * (box.height + box.down);
  const edges = placed.map((child) => (child.parent < 0 ? '' : edge(middle(placed[child.parent]), top(placed[child.parent]) + box.height, middle(child), top(child), child.isLeft)));
  const boxes = placed.map((node) => drawBox(tree, node, middle(node) - box.width / 2, top(node), featureNames, classes));
  const note = `${tree.samples[0]} rows; ${tree.left.length} nodes${placed.some(({ isCut }) => isCut) ? `, drawn to depth ${maxDepth}` : ''}. Rows for which a question holds go left.`;
  const size = `viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}"`;
  const label = escapeHtml(`${title}: ${note}`);
  return `${withColors(
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Inter, system-ui, sans-serif" font-size="11" fill="${color('ink')}" role="img" aria-label="${label}">` +
      `<rect width="${round(width)}" height="${round(height)}" fill="${color('paper')}"/>` +
      `<text x="${pad}" y="${pad + 13}" font-size="15" font-weight="600">${escapeHtml(fitText(title, 15, width - 2 * pad))}</text>` +
      `<text x="${pad}" y="${pad + 31}" fill="${color('muted')}">${escapeHtml(fitText(note, 11, width - 2 * pad))}</text>` +
      `${names}${edges.join('')}${boxes.join('')}</svg>`,
    themes.light,
  )}\n`;
}

/** The colour of each class, as many as there is room for. */
function legend(classes: readonly string[], width: number): string {
  let x = pad;
  let drawn = '';
  for (const [k, name] of classes.entries()) {
    const text = fitText(name, 11, 140);
    const end = x + 16 + textWidth(text, 11);
    if (end > width - pad) break;
    drawn += `<rect x="${round(x)}" y="${pad + 42}" width="10" height="10" rx="2" fill="${seriesStyle(k).color}"/><text x="${round(x + 15)}" y="${pad + 51}">${escapeHtml(text)}</text>`;
    x = end + 14;
  }
  return drawn;
}

const round = (value: number): number => Math.round(value * 100) / 100;

function edge(fromX: number, fromY: number, toX: number, toY: number, isLeft: boolean): string {
  const half = (toY - fromY) / 2;
  const line = `<path d="M${round(fromX)},${fromY}v${half}H${round(toX)}v${half}" fill="none" stroke="${color('rule')}" stroke-width="1.2"/>`;
  const anchor = isLeft ? `x="${round(toX + 5)}"` : `x="${round(toX - 5)}" text-anchor="end"`;
  return `${line}<text ${anchor} y="${toY - 6}" font-size="10" fill="${color('muted')}">${isLeft ? 'yes' : 'no'}</text>`;
}

function drawBox(tree: TreeNodes, { node, isCut }: PlacedNode, x: number, y: number, names: readonly string[] | null, classes: readonly string[] | undefined): string {
  const isSplit = tree.left[node] >= 0;
  const values = tree.value.subarray(node * tree.outputs, (node + 1) * tree.outputs);
  const best = values.indexOf(Math.max(...values));
  const answer = classes ? classes[best] : short(values[0]);
  const question = isSplit ? `${names?.[tree.feature[node]] ?? `x${tree.feature[node]}`} ${tree.threshold[node] === Infinity ? 'known' : `≤ ${short(tree.threshold[node])}`}` : answer;
  const share = `${short((100 * tree.samples[node]) / tree.samples[0])} % of rows`;
  const second = isSplit && !isCut ? share : `${share}${isCut ? ' …' : ''}`;
  const frame = isSplit
    ? `fill="${color('paper')}" stroke="${color('rule')}"${isCut ? ' stroke-dasharray="4 3"' : ''}`
    : `fill="${color('panel')}" stroke="${classes ? seriesStyle(best).color : color('rule')}"`;
  const centre = round(x + box.width / 2);
  const line = (text: string, dy: number, more: string): string => `<text x="${centre}" y="${y + dy}" text-anchor="middle"${more}>${escapeHtml(fitText(text, 11, box.width - 12))}</text>`;
  return (
    `<rect x="${round(x)}" y="${y}" width="${box.width}" height="${box.height}" rx="6" stroke-width="1.2" ${frame}/>` +
    line(question, 18, ' font-weight="600"') +
    line(second, 33, ` fill="${color('muted')}"`) +
    (classes ? shareBar(values, x + 10, y + 42) : line(isSplit ? `mean ${answer}` : `impurity ${short(tree.impurity[node])}`, 49, ` fill="${color('muted')}"`))
  );
}

/** The classes of a node's rows, as wide as their shares. */
function shareBar(shares: Float64Array, x: number, y: number): string {
  const width = box.width - 20;
  let at = x;
  return Array.from(shares, (share, k) => {
    if (share === 0) return '';
    const part = `<rect x="${round(at)}" y="${y}" width="${round(share * width)}" height="8" fill="${seriesStyle(k).color}"/>`;
    at += share * width;
    return part;
  }).join('');
}

/** Four digits at most, without an exponent where that is short. */
const short = (value: number): string => (Math.abs(value) >= 1e6 || (value !== 0 && Math.abs(value) < 1e-4) ? value.toExponential(2) : String(Number(value.toPrecision(4))));
