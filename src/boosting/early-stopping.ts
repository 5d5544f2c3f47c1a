import { DataError } from '../core/errors.ts';
import type { RawPredictions } from './fit-trees.ts';

/** Rows that a score is of. */
export interface ScoredRows {
  y: Float64Array;
  weights: Float64Array | undefined;
}

/** Scores raw predictions, the higher the better. */
export type ScoreRaw = (rows: ScoredRows, raw: (output: number) => Float64Array) => number;

/** What early stopping goes by. */
export interface EarlyStoppingTask {
  owner: string;
  /** The score's name as `scoring` has it. */
  scoring: string;
  /** Null for minus the mean loss. */
  score: ScoreRaw | null;
  train: ScoredRows;
  /** Undefined to watch the training rows. */
  validation: ScoredRows | undefined;
  nIterNoChange: number;
  tol: number;
}

/** Scores after every round, and whether they have stopped rising. A score that is not defined (NaN) is worse than any other. */
export class EarlyStopping {
  readonly trainScore: number[] = [];
  /** Empty without validation rows. */
  readonly validationScore: number[] = [];
  readonly #task: EarlyStoppingTask;
  /** What is watched of them. */
  readonly #watched: number[] = [];

  constructor(task: EarlyStoppingTask) {
    this.#task = task;
  }

  /**
   * Scores the predictions of one more round; 0 is before the first.
   * @returns whether none of the last nIterNoChange rounds beat the one before them by tol
   * @throws DataError after a round where no score has been defined so far; before the first, some are not defined of equal predictions
   */
  readonly afterRound = (raw: RawPredictions, round: number): boolean => {
    const { score, train, validation, nIterNoChange, tol } = this.#task;
    this.trainScore.push(score ? score(train, raw.train) : -raw.trainLoss());
    if (validation) this.validationScore.push(score ? score(validation, raw.validation) : -raw.validationLoss());
    const scores = validation ? this.validationScore : this.trainScore;
    if (round > 0 && scores.every(Number.isNaN)) throw this.#undefinedError(round);
    const watched = this.#watched;
    watched.push(orWorst(scores[scores.length - 1]));
    if (watched.length <= nIterNoChange) return false;
    const reference = watched[watched.length - 1 - nIterNoChange] + tol;
    return !watched.slice(-nIterNoChange).some((one) => one > reference);
  };

  /** The first round with the highest score; 0 is before the first. */
  get bestRound(): number {
    return this.#watched.indexOf(Math.max(...this.#watched));
  }

  #undefinedError(round: number): DataError {
    const { owner, scoring, train, validation } = this.#task;
    const { length } = (validation ?? train).y;
    const rows = `${length} ${validation ? 'validation' : 'training'} ${length === 1 ? 'row' : 'rows'}`;
    return new DataError(
      `${owner}: scoring "${scoring}" must be defined on the ${rows} that early stopping watches, got NaN after round ${round}. ` +
        "Watch rows that it is defined on (of every class, say), or another score, such as scoring: 'loss'.",
    );
  }
}

const orWorst = (score: number): number => (Number.isNaN(score) ? -Infinity : score);
