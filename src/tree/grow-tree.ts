import type { RandomState } from '../core/random-state.ts';
import { Xorshift } from '../core/xorshift.ts';
import type { Arena } from '../kernels/arena.ts';
import { kernelsFor } from '../kernels/kernel-memory.ts';
import { ClassCriterion } from './class-criterion.ts';
import { entropy, gini } from './class-impurity.ts';
import { CompiledPoisson, CompiledSquaredError } from './compiled-means.ts';
import { CompiledRandomSplitter } from './compiled-random-splitter.ts';
import { areCounts, CountedClasses } from './counted-classes.ts';
import { CountedSplitter } from './counted-splitter.ts';
import type { Criterion } from './criterion.ts';
import { growBestFirst } from './grow-best-first.ts';
import { growDepthFirst } from './grow-depth-first.ts';
import { Poisson, SquaredError } from './mean-criterion.ts';
import { AbsoluteError } from './median-criterion.ts';
import { MeansSplitter } from './means-splitter.ts';
import { NodeList } from './node-list.ts';
import type { RankedColumns } from './ranked-columns.ts';
import { SparseBestSplitter } from './sparse-splitter.ts';
import type { SplitColumns } from './split-columns.ts';
import { BestSplitter, RandomSplitter, type Splitter, type SplitterParts } from './splitter.ts';
import type { TreeLimits } from './tree-limits.ts';
import type { TreeNodes } from './tree-nodes.ts';
import { WeighedClasses } from './weighed-classes.ts';
import { WeighedSplitter } from './weighed-splitter.ts';

/** What a tree is to tell: classes by number, or numbers. */
export type TreeTarget = { codes: Int32Array; classes: number } | { y: Float64Array };

/** How a tree grows. */
export interface Growth {
  criterion: 'gini' | 'entropy' | 'logLoss' | 'squaredError' | 'absoluteError' | 'poisson' | 'friedmanMse';
  splitter: 'best' | 'random';
  limits: TreeLimits;
}

/**
 * Grows one tree on ranked columns; rows of weight 0 are left out.
 * @param reader the columns in the arena's memory; trees of a forest share them
 * @param randomState of which one number is drawn, for all of the tree's randomness
 */
export function growTree(
  arena: Arena,
  columns: RankedColumns,
  reader: SplitColumns,
  target: TreeTarget,
  weights: Float64Array | undefined,
  randomState: RandomState,
  growth: Growth,
): TreeNodes {
  const random = new Xorshift(randomState.randint(0, 2 ** 31 - 1));
  let totalWeight = 0;
  let rows = 0;
  for (let i = 0; i < columns.rows; i++) {
    const w = weights === undefined ? 1 : weights[i];
    totalWeight += w;
    if (w !== 0) rows++;
  }
  const samples = arena.int32(rows);
  for (let i = 0, p = 0; i < columns.rows; i++) if (weights === undefined || weights[i] !== 0) samples[p++] = i;
  const keys = arena.int32(rows);
  const { limits } = growth;
  const features = arena.int32(columns.cols);
  for (let j = 0; j < columns.cols; j++) features[j] = j;
  const constants = arena.int32(columns.cols);
  const base = { columns, reader, samples, keys, features, constants, limits, random, totalWeight };
  const { criterion, splitter } = compiled(arena, base, target, weights, growth) ?? plain(base, target, weights, growth);
  const nodes = new NodeList(criterion.outputs);
  const grower = { splitter, criterion, nodes, limits, rows };
  if (limits.maxLeafNodes === null) growDepthFirst(grower);
  else growBestFirst(grower, limits.maxLeafNodes);
  return nodes.toTree();
}

interface Pair {
  criterion: Criterion;
  splitter: Splitter;
}

/** What searches in compiled code, with the same result; undefined where nothing compiled does. */
function compiled(arena: Arena, base: Omit<SplitterParts, 'criterion'>, target: TreeTarget, weights: Float64Array | undefined, growth: Growth): Pair | undefined {
  const { samples, limits, columns } = base;
  const kernels = kernelsFor(samples);
  const isDrawn = growth.splitter === 'random';
  if (!kernels || limits.monotonic || (columns.indices !== undefined && columns.hasMissing)) return undefined;
  if ('codes' in target) {
    if (!areCounts(weights, target.classes)) {
      if (weights === undefined || columns.hasMissing || isDrawn) return undefined;
      const criterion = new WeighedClasses(arena, samples, weights, target.codes, target.classes, growth.criterion === 'gini');
      return { criterion, splitter: new WeighedSplitter(arena, kernels, { ...base, criterion }, criterion) };
    }
    const criterion = new CountedClasses(arena, kernels, samples, weights, target.codes, target.classes, growth.criterion === 'gini');
    const parts = { ...base, criterion };
    return { criterion, splitter: isDrawn ? new CompiledRandomSplitter(arena, kernels, parts, criterion) : new CountedSplitter(arena, kernels, parts, criterion) };
  }
  if (growth.criterion === 'absoluteError') return undefined;
  const Means = growth.criterion === 'poisson' ? CompiledPoisson : CompiledSquaredError;
  const criterion = new Means(arena, kernels, samples, weights, target.y);
  const parts = { ...base, criterion };
  return { criterion, splitter: isDrawn ? new CompiledRandomSplitter(arena, kernels, parts, criterion) : new MeansSplitter(arena, kernels, parts, criterion) };
}

function plain(base: Omit<SplitterParts, 'criterion'>, target: TreeTarget, weights: Float64Array | undefined, { criterion: name, splitter }: Growth): Pair {
  const criterion = newCriterion(name, base.samples, weights, target);
  if (splitter === 'random') return { criterion, splitter: new RandomSplitter({ ...base, criterion }) };
  const Best = base.columns.indices === undefined ? BestSplitter : SparseBestSplitter;
  return { criterion, splitter: new Best({ ...base, criterion }) };
}

function newCriterion(name: Growth['criterion'], samples: Int32Array, weights: Float64Array | undefined, target: TreeTarget): Criterion {
  if ('codes' in target) return new ClassCriterion(samples, weights, target.codes, name === 'gini' ? gini : entropy, new Float64Array(target.classes), new Float64Array(target.classes));
  if (name === 'absoluteError') return new AbsoluteError(samples, weights, target.y);
  return name === 'poisson' ? new Poisson(samples, weights, target.y) : new SquaredError(samples, weights, target.y);
}
