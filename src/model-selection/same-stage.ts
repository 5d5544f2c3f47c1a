import { Estimator } from '../core/estimator.ts';
import { isMatrix } from '../matrix/matrix.ts';
import { FeatureUnion } from '../pipeline/feature-union.ts';
import { Pipeline } from '../pipeline/pipeline.ts';

interface Composite {
  readonly steps: readonly (readonly [name: string, stage: object])[];
}

/**
 * Whether two stages learn the same from the same rows: of one class, with equal options. Options are compared by
 * content; functions, and objects of classes that are not known here, by identity. A stage that is no Estimator
 * may keep more than its options, and equals itself only.
 */
export function sameStage(a: object, b: object): boolean {
  if (a === b) return true;
  if (a.constructor !== b.constructor) return false;
  if (a instanceof Estimator) return sameValue(a.options, (b as typeof a).options);
  if (a instanceof Pipeline || a instanceof FeatureUnion) {
    const others = (b as unknown as Composite).steps;
    return a.steps.length === others.length && (a as Composite).steps.every(([name, stage], i) => name === others[i][0] && sameStage(stage, others[i][1]));
  }
  return false;
}

function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a.constructor !== b.constructor) return false;
  if (a instanceof RegExp) return String(a) === String(b);
  if (a instanceof Estimator || a instanceof Pipeline || a instanceof FeatureUnion) return sameStage(a, b);
  if (a instanceof Map) return sameList([...a].flat(), [...(b as typeof a)].flat());
  if (a instanceof Set) return sameList([...a], [...(b as typeof a)]);
  if (Array.isArray(a) || (ArrayBuffer.isView(a) && 'length' in a)) return sameList(a as ArrayLike<unknown>, b as ArrayLike<unknown>);
  if (!isMatrix(a) && Object.getPrototypeOf(a) !== Object.prototype && Object.getPrototypeOf(a) !== null) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && sameValue(a[name as never], b[name as never]));
}

function sameList(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!sameValue(a[i], b[i])) return false;
  return true;
}
