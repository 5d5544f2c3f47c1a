import { OptionError } from '../core/errors.ts';
import type { RandomState } from '../core/random-state.ts';
import { Distribution } from './distribution.ts';
import { LogUniform } from './log-uniform.ts';
import { Randint } from './randint.ts';
import type { Choices } from './search-space.ts';
import { Uniform } from './uniform.ts';

/** How an option is searched: as a number between bounds, or as one of some values that have no order. */
export type ParzenDimension = NumberDimension | ChoiceDimension;

/** Numbers in [low, high]; whole ones with step 1, by their logarithm with `log`. */
export interface NumberDimension {
  kind: 'number';
  low: number;
  high: number;
  step: 0 | 1;
  log: boolean;
}

export interface ChoiceDimension {
  kind: 'choice';
  values: ArrayLike<unknown>;
}

/** @throws OptionError for a distribution of one's own, whose bounds are not known */
export function parzenDimension(owner: string, name: string, choices: Choices<unknown>): ParzenDimension {
  if (!(choices instanceof Distribution)) return { kind: 'choice', values: choices };
  const { low, high } = choices.options as { low: number; high: number };
  if (choices instanceof Uniform) return { kind: 'number', low, high, step: 0, log: false };
  if (choices instanceof LogUniform) return { kind: 'number', low, high, step: 0, log: true };
  if (choices instanceof Randint) return { kind: 'number', low, high: high - 1, step: 1, log: false };
  throw new OptionError(`${owner}: ${name} must be a list, uniform, logUniform or randint, got ${choices.constructor.name}.`);
}

/** Whether there is only one value. */
export function isFixed(dimension: ParzenDimension): boolean {
  return dimension.kind === 'choice' ? dimension.values.length === 1 : dimension.low === dimension.high;
}

/** The bounds on the scale on which a number is searched: whole numbers own half a step on each side. */
export function searchBounds({ low, high, step, log }: NumberDimension): [low: number, high: number] {
  const bounds: [number, number] = [low - step / 2, high + step / 2];
  return log ? [Math.log(bounds[0]), Math.log(bounds[1])] : bounds;
}

/** A value that is tried, from its place on the search scale: a choice by its position. */
export function valueAt(dimension: ParzenDimension, place: number): unknown {
  return dimension.kind === 'choice' ? dimension.values[place] : place;
}

/** A number from its place on the search scale. */
export function numberAt({ low, high, step, log }: NumberDimension, place: number): number {
  const value = log ? Math.exp(place) : place;
  return step === 0 ? value : Math.min(Math.max(roundHalfToEven(value - low) + low, low), high);
}

/** A random point of the dimension, every one equally likely; choices by their position. */
export function randomPoint(dimension: ParzenDimension, random: RandomState): number {
  if (isFixed(dimension)) return dimension.kind === 'choice' ? 0 : dimension.low;
  if (dimension.kind === 'choice') {
    const draws = Array.from({ length: dimension.values.length }, () => random.randomSample());
    return draws.indexOf(Math.max(...draws));
  }
  const [low, high] = searchBounds(dimension);
  return numberAt(dimension, random.uniform(low, high));
}

/** numpy's round. */
function roundHalfToEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
