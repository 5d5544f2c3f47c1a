import { RandomState, type Seed } from '../core/random-state.ts';
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
    return Array.from(sampleWithoutReplacement(total, Math.min(nIter, total), random), (position) => {
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

/**
 * `size` distinct numbers of 0 … n − 1. Which of three ways is taken depends on the share, as in scikit-learn: by
 * permutation between 1 % and 99 %, below by drawing again what was drawn before, above by reservoir.
 */
function sampleWithoutReplacement(n: number, size: number, random: RandomState): ArrayLike<number> {
  const share = size / n;
  if (share > 0.01 && share < 0.99) return random.permutation(n).subarray(0, size);
  if (share < 0.2) {
    const drawn = new Set<number>();
    while (drawn.size < size) drawn.add(random.randint(n));
    return [...drawn];
  }
  const kept = Array.from({ length: size }, (_, i) => i);
  for (let i = size; i < n; i++) {
    const j = random.randint(0, i + 1);
    if (j < size) kept[j] = i;
  }
  return kept;
}
