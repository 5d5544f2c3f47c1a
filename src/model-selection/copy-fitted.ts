import { Estimator } from '../core/estimator.ts';
import { FeatureUnion } from '../pipeline/feature-union.ts';
import { Pipeline } from '../pipeline/pipeline.ts';

/** A stage of its own with the same options and the same learned record; a stage of another kind is returned as it is. */
export function copyFitted(stage: any): any {
  if (stage instanceof Estimator) return stage.isFitted ? stage.clone().restore(stage.fitted) : stage.clone();
  if (stage instanceof Pipeline || stage instanceof FeatureUnion) {
    const Class = stage.constructor as new (steps: unknown) => unknown;
    return new Class((stage.steps as readonly [string, unknown][]).map(([name, part]) => [name, copyFitted(part)]));
  }
  return stage;
}
