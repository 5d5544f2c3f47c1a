import { argsortDescending } from '../core/argsort-descending.ts';
import { DataError, OptionError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import type { Label } from '../core/labels.ts';
import { checkSameRows, rowCount, takeRows } from '../core/rows.ts';
import { choice, custom, integer, number, optional, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, isMatrix, type MatrixLike } from '../matrix/matrix.ts';
import { stackRows } from '../matrix/stack-rows.ts';
import { accuracyScore } from '../metrics/accuracy-score.ts';
import { MetaEstimator, modelRule, type Member, type NamedMember } from '../model-selection/meta-estimator.ts';
import { askModel, canPredict, learnedBy, predictorOf, type PredictionMethod } from '../model-selection/model.ts';
import { stackTables } from '../table/stack-tables.ts';
import { Table, type TableLike } from '../table/table.ts';

export interface SelfTrainingClassifierOptions<M extends Member = Member> {
  /** A classifier that knows probabilities, or a pipeline that ends in one. Must be given. */
  estimator: M;
  /**
   * Further rows without a label: a function that gives them in the form of X, which every `fit` calls. In a competition, the test rows. Default
   * null: only rows of X whose label is missing.
   */
  unlabeled?: (() => unknown) | null;
  /** Least probability, in [0, 1), that a row must exceed to be labelled. Default 0.75. */
  threshold?: number;
  /** Which rows a round labels: those above `threshold`, or the `kBest` most probable. Default 'threshold'. */
  criterion?: 'threshold' | 'kBest';
  /** Rows that a round labels by 'kBest'. Default 10. */
  kBest?: number;
  /** Most rounds; null goes on until a round labels nothing. Default 10. */
  maxIter?: number | null;
}

export interface SelfTrainingClassifierFitted {
  /** The model of all rows that have a label in the end. */
  estimator: Member;
  /** Ascending. */
  classes: readonly Label[];
  /** The label of every row, those of `unlabeled` last; null for rows that got none. */
  transduction: readonly (Label | null)[];
  /** The round that labelled each row: 0 for labels that were given, −1 for rows that got none. */
  labeledIter: Int32Array;
  /** Rounds made. */
  iterations: number;
  /** Why the rounds ended: all made, one labelled nothing, or no row was left. */
  terminationCondition: 'maxIter' | 'noChange' | 'allLabeled';
  /** What a user should know: that no row was without a label. */
  notes: readonly string[];
}

/** Labels given and made so far. */
interface Labelling {
  labels: (Label | null)[];
  rounds: Int32Array;
}

/**
 * A classifier that learns from rows without a label too, by labels it makes itself (pseudo-labels): it is fitted on the rows that have one, labels
 * those of the others of whose class it is sure, and is fitted on all of them again, round by round.
 *
 * X: what the estimator takes. y: one label per row; null, undefined, NaN and −1 stand for a row without one. `predict`, `predictProba` and
 * `decisionFunction` are those of the last fit. Row weights are not taken.
 *
 * In a competition, the test rows are there to learn from: let the pipeline's file read them and hand them over in `unlabeled`. They then
 * come to the training rows of every fold, and scores stay honest: a fold's test rows are not among them, and labels are made by the fold's own
 * model. What trained models are saved without is `unlabeled`.
 *
 * `fitted`: estimator, classes, transduction, labeledIter, iterations, terminationCondition.
 *
 * @throws DataError for sampleWeight, or where no row has a label; OptionError for an estimator without probabilities
 * Counterpart: scikit-learn's SelfTrainingClassifier, where −1 alone stands for no label and there is no `unlabeled`. Of equally probable rows 'kBest'
 * labels the earlier ones; there, any of them.
 * Source: Yarowsky, "Unsupervised word sense disambiguation rivaling supervised methods", ACL 1995.
 *
 * @example
 * const test = await readCsv('data/test.csv');
 * new SelfTrainingClassifier({ estimator: pipeline, unlabeled: () => test.strings('content'), threshold: 0.95 });
 */
export class SelfTrainingClassifier<M extends Member = Member> extends MetaEstimator<SelfTrainingClassifierOptions<M>, SelfTrainingClassifierFitted> {
  static override readonly weighsRows: boolean = false;
  static readonly forTrainingOnly = ['unlabeled'];

  static override readonly rules: Rules<SelfTrainingClassifierOptions> = {
    estimator: modelRule(),
    unlabeled: custom<(() => unknown) | null>(null, 'a function that gives rows, or null', (v) => v === null || typeof v === 'function', 0),
    threshold: number(0.75, { min: 0, max: 1, openMax: true }),
    criterion: choice('threshold', ['threshold', 'kBest']),
    kBest: integer(10, { min: 1 }),
    maxIter: optional(integer(10, { min: 0 }), 10),
  };

  readonly estimatorType = 'classifier';

  protected override get members(): readonly NamedMember[] {
    return [['estimator', this.options.estimator]];
  }

  /** Whether the estimator has a method of prediction. */
  can(method: string): boolean {
    return canPredict(this.options.estimator, method as PredictionMethod);
  }

  /** X as it is, where further rows come to it: both have to be of one form. */
  override hoist(X: unknown, done: unknown[] = []): unknown {
    return this.options.unlabeled ? X : super.hoist(X, done);
  }

  async fit(X: unknown, y: ArrayLike<Label | null | undefined>, { sampleWeight }: FitOptions = {}): Promise<this> {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one label per row, null where there is none.`);
    if (sampleWeight) throw new DataError(`${this.owner}: sampleWeight must be left out, rows that get their label here have no weight.`);
    if (!this.can('predictProba')) throw new OptionError(`${this.owner}: estimator must have predictProba, ${predictorOf(this.options.estimator).constructor.name} has none. Use another classifier.`);
    checkSameRows(this.owner, { X, y });
    const rows = await this.#withUnlabeled(X);
    const labels = Array.from({ length: rowCount(rows) }, (_, i) => labelOrNull(i < y.length ? y[i] : null));
    if (labels.every((label) => label === null)) throw new DataError(`${this.owner}: y must have labels to begin with, got none.`);
    const notes = labels.includes(null) ? [] : [`${this.owner}: every row has a label, there is nothing to learn from but these.`];
    const made: Labelling = { labels, rounds: Int32Array.from(labels, (label) => (label === null ? -1 : 0)) };
    const { iterations, terminationCondition } = await this.#label(rows, made);
    const estimator = await this.#fittedOn(rows, labels);
    return this.restore({ estimator, classes: learnedBy(predictorOf(estimator)).classes as Label[], transduction: labels, labeledIter: made.rounds, iterations, terminationCondition, notes });
  }

  async predict(X: unknown): Promise<Label[]> {
    return (await this.fitted.estimator.predict(X)) as Label[];
  }

  /** rows × classes. */
  async predictProba(X: unknown): Promise<DenseMatrix> {
    return (await this.#ask(X, 'predictProba')) as DenseMatrix;
  }

  /** ln of predictProba. */
  async predictLogProba(X: unknown): Promise<DenseMatrix> {
    return (await this.#ask(X, 'predictLogProba')) as DenseMatrix;
  }

  /** Decision values as the estimator's. */
  async decisionFunction(X: unknown): Promise<Float64Array | DenseMatrix> {
    return (await this.#ask(X, 'decisionFunction')) as Float64Array | DenseMatrix;
  }

  /** Accuracy of predict(X) against y, weighted if weights are given. */
  async score(X: unknown, y: ArrayLike<Label>, { sampleWeight }: FitOptions = {}): Promise<number> {
    return accuracyScore(y, await this.predict(X), { sampleWeight });
  }

  async #ask(X: unknown, method: PredictionMethod): Promise<unknown> {
    return (await askModel(this.fitted.estimator, X, [method])).get(method);
  }

  async #withUnlabeled(X: unknown): Promise<unknown> {
    const { unlabeled } = this.options as Required<SelfTrainingClassifierOptions>;
    return unlabeled === null ? X : below(this.owner, X, await unlabeled());
  }

  /** Rounds of labels, put into `made`. */
  async #label(X: unknown, { labels, rounds }: Labelling): Promise<Pick<SelfTrainingClassifierFitted, 'iterations' | 'terminationCondition'>> {
    const { maxIter } = this.options as Required<SelfTrainingClassifierOptions>;
    let iterations = 0;
    while (labels.includes(null)) {
      if (iterations === maxIter) return { iterations, terminationCondition: 'maxIter' };
      iterations++;
      const open = positions(labels, (label) => label === null);
      const model = await this.#fittedOn(X, labels);
      const proba = (await askModel(model, takeRows(X, open), ['predictProba'])).get('predictProba') as DenseMatrix;
      const { classes } = learnedBy(predictorOf(model)) as { classes: readonly Label[] };
      const sure = this.#sure(proba);
      for (const { row, column } of sure) {
        labels[open[row]] = classes[column];
        rounds[open[row]] = iterations;
      }
      if (sure.length === 0) return { iterations, terminationCondition: iterations === maxIter ? 'maxIter' : 'noChange' };
    }
    return { iterations, terminationCondition: 'allLabeled' };
  }

  /** The rows to label, and the column of their class. */
  #sure({ rows, cols, data }: DenseMatrix): { row: number; column: number }[] {
    const { criterion, threshold, kBest } = this.options as Required<SelfTrainingClassifierOptions>;
    const columns = Int32Array.from({ length: rows }, (_, i) => {
      let best = 0;
      for (let c = 1; c < cols; c++) if (data[i * cols + c] > data[i * cols + best]) best = c;
      return best;
    });
    const largest = Float64Array.from(columns, (column, i) => data[i * cols + column]);
    const chosen = criterion === 'kBest' ? Array.from(argsortDescending(largest).subarray(0, kBest)) : positions(largest, (value) => value > threshold);
    return Array.from(chosen, (row) => ({ row, column: columns[row] }));
  }

  async #fittedOn(X: unknown, labels: readonly (Label | null)[]): Promise<Member> {
    const rows = positions(labels, (label) => label !== null);
    const model = this.options.estimator.clone() as Member;
    await model.fit(takeRows(X, rows), Array.from(rows, (row) => labels[row] as Label));
    return model;
  }
}

const labelOrNull = (label: Label | null | undefined): Label | null => (label === undefined || label === -1 || label !== label ? null : label);

function positions<T>(values: ArrayLike<T>, holds: (value: T) => boolean): Int32Array {
  const found: number[] = [];
  for (let i = 0; i < values.length; i++) if (holds(values[i])) found.push(i);
  return Int32Array.from(found);
}

/** Rows and below them others of the same form. */
function below(owner: string, X: unknown, others: unknown): unknown {
  if (isMatrix(X)) return stackRows([X, asMatrix(owner, others as MatrixLike, { allowNaN: true, checkValues: false })]);
  if (X instanceof Table) return stackTables(owner, X, Table.from(others as TableLike));
  const isList = (rows: unknown): rows is ArrayLike<unknown> => Array.isArray(rows) || (ArrayBuffer.isView(rows) && 'length' in rows);
  if (isList(X) && isList(others)) return [...Array.from(X), ...Array.from(others)];
  throw new DataError(`${owner}: unlabeled must give rows in the form of X, ${show(X)}, got ${show(others)}.`);
}
