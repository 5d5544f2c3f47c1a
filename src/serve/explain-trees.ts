import { DataError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { additiveTrees } from '../explain/additive-trees.ts';
import { columnSources } from '../explain/column-sources.ts';
import { shapValues } from '../explain/shap-values.ts';
import { predictorOf } from '../model-selection/model.ts';
import { strongest } from './explain-terms.ts';
import type { FieldValue } from './model-rows.ts';
import type { Contribution } from './outputs/contributions.ts';

/** A pipeline as far as this looks into it. */
interface Stages {
  steps?: readonly (readonly [name: string, stage: object])[];
  transformBeforeLast(X: unknown): Promise<unknown>;
}

/** Pushes of every column of a row, for each output of the model. */
export interface TreePushes {
  unit: string;
  /** Classes that the outputs stand for; null where there is one output. */
  outputs: readonly Label[] | null;
  pushes(i: number, output: number, row: readonly FieldValue[]): Contribution[];
}

/** Whether a model ends in trees, so that Shapley values tell what each column added. */
export function endsInTrees(model: object): boolean {
  try {
    additiveTrees('explain', predictorOf(model));
    return true;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}

/**
 * Shapley values of a model that ends in trees, added up by the columns of the form: the stages before the trees may
 * have made several columns of one. Shapley values of columns add up to that of their group.
 * @returns null where a column of the trees cannot be traced back to one of the form
 */
export async function treePushes(model: object, X: unknown, features: readonly string[]): Promise<TreePushes | null> {
  const stages = model as Stages;
  const isPipeline = Array.isArray(stages.steps);
  const { values, outputs, unit, names } = shapValues(predictorOf(model), isPipeline ? await stages.transformBeforeLast(X) : X);
  const sources = isPipeline
    ? columnSources(stages.steps!.slice(0, -1), { names: features, sources: [...features.keys()] }).sources
    : names.map((name) => features.indexOf(name));
  if (sources.length !== values[0].cols || sources.includes(-1)) return null;
  return {
    unit: `Share in the ${unit}, counted from its mean over the training rows (Shapley values)`,
    outputs,
    pushes(i, output, row) {
      const sums = new Float64Array(features.length);
      for (let j = 0; j < sources.length; j++) sums[sources[j]] += values[output].at(i, j);
      return strongest(features.map((name, f) => ({ name, value: row[f], push: sums[f] })).filter(({ push }) => push !== 0));
    },
  };
}
