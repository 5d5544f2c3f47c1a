import { LabelClassifier, type Target } from '../base/label-classifier.ts';
import { classWeightRule, classWeights, type ClassWeight } from '../core/class-weight.ts';
import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { labelCodes, uniqueLabels, type Label, type Labels } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { checkSameRows } from '../core/rows.ts';
import { choice, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { timesTransposed } from '../matrix/products.ts';
import { sgdLoss, type SgdClassificationLoss } from './sgd-loss.ts';
import { checkSgdOptions, SEED_END, sgdRules, type SgdOptions } from './sgd-options.ts';
import { stochasticGradientDescent, type SgdState } from './stochastic-gradient-descent.ts';
import { sigmoid } from './sigmoid.ts';

export interface SGDClassifierOptions extends SgdOptions {
  /**
   * What is minimised: 'hinge' is a linear support vector machine, 'logLoss' logistic regression, 'modifiedHuber' smooth and
   * robust; 'squaredHinge', 'perceptron', or a regressor's loss of −1 and 1. Default 'hinge'.
   */
  loss?: SgdClassificationLoss;
  /** Weight of each class; 'balanced' is n / (k · count). Default null: all 1. */
  classWeight?: ClassWeight | null;
}

export interface SGDClassifierFitted {
  /** 1 × features for two classes (the score of classes[1]), else classes × features: each class against the rest. */
  coef: DenseMatrix;
  /** One per row of coef. */
  intercept: Float64Array;
  /** Passes made in the last fit, the most of all classes. */
  iterations: number;
  /** Whether tol was met before maxIter for every class; if not, the model is kept all the same. */
  converged: boolean;
  /** Rows seen, plus 1: what the learning rate goes by. */
  t: number;
  /** Where the next partialFit goes on from, one per row of coef. */
  states: SgdState[];
}

const LOSSES: readonly SgdClassificationLoss[] = [
  'hinge',
  'logLoss',
  'modifiedHuber',
  'squaredHinge',
  'perceptron',
  'squaredError',
  'huber',
  'epsilonInsensitive',
  'squaredEpsilonInsensitive',
];

/**
 * A linear classifier by stochastic gradient descent, one row after the other: for data that do not fit in memory
 * (`partialFit`), or where a rough answer soon is worth more than an exact one. Scale the columns first.
 *
 * Minimises mean loss + alpha·((1 − l1Ratio)·½‖w‖² + l1Ratio·‖w‖₁); more than two classes are each held against the
 * rest. X: samples × features, dense or sparse. y: one label per row. `predictProba` exists for 'logLoss' and
 * 'modifiedHuber' only. `partialFit(X, y, { classes })` makes one pass over further rows; the first call must be told
 * all classes. Not converging is recorded, never thrown.
 *
 * @throws OptionError for learningRate 'optimal' without a penalty; DataError for fewer than two classes, or when numbers
 * overflow
 * Counterpart: scikit-learn's SGDClassifier: the same steps in the same order for the same seed. Without
 * `early_stopping` (keep rows apart and use partialFit) and the passive-aggressive rates. After a second partialFit its
 * averaged intercepts go astray; ours are the averages.
 * Source: Bottou, "Large-scale machine learning with stochastic gradient descent", COMPSTAT 2010; Zadrozny and Elkan, KDD
 * 2002, for probabilities.
 *
 * @example
 * const model = await new SGDClassifier({ loss: 'logLoss', randomState: 43 }).fit(X, y);
 */
export class SGDClassifier extends LabelClassifier<SGDClassifierOptions, SGDClassifierFitted> {
  static override readonly rules: Rules<SGDClassifierOptions> = {
    loss: choice<SgdClassificationLoss>('hinge', LOSSES),
    ...sgdRules('optimal', 0.5),
    classWeight: classWeightRule(),
  };

  /** Learns from further rows in one pass. @param classes all there will be, on the first call @returns this */
  async partialFit(X: MatrixLike, y: Labels, { classes, sampleWeight }: FitOptions & { classes?: readonly Label[] } = {}): Promise<this> {
    const matrix = asMatrix(this.owner, X);
    checkSameRows(this.owner, { X: matrix, y });
    if (this.options.classWeight === 'balanced') {
      throw new OptionError(`${this.owner}: classWeight must not be 'balanced' with partialFit, which sees some rows only. Give a weight per class.`);
    }
    const before = this.isFitted ? this.fitted : undefined;
    if (!before && !classes) throw new DataError(`${this.owner}: the first partialFit must be told all classes. Pass { classes: […] }.`);
    const known = before?.classes ?? uniqueLabels(this.owner, classes!);
    if (known.length < 2) throw new DataError(`${this.owner}: there must be at least 2 classes, got only ${known.map(String).join(', ')}.`);
    if (before) checkFeatures(this.owner, matrix, before.nFeaturesIn);
    const target = { classes: known, codes: labelCodes(this.owner, y, known), sampleWeight: checkSampleWeight(this.owner, sampleWeight, matrix.rows) };
    const states = before?.states.map((state) => ({ ...state, coef: state.coef.slice(), averageCoef: state.averageCoef?.slice() ?? null }));
    const learned = this.#descend(matrix, target, states ?? this.#fresh(matrix.cols, known.length), before?.t ?? 1, 1);
    return this.restore({ ...learned, converged: true, classes: known, nFeaturesIn: matrix.cols });
  }

  protected learn(X: Matrix, y: Target): SGDClassifierFitted {
    const states = this.#fresh(X.cols, y.classes.length);
    if (this.options.warmStart && this.isFitted) {
      const { coef, intercept } = this.fitted;
      if (coef.cols !== X.cols || coef.rows !== states.length) {
        throw new ShapeError(`${this.owner}: a warm start needs the columns and classes of the fit before, got others. Fit a clone instead.`);
      }
      states.forEach((state, k) => Object.assign(state, { coef: coef.row(k).slice(), intercept: intercept[k] }));
    }
    return this.#descend(X, y, states, 1, this.options.maxIter);
  }

  /** One score per row for two classes, above 0 meaning classes[1]; else rows × classes. */
  async decisionFunction(X: MatrixLike): Promise<Float64Array | DenseMatrix> {
    const scores = this.#scores(this.checkSeen(X));
    return scores.cols === 1 ? scores.data : scores;
  }

  async predict(X: MatrixLike): Promise<Label[]> {
    const { classes } = this.fitted;
    const scores = this.#scores(this.checkSeen(X));
    return scores.cols === 1 ? Array.from(scores.data, (score) => classes[score > 0 ? 1 : 0]) : this.labelsOf(scores);
  }

  /** rows × classes, in the order of `fitted.classes`. Undefined unless the loss is 'logLoss' or 'modifiedHuber'. */
  get predictProba(): ((X: MatrixLike) => Promise<DenseMatrix>) | undefined {
    const { loss } = this.options;
    if (loss !== 'logLoss' && loss !== 'modifiedHuber') return undefined;
    const share = loss === 'logLoss' ? sigmoid : (score: number): number => (Math.max(-1, Math.min(1, score)) + 1) / 2;
    return async (X) => probabilities(this.#scores(this.checkSeen(X)), share);
  }

  #scores(X: Matrix): DenseMatrix {
    const { coef, intercept } = this.fitted;
    const scores = new DenseMatrix(X.rows, coef.rows);
    timesTransposed(X, coef, intercept, scores.data);
    return scores;
  }

  #fresh(cols: number, classes: number): SgdState[] {
    const average = this.options.average !== false;
    return Array.from({ length: classes === 2 ? 1 : classes }, () => ({
      coef: new Float64Array(cols),
      intercept: 0,
      averageCoef: average ? new Float64Array(cols) : null,
      averageIntercept: 0,
    }));
  }

  #descend(X: Matrix, { classes, codes, sampleWeight }: Target, states: SgdState[], t: number, maxEpochs: number): SGDClassifierFitted {
    const { options } = this;
    checkSgdOptions(this.owner, options);
    const perClass = classWeights(this.owner, options.classWeight, classes, codes);
    const loss = sgdLoss(options.loss, options.epsilon);
    const other = options.loss === 'logLoss' ? 0 : -1;
    const random = new RandomState(options.randomState);
    const two = states.length === 1;
    const seeds = two ? [random] : Array.from({ length: states.length }, () => random.randint(SEED_END)).map((seed) => new RandomState(seed));
    const runs = states.map((state, k) => {
      const positive = two ? 1 : k;
      // scikit-learn draws a seed for a sampler that it then does not use.
      seeds[k].randint(1, SEED_END);
      return stochasticGradientDescent(
        this.owner,
        state,
        {
          X,
          y: Float64Array.from(codes, (code) => (code === positive ? 1 : other)),
          sampleWeight,
          loss,
          positiveWeight: perClass[positive],
          negativeWeight: two ? perClass[0] : 1,
          seed: seeds[k].randint(SEED_END),
          t,
          maxEpochs,
        },
        options,
      );
    });
    const iterations = Math.max(...runs.map(({ epochs }) => epochs));
    const reached = t + iterations * X.rows;
    const averaged = options.average !== false && Number(options.average) <= reached - 1;
    return {
      coef: DenseMatrix.from(states.map((state) => (averaged ? state.averageCoef! : state.coef))),
      intercept: Float64Array.from(states, (state) => (averaged ? state.averageIntercept : state.intercept)),
      iterations,
      converged: runs.every(({ converged }) => converged),
      t: reached,
      states,
    };
  }
}

/** One share per class, each by itself, made to sum to 1; where all are 0, all are equal. */
function probabilities(scores: DenseMatrix, share: (score: number) => number): DenseMatrix {
  const { rows, cols } = scores;
  if (cols === 1) return DenseMatrix.from(Array.from(scores.data, (score) => [1 - share(score), share(score)]));
  const result = new DenseMatrix(rows, cols, scores.data.map(share));
  for (let i = 0; i < rows; i++) {
    const row = result.row(i);
    const sum = row.reduce((total, value) => total + value, 0);
    for (let k = 0; k < cols; k++) row[k] = sum === 0 ? 1 / cols : row[k] / sum;
  }
  return result;
}
