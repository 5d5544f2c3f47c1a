import { Classifier, type ClassesSeen, type Target } from '../base/classifier.ts';
import { OptionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, custom, optional, seed, type Rules } from '../core/rules.ts';
import { show, showList } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { countedRows } from './counted-rows.ts';

export interface DummyClassifierOptions {
  /**
   * How to predict without looking at X. Default 'prior'.
   * - 'mostFrequent': the most frequent class, with probability 1
   * - 'prior': the most frequent class; probabilities are the class shares
   * - 'stratified': a class drawn by the class shares; its probability is 1
   * - 'uniform': a class drawn evenly; all probabilities are 1 / k
   * - 'constant': the class `constant`, with probability 1
   */
  strategy?: 'mostFrequent' | 'prior' | 'stratified' | 'uniform' | 'constant';
  /** Seed of 'stratified' and 'uniform'; each call draws afresh from it. Default null: seed 0. */
  randomState?: number | null;
  /** The class that 'constant' predicts; must be one of y's. Default null. */
  constant?: Label | null;
}

/** What DummyClassifier has learned besides the classes. */
export interface DummyClassifierFitted {
  /** Share of each class, by weight if rows are weighted. */
  classPrior: Float64Array;
}

/**
 * Predicts by the class shares alone: the score that any real model has to beat.
 *
 * X: anything with rows (texts, a Table, a Matrix); only their number counts. y: one label per row.
 *
 * `fitted`: classes, classPrior.
 *
 * Counterpart: scikit-learn's DummyClassifier, same random stream for the same seed.
 *
 * @example
 * const model = await new DummyClassifier().fit(['a b', 'c', 'd'], ['spam', 'ham', 'ham']);
 * await model.predict(['e']); // ['ham']
 */
export class DummyClassifier extends Classifier<DummyClassifierOptions, DummyClassifierFitted, unknown> {
  static override readonly rules: Rules<DummyClassifierOptions> = {
    strategy: choice('prior', ['mostFrequent', 'prior', 'stratified', 'uniform', 'constant']),
    randomState: seed(),
    constant: optional(custom<Label | null>(null, 'a label', (v) => ['string', 'number', 'boolean'].includes(typeof v))),
  };

  protected override get minClasses(): number {
    return 1;
  }

  protected override matrixOf(X: unknown, minRows = 1): Matrix {
    return countedRows(this.owner, X, minRows);
  }

  /** Columns do not matter, so none are checked. */
  protected override checkSeen(X: unknown): Matrix {
    void this.fitted;
    return this.matrixOf(X, 0);
  }

  protected learn(_X: Matrix, { classes, codes, sampleWeight }: Target): DummyClassifierFitted {
    const { strategy, constant } = this.options;
    if (strategy === 'constant' && (constant === null || !classes.includes(constant))) {
      throw new OptionError(`${this.owner}: constant must be one of y's labels (${showList(classes.map(show))}), got ${show(constant)}.`);
    }
    const counts = new Float64Array(classes.length);
    for (let i = 0; i < codes.length; i++) counts[codes[i]] += sampleWeight ? sampleWeight[i] : 1;
    const total = counts.reduce((a, b) => a + b, 0);
    return { classPrior: counts.map((count) => count / total) };
  }

  override async predict(X: unknown): Promise<Label[]> {
    const { classes } = this.fitted;
    if (this.options.strategy !== 'uniform') return super.predict(X);
    const { rows } = this.checkSeen(X);
    return Array.from(new RandomState(this.options.randomState).randint(classes.length, undefined, rows), (code) => classes[code]);
  }

  protected probabilities({ rows }: Matrix, { classes, classPrior }: DummyClassifierFitted & ClassesSeen): DenseMatrix {
    const { strategy, constant, randomState } = this.options;
    const cols = classes.length;
    const proba = new DenseMatrix(rows, cols);
    if (strategy === 'prior' || strategy === 'uniform') {
      const row = strategy === 'prior' ? classPrior : new Float64Array(cols).fill(1 / cols);
      for (let i = 0; i < rows; i++) proba.data.set(row, i * cols);
      return proba;
    }
    const random = new RandomState(randomState);
    const always = strategy === 'constant' ? classes.indexOf(constant as Label) : classPrior.indexOf(Math.max(...classPrior));
    for (let i = 0; i < rows; i++) {
      proba.data[i * cols + (strategy === 'stratified' ? drawClass(random, classPrior) : always)] = 1;
    }
    return proba;
  }
}

/**
 * One draw from a distribution over classes, as numpy.random.RandomState.multinomial(1, shares) makes it: class
 * by class, a yes-or-no draw with what is left of the probability.
 */
function drawClass(random: RandomState, shares: Float64Array): number {
  let left = 1;
  for (let k = 0; k < shares.length - 1; k++) {
    if (shares[k] > 0 && drawYes(random, shares[k] / left)) return k;
    left -= shares[k];
  }
  return shares.length - 1;
}

/** A binomial draw with n = 1 by inversion, with numpy's restart where rounding leaves the range of outcomes. */
function drawYes(random: RandomState, probability: number): boolean {
  const flipped = probability > 0.5;
  const yes = flipped ? 1 - probability : probability;
  const no = 1 - yes;
  for (;;) {
    const u = random.randomSample();
    if (u <= no) return flipped;
    if (u - no <= yes) return !flipped;
  }
}
