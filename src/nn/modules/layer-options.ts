import { OptionError } from '../../core/errors.ts';
import { custom, type Rule } from '../../core/rules.ts';
import { show } from '../../core/show.ts';

/** A size: a whole number from `min` on. @throws OptionError */
export function sizeOption(owner: string, name: string, value: number, min = 1): number {
  if (!Number.isInteger(value) || value < min) throw new OptionError(`${owner}: ${name} must be a whole number in [${min}, ∞), got ${show(value)}.`);
  return value;
}

/** A probability below 1. @throws OptionError */
export function shareOption(owner: string, name: string, value: number): number {
  if (!(value >= 0 && value < 1)) throw new OptionError(`${owner}: ${name} must be a number in [0, 1), got ${show(value)}.`);
  return value;
}

/** An option of one size or one for each dimension; sizesOption checks it where the dimensions are known. */
export const sizes = (usual: number): Rule<number | readonly number[]> => custom<number | readonly number[]>(usual, 'a number or one for each dimension', (v) => typeof v === 'number' || Array.isArray(v));

/** One size for every dimension, or one each. @throws OptionError */
export function sizesOption(owner: string, name: string, value: number | readonly number[], dimensions: number, min = 1): readonly number[] {
  const sizes = typeof value === 'number' ? new Array<number>(dimensions).fill(value) : value;
  if (!Array.isArray(sizes) || sizes.length !== dimensions) throw new OptionError(`${owner}: ${name} must be a number or ${dimensions} of them, got ${show(value)}.`);
  for (const size of sizes) sizeOption(owner, name, size, min);
  return sizes;
}
