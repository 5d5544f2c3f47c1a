import { ShapeError } from '../core/errors.ts';
import { custom, type Rule } from '../core/rules.ts';

/** The `weights` option of voting. */
export const memberWeightsRule = (): Rule<readonly number[] | null> =>
  custom<readonly number[] | null>(
    null,
    'a list of non-negative numbers with a sum above 0, or null',
    (v) => v === null || (Array.isArray(v) && v.length > 0 && v.every((w) => typeof w === 'number' && w >= 0 && w < Infinity) && v.some((w) => w > 0)),
    [-1],
  );

/** One weight per model, 1 each where none are given. @throws ShapeError for another number of weights */
export function memberWeights(owner: string, weights: readonly number[] | null, members: number): readonly number[] {
  if (weights !== null && weights.length !== members) throw new ShapeError(`${owner}: weights must have one number per model (${members}), got ${weights.length}.`);
  return weights ?? new Array<number>(members).fill(1);
}
