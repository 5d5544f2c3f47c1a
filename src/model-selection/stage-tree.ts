import { Pipeline } from '../pipeline/pipeline.ts';
import type { Model } from './model.ts';
import { sameStage } from './same-stage.ts';

/** What a tree is made of: models, and the X that each starts from. */
export interface Rooted {
  model: Model;
  X: unknown;
}

interface Named {
  readonly name: string;
  readonly stage: any;
}

/** A model as stages in a row; a model that is no Pipeline is its own and only stage, without a name. */
export interface Chain {
  before: readonly Named[];
  last: { readonly name: string | null; readonly stage: any };
}

/** A stage that all models below it share. */
export interface Branch {
  /** Unfitted; copied before it is fitted. */
  stage: any;
  /** 0 for a model's first stage. */
  position: number;
  next: (Branch | Leaf)[];
  /** How many models are below. */
  models: number;
}

/** A model's last stage. */
export interface Leaf {
  /** Position in the list of models. */
  index: number;
  chain: Chain;
}

/** All models that start from one X. */
export interface Root {
  X: unknown;
  next: (Branch | Leaf)[];
}

function chainOf(model: Model): Chain {
  // A subclass of Pipeline may do more than its stages, and is left whole.
  if (!(model instanceof Pipeline) || model.constructor !== Pipeline) return { before: [], last: { name: null, stage: model } };
  const named = (model as Pipeline<any>).steps.map(([name, stage]: [string, unknown]) => ({ name, stage }));
  return { before: named.slice(0, -1), last: named[named.length - 1] };
}

/**
 * Models as trees: those with equal first stages over the same X share a branch as far as they are equal. Branches and
 * leaves stand in the order in which their first model came.
 */
export function stageTrees(models: readonly Rooted[]): Root[] {
  const roots: Root[] = [];
  for (const [index, { model, X }] of models.entries()) {
    let root = roots.find((one) => one.X === X);
    if (root === undefined) roots.push((root = { X, next: [] }));
    const chain = chainOf(model);
    let next = root.next;
    for (const [position, { stage }] of chain.before.entries()) {
      let branch = next.find((one): one is Branch => 'stage' in one && sameStage(one.stage, stage));
      if (branch === undefined) next.push((branch = { stage, position, next: [], models: 0 }));
      branch.models++;
      next = branch.next;
    }
    next.push({ index, chain });
  }
  return roots;
}

/** A branch with those that follow it up to where models part, and the leaf if nothing but one follows them. */
export function lineFrom(branch: Branch): { branches: Branch[]; leaf: Leaf | undefined } {
  const branches = [branch];
  for (let { next } = branch; next.length === 1; ) {
    const [only] = next;
    if ('index' in only) return { branches, leaf: only };
    branches.push(only);
    ({ next } = only);
  }
  return { branches, leaf: undefined };
}

/** The models' positions in the order in which going through the trees meets them. */
export function treeOrder(roots: readonly Root[]): number[] {
  const order: number[] = [];
  const visit = (next: readonly (Branch | Leaf)[]): void => {
    for (const one of next) {
      if ('index' in one) order.push(one.index);
      else visit(one.next);
    }
  };
  for (const { next } of roots) visit(next);
  return order;
}
