import { DataError } from '../core/errors.ts';
import { custom, type Rule } from '../core/rules.ts';

/** How much each neighbour counts. */
export type NeighborWeights = 'uniform' | 'distance' | ((distances: Float64Array) => ArrayLike<number>);

/** The `weights` option. */
export const weightsRule = (): Rule<NeighborWeights> =>
  custom<NeighborWeights>(
    'uniform',
    "'uniform', 'distance' or a function of a row's distances",
    (v) => v === 'uniform' || v === 'distance' || typeof v === 'function',
    'nearest',
  );

/**
 * Weights of a row's neighbours: 1, or 1/distance, where neighbours at distance 0 count alone, or what the function says.
 * @throws DataError for weights that sum to zero or are not numbers, one per neighbour
 */
export function neighborWeights(owner: string, weights: NeighborWeights, distances: Float64Array): ArrayLike<number> {
  if (weights === 'uniform') return new Float64Array(distances.length).fill(1);
  if (weights === 'distance') {
    const inverse = distances.map((distance) => 1 / distance);
    return inverse.includes(Infinity) ? inverse.map((weight) => (weight === Infinity ? 1 : 0)) : inverse;
  }
  const given = weights(distances.slice());
  let sum = 0;
  for (let n = 0; n < given.length; n++) sum += given[n];
  if (given.length !== distances.length || !Number.isFinite(sum)) {
    throw new DataError(`${owner}: the weights function must return one finite number per neighbour (${distances.length}), got ${given.length} that sum to ${sum}.`);
  }
  if (sum === 0) throw new DataError(`${owner}: the weights function must not return only zeros. Give some neighbour a weight.`);
  return given;
}
