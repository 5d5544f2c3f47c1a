import { uniqueLabels, type Labels } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { completeOptions, custom, integer, optional, seed, type Rules } from '../core/rules.ts';
import { takeRows } from '../core/rows.ts';
import type { InOf } from '../pipeline/stage.ts';
import { storedLabels } from '../table/stored-labels.ts';
import type { Cv } from './check-cv.ts';
import { crossValidate } from './cross-validate.ts';
import type { Scoring } from './judged-model.ts';
import type { Model } from './model.ts';

export interface PermutationTestScoreOptions {
  /** A splitter, ready splits, or a number of unshuffled folds (stratified for classifiers). Default 5. */
  cv?: Cv;
  /** How to judge predictions. Default null: accuracy for classifiers, else r2. */
  scoring?: Scoring | null;
  /** One group per row: for group splitters, and y is shuffled within groups only. Default null. */
  groups?: Labels | null;
  /** How often y is shuffled. Default 100. */
  nPermutations?: number;
  /** Seed of the shuffling. Default 0. */
  randomState?: number | null;
  /** How many threads to work in, see crossValidate. Default null: one per core. */
  workers?: number | null;
  /** Stops the work with the signal's reason. Default null. */
  signal?: AbortSignal | null;
}

export interface PermutationTestScore {
  /** Mean score over the folds, in the scorer's own sign. */
  score: number;
  /** The same for each shuffled y. */
  permutationScores: Float64Array;
  /** (1 + how many shuffled y score as well as y, or better) / (1 + how many there are). */
  pValue: number;
}

const isList = (v: unknown): boolean => typeof v === 'object' && v !== null && 'length' in v;

const rules: Rules<PermutationTestScoreOptions> = {
  cv: custom<Cv>(5, 'a number of folds, a splitter or a list of { train, test }', (v) => typeof v === 'number' || (typeof v === 'object' && v !== null)),
  scoring: custom<Scoring | null>(null, 'a name of a scorer, a scorer, or null', (v) => v === null || typeof v === 'string' || typeof v === 'object', 7),
  groups: custom<Labels | null>(null, 'one group per row, or null', (v) => v === null || isList(v), 0),
  nPermutations: integer(100, { min: 1 }),
  randomState: seed(),
  workers: optional(integer(1, { min: 1 })),
  signal: custom<AbortSignal | null>(null, 'an AbortSignal, or null', (v) => v === null || v instanceof AbortSignal, 0),
};

const owner = 'permutationTestScore';

/**
 * Whether a model's cross-validated score could be chance: how often it scores as well on a shuffled y, which X cannot tell
 * anything of. The p-value is small where X and y depend on each other and the model makes use of it.
 *
 * X: rows of what the model takes. y: one label or number per row. 1 + nPermutations cross-validations are made.
 *
 * Counterpart: scikit-learn's permutation_test_score, the same shuffles for the same seed; for losses, lower is better here, so
 * that the signs of scores differ.
 * Source: Ojala and Garriga, "Permutation tests for studying classifier performance", JMLR 11, 2010.
 *
 * @throws what crossValidate throws
 * @example
 * const { score, pValue } = await permutationTestScore(model, X, y, { scoring: 'rocAuc', nPermutations: 200 });
 */
export async function permutationTestScore<M extends Model>(model: M, X: InOf<M>, given: Labels, options: PermutationTestScoreOptions = {}): Promise<PermutationTestScore> {
  const { nPermutations, randomState, ...how } = completeOptions<PermutationTestScoreOptions>(owner, options, rules);
  const meanScore = async (y: Labels): Promise<{ score: number; isLoss: boolean }> => {
    const { folds, scorers } = await crossValidate(model, X, y, how);
    const [{ metricName, better }] = scorers;
    return { score: folds.reduce((sum, { scores }) => sum + scores[metricName], 0) / folds.length, isLoss: better === 'lower' };
  };
  const y = storedLabels(given);
  const { score, isLoss } = await meanScore(y);
  const random = new RandomState(randomState);
  const permutationScores = new Float64Array(nPermutations);
  let asGood = 0;
  for (let p = 0; p < nPermutations; p++) {
    permutationScores[p] = (await meanScore(takeRows(y, shuffledRows(y.length, how.groups, random)))).score;
    if (isLoss ? permutationScores[p] <= score : permutationScores[p] >= score) asGood++;
  }
  return { score, permutationScores, pValue: (asGood + 1) / (nPermutations + 1) };
}

/** All rows in random order, or those of each group, group by group in ascending order. */
function shuffledRows(rows: number, groups: Labels | null, random: RandomState): Int32Array {
  if (groups === null) return random.permutation(rows);
  const order = new Int32Array(rows);
  for (const group of uniqueLabels(owner, groups)) {
    const members = Int32Array.from({ length: rows }, (_, i) => i).filter((i) => groups[i] === group);
    random.permutation(members).forEach((from, k) => (order[members[k]] = from));
  }
  return order;
}
