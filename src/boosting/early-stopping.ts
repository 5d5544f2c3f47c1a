import type { RawPredictions } from './fit-trees.ts';
import type { Loss } from './loss.ts';

/** Rows that a score is of. */
export interface ScoredRows {
  y: Float64Array;
  weights: Float64Array | undefined;
}

/** Scores raw predictions, the higher the better. */
export type ScoreRaw = (rows: ScoredRows, raw: (output: number) => Float64Array) => number;

/** Minus the mean loss, weighted. */
export function negativeLoss(loss: Loss): ScoreRaw {
  return ({ y, weights }, raw) => {
    const outputs = Array.from({ length: loss.outputs }, (_, c) => raw(c));
    let sum = 0;
    let total = 0;
    for (let i = 0; i < y.length; i++) {
      const w = weights ? weights[i] : 1;
      sum += w * loss.at(y[i], (c) => outputs[c][i]);
      total += w;
    }
    return -sum / total;
  };
}

/** Scores after every round, and whether they have stopped rising. */
export class EarlyStopping {
  readonly trainScore: number[] = [];
  /** Empty without validation rows. */
  readonly validationScore: number[] = [];
  readonly #score: ScoreRaw;
  readonly #train: ScoredRows;
  readonly #validation: ScoredRows | undefined;
  readonly #patience: number;
  readonly #tol: number;

  constructor(score: ScoreRaw, train: ScoredRows, validation: ScoredRows | undefined, nIterNoChange: number, tol: number) {
    this.#score = score;
    this.#train = train;
    this.#validation = validation;
    this.#patience = nIterNoChange;
    this.#tol = tol;
  }

  /** Scores the predictions of one more round. @returns whether none of the last nIterNoChange rounds beat the one before them by tol */
  readonly afterRound = (raw: RawPredictions): boolean => {
    this.trainScore.push(this.#score(this.#train, raw.train));
    if (this.#validation) this.validationScore.push(this.#score(this.#validation, raw.validation));
    const scores = this.#watched;
    if (scores.length <= this.#patience) return false;
    const reference = scores[scores.length - 1 - this.#patience] + this.#tol;
    return !scores.slice(-this.#patience).some((score) => score > reference);
  };

  /** The first round with the highest score; 0 is before the first. */
  get bestRound(): number {
    return this.#watched.indexOf(Math.max(...this.#watched));
  }

  get #watched(): number[] {
    return this.#validation ? this.validationScore : this.trainScore;
  }
}
