import { OptionError, ShapeError } from '../core/errors.ts';
import type { ForestOptions } from './forest-options.ts';
import type { TreeNodes } from './tree-nodes.ts';

/**
 * The trees of the fit before that a warm start keeps; none without one.
 * @throws OptionError if there are more than are wanted, ShapeError if they have learned from another number of columns
 */
export function keptTrees(
  owner: string,
  { warmStart, nEstimators }: Pick<Required<ForestOptions>, 'warmStart' | 'nEstimators'>,
  cols: number,
  before: { trees: readonly TreeNodes[]; nFeaturesIn: number } | undefined,
): readonly TreeNodes[] {
  if (!warmStart || before === undefined) return [];
  const { trees } = before;
  if (before.nFeaturesIn !== cols) {
    throw new ShapeError(`${owner}: X has ${cols} columns, but the fit before saw ${before.nFeaturesIn}. A warm start needs the same; fit a clone instead.`);
  }
  if (trees.length > nEstimators) {
    throw new OptionError(`${owner}: nEstimators must be at least ${trees.length} for a warm start, since so many trees are there, got ${nEstimators}. Raise it, or fit a clone.`);
  }
  return trees;
}

/** What a fit that grew nothing says. */
export function warmNotes(owner: string, kept: number, nEstimators: number): string[] {
  if (kept < nEstimators) return [];
  return [`${owner}: a warm start with nEstimators ${nEstimators} grew no tree, since so many were there. Raise nEstimators.`];
}
