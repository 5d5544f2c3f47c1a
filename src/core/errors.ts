/**
 * The kinds of error a user can meet. Every message reads
 * «Owner: what must hold, what came. Next step.»
 *
 * A caller tells them apart by `instanceof` or by `name`; all share `RefitError`.
 */
export class RefitError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** An option is unknown or its value breaks its rule. */
export class OptionError extends RefitError {}

/** Rows, columns or lengths do not fit each other. */
export class ShapeError extends RefitError {}

/** Values are not what the operation can work on: NaN, one class only, an empty vocabulary. */
export class DataError extends RefitError {}

/** Something learned was asked for before `fit`. */
export class NotFittedError extends RefitError {}

/** A file's bytes or text do not follow its format. */
export class ParseError extends RefitError {}

/** What is wrong with a submission, in a word that tools can tell apart. */
export type SubmissionProblem =
  | 'unreadable'
  | 'no-columns'
  | 'no-rows'
  | 'ragged-columns'
  | 'wrong-columns'
  | 'no-id-column'
  | 'blank-ids'
  | 'inexact-ids'
  | 'repeated-ids'
  | 'wrong-ids'
  | 'missing-ids'
  | 'unknown-ids'
  | 'missing-values'
  | 'infinite-values'
  | 'wrong-kind'
  | 'unknown-labels'
  | 'no-probabilities';

/** A submission would be refused by the competition. */
export class SubmissionError extends RefitError {
  readonly problem: SubmissionProblem | undefined;

  constructor(message: string, options: ErrorOptions & { problem?: SubmissionProblem } = {}) {
    super(message, options);
    this.problem = options.problem;
  }
}

/** A competition, its files or its pipelines cannot be found or do not fit together. */
export class CompetitionError extends RefitError {}

/** A worker thread ended before its work was done. */
export class WorkerError extends RefitError {}

/** A model cannot be saved, loaded, or written in another format. */
export class ModelError extends RefitError {}
