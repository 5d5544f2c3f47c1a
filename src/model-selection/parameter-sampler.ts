import { RandomState, type Seed } from '../core/random-state.ts';
import { sampleWithoutReplacement } from '../core/sample-without-replacement.ts';
import { Distribution } from './distribution.ts';
import { gridPoint, gridSize } from './parameter-grid.ts';
import { dimensionsOf, hasDistributions, paramsOf, type Params } from './search-space.ts';

/**
 * Random combinations of options, as changes that `with` takes. Lists only: without repeats, and all of them when
 * there are no more than asked for. With a distribution somewhere: each by itself, repeats possible.
 *
 * Counterpart: scikit-learn's ParameterSampler; the same seed gives the same combinations.
 * @throws OptionError for an option without choices
 */
export function parameterSampler(spaces: object, nIter: number, seed: Seed | RandomState = null, owner = 'parameterSampler'): Params[] {
  const random = RandomState.from(seed);
  const all = dimensionsOf(owner, spaces);
  if (!hasDistributions(all)) {
    const sizes = all.map(gridSize);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    return Array.from(sampleWithoutReplacement(random, total, Math.min(nIter, total)), (position) => {
      let index = position;
      let space = 0;
      while (index >= sizes[space]) index -= sizes[space++];
      return gridPoint(all[space], index);
    });
  }
  return Array.from({ length: nIter }, () => {
    const dimensions = all[random.randint(all.length)];
    const values = dimensions.map(({ choices }) => (choices instanceof Distribution ? choices.sample(random) : choices[random.randint(choices.length)]));
    return paramsOf(dimensions, values);
  });
}
