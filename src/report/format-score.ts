import type { ScoreSummary } from '../competition/run-record.ts';

/** A score for reading: four decimals, or five digits where it is large; 'n/a' where it is not defined. */
export function formatScore(score: number | null | undefined): string {
  if (score == null || !Number.isFinite(score)) return 'n/a';
  const size = Math.abs(score);
  // What rounds to zero has no sign.
  if (size < 100) return (size < 0.00005 ? 0 : score).toFixed(4).replace('-', '−');
  return (size < 1e6 ? formatCount(Number(score.toPrecision(5))) : score.toExponential(3)).replace('-', '−');
}

/** `0.9874 ± 0.0031`. */
export function formatMeanStd({ mean, std }: Pick<ScoreSummary, 'mean' | 'std'>): string {
  return Number.isFinite(mean) ? `${formatScore(mean)} ± ${formatScore(std)}` : 'n/a';
}

/** A whole number with commas, 12,345; decimals are kept. */
export function formatCount(count: number): string {
  const [whole, decimals] = String(count).split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (decimals === undefined ? '' : `.${decimals}`);
}

/** A share as a percentage with one decimal, none where it is round. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1).replace(/\.0$/, '')} %`;
}

/** A duration: `0.35 s`, `42 s`, `3 min 20 s`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'n/a';
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}

const words: Record<string, string> = { roc: 'ROC', auc: 'AUC', f1: 'F1', r2: 'R²', mcc: 'MCC', ovr: '(OvR)', ovo: '(OvO)' };

/** A scorer's name for reading: rocAuc → ROC AUC, logLoss → Log loss. */
export function formatScorer(name: string): string {
  const parts = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[\s_-]+/).map((word) => words[word.toLowerCase()] ?? word.toLowerCase());
  const text = parts.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A scorer's name within a sentence: abbreviations keep their capitals. */
export function formatScorerInText(name: string): string {
  const text = formatScorer(name);
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** Mean and population standard deviation of the finite values, and how many those are. */
export function meanStd(values: ArrayLike<number>): { mean: number; std: number; count: number } {
  const finite = Array.from(values).filter((value) => Number.isFinite(value));
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  const std = Math.sqrt(finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / finite.length);
  return { mean, std, count: finite.length };
}
