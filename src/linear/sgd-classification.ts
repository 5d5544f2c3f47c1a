import { knownClasses } from '../base/known-classes.ts';
import type { Target } from '../base/label-classifier.ts';
import { classWeights, type ClassWeight } from '../core/class-weight.ts';
import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { labelCodes, type Label, type Labels } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { checkSameRows } from '../core/rows.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { withArena } from '../kernels/arena.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { LinearClassifier, type LinearClassifierFitted } from './linear-classifier.ts';
import { sgdLoss, type SgdClassificationLoss } from './sgd-loss.ts';
import { checkSgdOptions, SEED_END, type SgdSettings } from './sgd-options.ts';
import { stochasticGradientDescent, type SgdState, type SgdTask } from './stochastic-gradient-descent.ts';

/** All that decides a run of stochastic gradient descent over classes. */
export type SgdClassificationSettings = SgdSettings & { readonly loss: SgdClassificationLoss; readonly classWeight: ClassWeight | null };

/** What a linear classifier by stochastic gradient descent has learned; several classes are each held against the rest. */
export interface SGDClassifierFitted extends LinearClassifierFitted {
  /** Passes made in the last fit, the most of all classes. */
  iterations: number;
  /** Whether tol was met before maxIter for every class; if not, the model is kept all the same. */
  converged: boolean;
  /** Rows seen, plus 1: what the learning rate goes by. */
  t: number;
  /** Where the next partialFit goes on from, one per row of coef. */
  states: SgdState[];
}

/** A linear classifier by stochastic gradient descent: what SGDClassifier and Perceptron share. A subclass says its settings. */
export abstract class SgdClassification<Options extends object> extends LinearClassifier<Options, SGDClassifierFitted> {
  protected abstract get settings(): SgdClassificationSettings;

  /**
   * Learns from further rows in one pass.
   * @param options classes: all there will be, on the first call; later ones may repeat them
   * @returns this
   * @throws DataError without y, where the first call names no classes or a later one others; OptionError for classWeight 'balanced'
   */
  async partialFit(X: MatrixLike, y: Labels, { classes, sampleWeight }: FitOptions & { classes?: readonly Label[] } = {}): Promise<this> {
    const matrix = asMatrix(this.owner, X);
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one label per row.`);
    checkSameRows(this.owner, { X: matrix, y });
    if (this.settings.classWeight === 'balanced') {
      throw new OptionError(`${this.owner}: classWeight must not be 'balanced' with partialFit, which sees some rows only. Give a weight per class.`);
    }
    const before = this.isFitted ? this.fitted : undefined;
    const known = knownClasses(this.owner, before?.classes, classes);
    if (known.length < 2) throw new DataError(`${this.owner}: there must be at least 2 classes, got only ${known.map(String).join(', ')}.`);
    if (before) checkFeatures(this.owner, matrix, before.nFeaturesIn);
    const target = { classes: known, codes: labelCodes(this.owner, y, known), sampleWeight: checkSampleWeight(this.owner, sampleWeight, matrix.rows) };
    const learned = this.#descend(matrix, target, before?.states ?? this.#fresh(matrix.cols, known.length), before?.t ?? 1, 1);
    return this.restore({ ...learned, converged: true, classes: known, nFeaturesIn: matrix.cols });
  }

  protected learn(X: Matrix, y: Target): SGDClassifierFitted {
    const states = this.#fresh(X.cols, y.classes.length);
    if (this.settings.warmStart && this.isFitted) {
      const { coef, intercept } = this.fitted;
      if (coef.cols !== X.cols || coef.rows !== states.length) {
        throw new ShapeError(`${this.owner}: a warm start needs the columns and classes of the fit before, got others. Fit a clone instead.`);
      }
      states.forEach((state, k) => Object.assign(state, { coef: coef.row(k).slice(), intercept: intercept[k] }));
    }
    return this.#descend(X, y, states, 1, this.settings.maxIter);
  }

  #fresh(cols: number, classes: number): SgdState[] {
    const average = this.settings.average !== false;
    return Array.from({ length: classes === 2 ? 1 : classes }, () => ({
      coef: new Float64Array(cols),
      intercept: 0,
      averageCoef: average ? new Float64Array(cols) : null,
      averageIntercept: 0,
    }));
  }

  #descend(X: Matrix, { classes, codes, sampleWeight }: Target, states: readonly SgdState[], t: number, maxEpochs: number): SGDClassifierFitted {
    const options = this.settings;
    checkSgdOptions(this.owner, options);
    const perClass = classWeights(this.owner, options.classWeight, classes, codes);
    const loss = sgdLoss(options.loss, options.epsilon);
    const other = options.loss === 'logLoss' ? 0 : -1;
    const random = new RandomState(options.randomState);
    const two = states.length === 1;
    const seeds = two ? [random] : Array.from({ length: states.length }, () => random.randint(SEED_END)).map((seed) => new RandomState(seed));
    const drawn = seeds.map((random) => {
      // scikit-learn draws a seed for a sampler that it then does not use.
      random.randint(1, SEED_END);
      return random.randint(SEED_END);
    });
    const runs = withArena((arena) => {
      const held = arena.copyMatrix(X);
      return states.map((state, k) => {
        const positive = two ? 1 : k;
        const task: SgdTask = {
          X: held,
          y: Float64Array.from(codes, (code) => (code === positive ? 1 : other)),
          sampleWeight,
          loss,
          positiveWeight: perClass[positive],
          negativeWeight: two ? perClass[0] : 1,
          seed: drawn[k],
          t,
          maxEpochs,
        };
        return withArena((own) => stochasticGradientDescent(this.owner, own, state, task, options));
      });
    });
    const learned = runs.map(({ state }) => state);
    const iterations = Math.max(...runs.map(({ epochs }) => epochs));
    const reached = t + iterations * X.rows;
    const averaged = options.average !== false && Number(options.average) <= reached - 1;
    return {
      coef: DenseMatrix.from(learned.map((state) => (averaged ? state.averageCoef! : state.coef))),
      intercept: Float64Array.from(learned, (state) => (averaged ? state.averageIntercept : state.intercept)),
      iterations,
      converged: runs.every(({ converged }) => converged),
      t: reached,
      states: learned,
    };
  }
}
