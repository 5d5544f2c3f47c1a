import { dimensionsOf, paramsOf, type Dimension, type Params } from './search-space.ts';
import { Distribution } from './distribution.ts';
import { OptionError } from '../core/errors.ts';

/**
 * Every combination of the values of a space, as changes that `with` takes; several spaces one after the other.
 *
 * The order is scikit-learn's: options by step and name, the last one varying fastest.
 *
 * Counterpart: scikit-learn's ParameterGrid.
 * @throws OptionError for a distribution, or an option without values
 * @example
 * parameterGrid({ classify: { C: [1, 10] } }); // [{ classify: { C: 1 } }, { classify: { C: 10 } }]
 */
export function parameterGrid(spaces: object, owner = 'parameterGrid'): Params[] {
  return dimensionsOf(owner, spaces).flatMap((dimensions) => {
    for (const { path, choices } of dimensions) {
      if (choices instanceof Distribution) {
        throw new OptionError(`${owner}: ${path.join('.')} must be a list of values, got a distribution. Use RandomizedSearch to draw from it.`);
      }
    }
    return Array.from({ length: gridSize(dimensions) }, (_, index) => gridPoint(dimensions, index));
  });
}

/** How many combinations there are of lists. */
export function gridSize(dimensions: readonly Dimension[]): number {
  return dimensions.reduce((size, { choices }) => size * (choices as readonly unknown[]).length, 1);
}

/** The combination at a position of the grid. */
export function gridPoint(dimensions: readonly Dimension[], index: number): Params {
  const values: unknown[] = [];
  let rest = index;
  for (let d = dimensions.length - 1; d >= 0; d--) {
    const choices = dimensions[d].choices as readonly unknown[];
    values[d] = choices[rest % choices.length];
    rest = Math.floor(rest / choices.length);
  }
  return paramsOf(dimensions, values);
}
