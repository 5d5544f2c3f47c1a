import { OptionError } from '../core/errors.ts';
import { logarithm } from '../core/logarithm.ts';
import { show } from '../core/show.ts';

/**
 * How many columns of a random projection keep all distances of n rows within a factor of 1 ± eps, most probably:
 * ⌊4·ln n / (eps²/2 − eps³/3)⌋, however many columns the rows have.
 *
 * @param nSamples number of rows, at least 1
 * @param options.eps largest relative change of a squared distance, in (0, 1). Default 0.1.
 *
 * Counterpart: scikit-learn's johnson_lindenstrauss_min_dim, for one number of rows and one eps at a time.
 * Source: Dasgupta and Gupta, "An elementary proof of the Johnson–Lindenstrauss lemma", 1999.
 *
 * @throws OptionError for other numbers
 * @example
 * johnsonLindenstraussMinDim(10_000, { eps: 0.3 }); // 1023
 */
export function johnsonLindenstraussMinDim(nSamples: number, { eps = 0.1 }: { eps?: number } = {}): number {
  if (!(nSamples >= 1 && nSamples < Infinity)) throw new OptionError(`johnsonLindenstraussMinDim: nSamples must be a number in [1, ∞), got ${show(nSamples)}.`);
  if (!(eps > 0 && eps < 1)) throw new OptionError(`johnsonLindenstraussMinDim: eps must be a number in (0, 1), got ${show(eps)}.`);
  return Math.floor((4 * logarithm(nSamples)) / (eps ** 2 / 2 - eps ** 3 / 3));
}
