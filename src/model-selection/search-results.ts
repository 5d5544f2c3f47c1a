import { pairwiseSum } from '../core/pairwise-sum.ts';
import type { Scorer } from '../metrics/make-scorer.ts';
import type { ScoreSummary } from './cross-validation.ts';
import type { FoldEvaluation } from './evaluate-variants.ts';
import type { Params } from './search-space.ts';

/** One score of a candidate over the folds, and its place among all candidates. */
export interface CandidateScore extends ScoreSummary {
  /** 1 for the best; equal means share the smaller rank, undefined ones the last. */
  rank: number;
}

/** One row of a search's results table. */
export interface Candidate {
  /** As `with` takes them. */
  params: Params;
  /** By scorer name. */
  scores: Record<string, CandidateScore>;
  /** Seconds of fitting, per fold; stages shared with other candidates count for each of them. */
  fitSeconds: number[];
  scoreSeconds: number[];
  /** Of a halving search: its round, 0-based. */
  iteration?: number;
  /** Of a halving search: rows, or what else each candidate of the round was given. */
  resources?: number;
}

/**
 * Candidates' scores by fold as a table with ranks.
 * @param errorScore stands for the scores of a fold that failed
 */
export function searchResults(
  params: readonly Params[],
  evaluations: readonly (readonly FoldEvaluation[])[],
  scorers: readonly Scorer[],
  errorScore: number,
): Candidate[] {
  const candidates = params.map((own, c): Candidate => {
    const results = evaluations[c].map((fold) => ('result' in fold ? fold.result : undefined));
    const scores = scorers.map(({ metricName }) => [metricName, { ...summary(results.map((r) => r?.scores[metricName] ?? errorScore)), rank: 0 }] as const);
    return {
      params: own,
      scores: Object.fromEntries(scores),
      fitSeconds: results.map((r) => r?.fitSeconds ?? Number.NaN),
      scoreSeconds: results.map((r) => r?.scoreSeconds ?? Number.NaN),
    };
  });
  for (const { metricName, better } of scorers) {
    const ranks = ranksOf(candidates.map(({ scores }) => scores[metricName].mean), better);
    candidates.forEach(({ scores }, c) => (scores[metricName].rank = ranks[c]));
  }
  return candidates;
}

function summary(folds: number[]): ScoreSummary {
  const mean = pairwiseSum(folds) / folds.length;
  return { mean, std: Math.sqrt(pairwiseSum(folds.map((score) => (score - mean) ** 2)) / folds.length), folds };
}

/** 1 for the best mean; ties share the smaller rank; NaN comes after all others. */
export function ranksOf(means: readonly number[], better: 'higher' | 'lower'): number[] {
  const isAhead = (a: number, b: number): boolean => (Number.isNaN(b) ? !Number.isNaN(a) : better === 'higher' ? a > b : a < b);
  return means.map((mean) => 1 + means.reduce((ahead, other) => ahead + Number(isAhead(other, mean)), 0));
}
