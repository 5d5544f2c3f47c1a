import { compareCodePoints } from '../core/labels.ts';
import type { RandomState } from '../core/random-state.ts';
import type { Member } from '../model-selection/meta-estimator.ts';

const MAX_INT = 2 ** 31 - 1;

/**
 * A copy of a model with every `randomState` in it, those of stages and inner models too, set to a number from the
 * generator; in the order of scikit-learn's step__random_state names, so that the same seed gives the same numbers.
 */
export function seededModel(model: Member, random: RandomState): Member {
  const paths = statePaths(model, []).sort((a, b) => compareCodePoints(a.join('__'), b.join('__')));
  const changes: Record<string, unknown> = {};
  for (const path of paths) {
    let at = changes;
    for (const step of path.slice(0, -1)) at = (at[step] ??= {}) as Record<string, unknown>;
    at.randomState = random.randint(MAX_INT);
  }
  return model.with(changes) as Member;
}

interface Holder {
  readonly steps?: readonly (readonly [name: string, stage: object])[];
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Where options called randomState lie, each path ending in 'random_state' as scikit-learn spells it. */
function statePaths(holder: object, path: readonly string[]): string[][] {
  const { steps, options } = holder as Holder;
  if (Array.isArray(steps)) return (steps as NonNullable<Holder['steps']>).flatMap(([name, stage]) => statePaths(stage, [...path, name]));
  return Object.entries(options ?? {}).flatMap(([name, value]) => {
    if (name === 'randomState') return [[...path, 'random_state']];
    if (Array.isArray(value)) return value.flatMap((one: unknown) => (Array.isArray(one) && isEstimator(one[1]) ? statePaths(one[1], [...path, name, String(one[0])]) : []));
    return isEstimator(value) ? statePaths(value, [...path, name]) : [];
  });
}

const isEstimator = (value: unknown): value is object => typeof value === 'object' && value !== null && typeof (value as { with?: unknown }).with === 'function' && typeof (value as { fit?: unknown }).fit === 'function';
