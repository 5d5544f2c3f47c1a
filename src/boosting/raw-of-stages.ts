import type { Matrix } from '../matrix/matrix.ts';
import type { TreeNodes } from '../tree/tree-nodes.ts';
import { addStages } from './add-stages.ts';
import type { StageLoss } from './stage-loss.ts';
import { startOf, type StageStart } from './stage-start.ts';

/** A start, and stages of trees upon it. */
export interface Stages extends StageStart {
  /**
   * Stage after stage, in each one tree, or one per class for three classes and more. Leaf values are not yet multiplied by
   * the learning rate; inner nodes have the mean gradient.
   */
  trees: readonly TreeNodes[];
  nTreesPerIteration: number;
}

/** What the start and all stages predict for the rows of X, rows × outputs. */
export async function rawOfStages(fitted: Stages, loss: StageLoss, learningRate: number, X: Matrix): Promise<Float64Array> {
  const raw = await startOf(fitted, loss, X);
  addStages(fitted.trees, fitted.nTreesPerIteration, learningRate, X, raw);
  return raw;
}

/** The same after each stage, the first one first. */
export async function* stagesOfRaw(fitted: Stages, loss: StageLoss, learningRate: number, X: Matrix): AsyncGenerator<Float64Array> {
  const { trees, nTreesPerIteration: outputs } = fitted;
  const raw = await startOf(fitted, loss, X);
  for (let first = 0; first < trees.length; first += outputs) {
    addStages(trees.slice(first, first + outputs), outputs, learningRate, X, raw);
    yield raw.slice();
  }
}
