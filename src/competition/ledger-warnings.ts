import type { LedgerEntry } from './ledger.ts';

/** An entry that knows both scores. */
type Scored = LedgerEntry & { cv: number; publicScore: number };

/** Entries with a cross-validated and a public score, the oldest first. */
export const scoredEntries = (entries: readonly LedgerEntry[]): Scored[] => entries.filter((entry): entry is Scored => entry.cv !== null && entry.publicScore !== null);

/**
 * Where cross-validation and leaderboard part, in sentences; none where they agree.
 *
 * - An upload is further from its cross-validated score than three times the spread of its folds, beyond what earlier uploads are.
 * - With four uploads or more, the two orders hardly agree: Kendall's τ, the share of pairs in the same order less those in the other, is below 0.2.
 * - The upload that is best on the leaderboard is not the one that cross-validation likes best.
 */
export function ledgerWarnings(entries: readonly LedgerEntry[], better: 'higher' | 'lower'): string[] {
  const scored = scoredEntries(entries);
  const warnings = scored.flatMap((entry, i) => gapWarning(entry, scored.slice(0, i), better));
  const tau = kendallTau(scored);
  if (scored.length >= 4 && tau < 0.2) {
    warnings.push(`Cross-validation and leaderboard order the ${scored.length} uploads differently (Kendall's τ ${tau.toFixed(2)}): a better score here says little about there. Look for drift between train and test, for leaks, and for folds that are not like the test set.`);
  }
  const best = (score: 'cv' | 'publicScore'): Scored | undefined => [...scored].sort((a, b) => (better === 'higher' ? b[score] - a[score] : a[score] - b[score]))[0];
  const [byCv, byPublic] = [best('cv'), best('publicScore')];
  if (scored.length >= 3 && byCv && byPublic && byCv.publicScore !== byPublic.publicScore) {
    warnings.push(`${nameOf(byPublic)} is the best on the leaderboard, ${nameOf(byCv)} by cross-validation. The public part of the leaderboard is a sample too: where it is smaller than the training set, trust cross-validation.`);
  }
  return warnings;
}

const nameOf = ({ run, pipeline, file }: LedgerEntry): string => (run === null ? file : `${run} (${pipeline ?? 'unknown'})`);

function gapWarning(entry: Scored, earlier: readonly Scored[], better: 'higher' | 'lower'): string[] {
  if (entry.cvStd === null || entry.cvStd === 0) return [];
  const gap = entry.publicScore - entry.cv;
  const usual = earlier.length === 0 ? 0 : median(earlier.map(({ cv, publicScore }) => publicScore - cv));
  const strange = Math.abs(gap - usual);
  if (strange <= 3 * entry.cvStd) return [];
  const direction = (gap > 0) === (better === 'higher') ? 'better' : 'worse';
  const expected = earlier.length === 0 ? `cross-validation said ${entry.cv.toFixed(4)}` : `${(entry.cv + usual).toFixed(4)} was to be expected after the earlier ones`;
  return [`${nameOf(entry)} scored ${entry.publicScore.toFixed(4)} on the leaderboard where ${expected}: ${direction} by ${strange.toFixed(4)}, ${(strange / entry.cvStd).toFixed(0)} times the spread of its folds.`];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Kendall's τ-a of both scores. */
function kendallTau(entries: readonly Scored[]): number {
  let sum = 0;
  let pairs = 0;
  for (const [i, a] of entries.entries()) {
    for (const b of entries.slice(i + 1)) {
      sum += Math.sign(a.cv - b.cv) * Math.sign(a.publicScore - b.publicScore);
      pairs++;
    }
  }
  return sum / pairs;
}
