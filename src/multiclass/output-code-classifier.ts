import type { FitOptions } from '../core/fit-options.ts';
import type { Label, Labels } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { rowCount } from '../core/rows.ts';
import { positive, seed, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { modelRule, type Member } from '../model-selection/meta-estimator.ts';
import { binaryScores, scoreMethod } from './binary-scores.ts';
import { OneModelPerTask, type ManyModelsFitted, type OneModelOptions } from './one-model-per-task.ts';

export interface OutputCodeOptions<M extends Member = Member> extends OneModelOptions<M> {
  /** Models per class: the code has ⌊classes · codeSize⌋ bits. Above 1, models can correct each other's errors. Default 1.5. */
  codeSize?: number;
  /** Seed of the code; null stands for 0. Default null. */
  randomState?: number | null;
}

export interface OutputCodeFitted extends ManyModelsFitted {
  /** classes × bits: 1, and −1 (decision values) or 0 (probabilities). */
  codeBook: DenseMatrix;
  /** For each bit, the value that every class has there, or null where a model tells it. */
  constants: readonly (number | null)[];
}

/**
 * Error-correcting output codes: each class has a random code, one model per bit learns that bit, and a row is of the
 * class whose code is nearest to the models' scores (Euclidean).
 *
 * X: what the estimator takes. y: one label per row, two classes or more. `fitted`: classes, estimators (of bits that
 * differ between classes), codeBook, constants.
 *
 * Counterpart: scikit-learn's OutputCodeClassifier; the same seed makes the same code.
 * Source: Dietterich and Bakiri, "Solving multiclass learning problems via error-correcting output codes", JAIR 2, 1995.
 *
 * @throws OptionError for an estimator that knows neither decision values nor probabilities
 * @example
 * const model = await new OutputCodeClassifier({ estimator: new LogisticRegression(), codeSize: 2 }).fit(X, y);
 * await model.predict(Xtest);
 */
export class OutputCodeClassifier<M extends Member = Member> extends OneModelPerTask<OutputCodeOptions<M>, OutputCodeFitted> {
  static override readonly rules: Rules<OutputCodeOptions> = {
    estimator: modelRule('a classifier or a pipeline that ends in one'),
    codeSize: positive(1.5),
    randomState: seed(),
  };

  async fit(X: unknown, y: Labels, options: FitOptions = {}): Promise<this> {
    const { classes, codes, sampleWeight } = this.target(X, y, options);
    const off = scoreMethod(this.owner, this.options.estimator) === 'decisionFunction' ? -1 : 0;
    const bits = Math.max(1, Math.floor(classes.length * (this.options.codeSize as number)));
    const draws = new RandomState(this.options.randomState ?? null).randomSample(classes.length * bits);
    const codeBook = new DenseMatrix(classes.length, bits, draws.map((u) => (u > 0.5 ? 1 : off)));
    const estimators: Member[] = [];
    const constants: (number | null)[] = [];
    for (let b = 0; b < bits; b++) {
      const column = codeBook.col(b);
      const isConstant = column.every((value) => value === column[0]);
      constants.push(isConstant ? column[0] : null);
      if (!isConstant) estimators.push(await this.fitCopy(X, Float64Array.from(codes, (code) => column[code]), sampleWeight));
    }
    return this.restore({ classes, estimators, codeBook, constants });
  }

  async predict(X: unknown): Promise<Label[]> {
    const { classes, estimators, codeBook, constants } = this.fitted;
    const method = scoreMethod(this.owner, this.options.estimator);
    const told: Float64Array[] = [];
    for (const model of estimators) told.push(await binaryScores(model, X, method));
    const rows = rowCount(X);
    const distances = new DenseMatrix(rows, classes.length);
    for (let b = 0, m = 0; b < constants.length; b++) {
      const scores = constants[b] === null ? told[m++] : undefined;
      for (let i = 0; i < rows; i++) {
        const score = scores?.[i] ?? (constants[b] as number);
        for (let k = 0; k < classes.length; k++) distances.data[i * classes.length + k] += (score - codeBook.data[k * codeBook.cols + b]) ** 2;
      }
    }
    return Array.from({ length: rows }, (_, i) => classes[distances.row(i).reduce((best, value, k, row) => (value < row[best] ? k : best), 0)]);
  }

  override can(method: string): boolean {
    return method === 'predict';
  }
}
