import type { PairedDifference } from '../model-selection/paired-difference.ts';
import { isKnown, scorer } from '../metrics/scorer.ts';

/**
 * How far a pipeline is ahead of another, in a sentence: "a is ahead of b by 0.80 ± 0.50 points; it is better in 5 of 5 folds." and what
 * that means. ± is half the corrected 95 % interval; points are hundredths, for metrics between 0 and 1.
 */
export function differenceSentence(ahead: string, other: string, difference: PairedDifference, folds: number, metric: string): string {
  const { mean, halfWidth, greater, smaller, pValue } = difference;
  if (mean === 0 && halfWidth === 0) return `${ahead} and ${other} have the same score in every fold.`;
  const amount = differenceText(difference, metric);
  const ties = folds - greater - smaller;
  const wins = `it is better in ${greater} of ${folds} folds${ties > 0 ? ` and level in ${ties}` : ''}`;
  const meaning =
    pValue < 0.05
      ? 'The difference is larger than chance in the choice of rows explains (95 %).'
      : pValue < 0.2
        ? 'That is likely, not certain: the interval includes 0.'
        : 'The folds do not tell them apart: on other rows the order may turn.';
  if (/^0\.0+ /.test(amount)) return `${ahead} and ${other} are level (${amount}); the first is better in ${greater} of ${folds} folds, the second in ${smaller}.`;
  return `${ahead} is ahead of ${other} by ${amount}; ${wins}. ${meaning}`;
}

/** `0.80 ± 0.50 points`, or `0.0123 ± 0.0045` for a metric that is no share. */
export function differenceText({ mean, halfWidth }: Pick<PairedDifference, 'mean' | 'halfWidth'>, metric: string): string {
  // Runs of a competition that is not at hand may have a metric of its own.
  const { range, better } = isKnown(metric) ? scorer(metric) : { range: [-Infinity, Infinity], better: 'higher' };
  if (better === 'higher' && range[1] === 1 && range[0] >= -1) return `${(100 * mean).toFixed(2)} ± ${(100 * halfWidth).toFixed(2)} points`;
  const digits = (value: number): string => (Math.abs(value) < 100 ? value.toFixed(4) : value.toPrecision(5));
  return `${digits(mean)} ± ${digits(halfWidth)}`;
}
