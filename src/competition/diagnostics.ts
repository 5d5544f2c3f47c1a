import type { Label } from '../core/labels.ts';

/** How much worse the winner gets when one of its inputs is shuffled among rows it has not seen. */
export interface InputImportance {
  /** What the names are: columns of the data, or terms of its texts. */
  of: 'columns' | 'terms';
  /** Scorer that judges: the competition's, but for terms the log loss where there are probabilities, which moves with every row. */
  metric: string;
  /** Most important first. */
  names: string[];
  /** How often each was shuffled. */
  shuffles: number;
  /** Loss of that metric, above 0 is worse; mean and standard deviation over the shuffles. */
  mean: number[];
  std: number[];
  /** Score of the untouched rows. */
  baseline: number;
  /** Rows that were asked. */
  rows: number;
}

/** A training row that the winner got most wrong, out of fold. */
export interface HardRow {
  id: Label;
  truth: Label;
  predicted: Label;
  /** Probability of the true class, decision value against it, or the error of a number: see `Diagnostics.hardestBy`. */
  value: number;
  /** What the row holds, by column. */
  content: Record<string, string>;
}

/** The winner's scores when it learns from fewer rows. */
export interface LearningCurve {
  /** Training rows, ascending; the last is a fold's whole. */
  rows: number[];
  /** Mean and standard deviation over folds. */
  mean: number[];
  std: number[];
  folds: number;
}

/** How well a model tells training rows from test rows: adversarial validation. */
export interface Drift {
  /** Area under the ROC curve, cross-validated: 0.5 where nothing differs. */
  auc: number;
  of: 'columns' | 'terms';
  /** What gives it away, most telling first, with its share. */
  names: string[];
  shares: number[];
}

/** What a report tells beyond scores. */
export interface Diagnostics {
  importance: InputImportance | null;
  hardest: HardRow[];
  hardestBy: 'probability' | 'score' | 'error';
  learningCurve: LearningCurve | null;
  drift: Drift | null;
  /** Why something is missing. */
  notes: string[];
}
