import { pairwiseSum } from '../core/pairwise-sum.ts';
import type { Scorer } from '../metrics/make-scorer.ts';
import type { OutOfFold } from './out-of-fold.ts';

/** One fold of a cross-validation. */
export interface FoldResult<M = unknown, Name extends string = string> {
  /** 0-based. */
  fold: number;
  /** Positions of the rows that the model learned from. */
  train: Int32Array;
  /** Positions of the rows that it was judged on. */
  test: Int32Array;
  /** By scorer name. */
  scores: Record<Name, number>;
  fitSeconds: number;
  /** Seconds of prediction and of all scorers together. */
  scoreSeconds: number;
  /** How many numbers the model has learned: coefficients, means, thresholds; texts do not count. */
  learnedNumbers: number;
  /** The model that was fitted in this fold; only with `returnEstimator`. */
  estimator?: M;
  /** What a user should know: a solver that gave up, a class without training rows, a score that is not defined. */
  notes: string[];
}

/** One score over the folds. */
export interface ScoreSummary {
  /** Mean over folds. */
  mean: number;
  /** Standard deviation over folds (population, as numpy.std). */
  std: number;
  /** One value per fold, in fold order. */
  folds: number[];
}

/** What crossValidate found. */
export class CrossValidation<M = unknown, Name extends string = string> {
  readonly folds: readonly FoldResult<M, Name>[];
  /** Predictions of every row by the model that had not seen it. */
  readonly outOfFold: OutOfFold;
  /** In the order in which they were asked for. */
  readonly scorers: readonly Scorer[];
  /** What the splitter warned of, and each distinct note of the folds. */
  readonly notes: readonly string[];

  constructor(folds: readonly FoldResult<M, Name>[], outOfFold: OutOfFold, scorers: readonly Scorer[], warnings: readonly string[]) {
    this.folds = folds;
    this.outOfFold = outOfFold;
    this.scorers = scorers;
    this.notes = [...new Set([...warnings, ...folds.flatMap((fold) => fold.notes)])];
  }

  /** Mean and spread of each score, by scorer name. */
  summary(): Record<Name, ScoreSummary> {
    return Object.fromEntries(this.scorers.map(({ metricName }) => [metricName, this.#summaryOf(metricName as Name)])) as Record<Name, ScoreSummary>;
  }

  /** A table: one line per scorer with mean, standard deviation and the folds. */
  toString(): string {
    const digits = (value: number): string => value.toFixed(4);
    const lines = [
      ['', 'mean', 'std', ...this.folds.map(({ fold }) => `fold ${fold + 1}`)],
      ...this.scorers.map(({ metricName }) => {
        const { mean, std, folds } = this.#summaryOf(metricName as Name);
        return [metricName, digits(mean), digits(std), ...folds.map(digits)];
      }),
    ];
    const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
    const pad = (cell: string, column: number): string => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]));
    return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
  }

  #summaryOf(name: Name): ScoreSummary {
    const folds = this.folds.map(({ scores }) => scores[name]);
    const mean = pairwiseSum(folds) / folds.length;
    const squares = folds.map((score) => (score - mean) ** 2);
    return { mean, std: Math.sqrt(pairwiseSum(squares) / folds.length), folds };
  }
}
