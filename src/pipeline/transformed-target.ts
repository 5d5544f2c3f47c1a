import { DataError, NotFittedError, OptionError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { custom, completeOptions, flag, type Rules } from '../core/rules.ts';
import { checkSameRows } from '../core/rows.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { restoreStage } from './restore-stage.ts';
import type { ChangesOf, FittedOf, InOf, Stage } from './stage.ts';
import { targetFunctions, type TargetFunction, type TargetFunctionName } from './target-function.ts';

interface RegressorStage extends Stage {
  predict(X: any): Promise<ArrayLike<number>>;
}

/** A transformer of an n × 1 matrix that can go back, such as QuantileTransformer or PowerTransformer. */
interface TargetTransformer extends Stage {
  transform(X: any): Promise<any>;
  inverseTransform(X: any): Promise<any>;
}

export interface TransformedTargetOptions<R extends RegressorStage = RegressorStage> {
  /** What learns the transformed target: a regressor, or a whole pipeline that ends in one. */
  regressor: R;
  /**
   * What is done to y before `regressor` learns it: 'log1p', 'log', 'sqrt', 'standardize' (mean 0, population
   * variance 1), or a function of one value. Default null: nothing, or what `transformer` does.
   */
  func?: TargetFunctionName | TargetFunction | null;
  /** How predictions are taken back; must be given with a function for `func`, and only then. Default null. */
  inverseFunc?: TargetFunction | null;
  /** A transformer with inverseTransform in place of `func`; a clone of it is fitted on y as an n × 1 matrix. Default null. */
  transformer?: TargetTransformer | null;
  /** Whether fit looks if the way back undoes the way there; see fitted.inverseHolds. Default true. */
  checkInverse?: boolean;
}

/** What TransformedTarget has learned. */
export interface TransformedTargetFitted<R extends RegressorStage = RegressorStage> {
  /** What the regressor has learned. */
  regressor: FittedOf<R>;
  /** What the transformer has learned; null without one. */
  transformer: object | null;
  /** Mean of y, in its unit, with 'standardize'; else 0. */
  mean: number;
  /** Population standard deviation of y, 1 if it has no spread, with 'standardize'; else 1. */
  scale: number;
  /** Whether inverseFunc(func(y)) is y within 1e-9 + 1e-7·|y| in every row; null when that was not checked. */
  inverseHolds: boolean | null;
}

/** A TransformedTarget as plain data and stages. */
export interface TransformedTargetParts {
  settings: Omit<Required<TransformedTargetOptions>, 'regressor' | 'transformer'>;
  regressor: RegressorStage;
  transformer: TargetTransformer | null;
  learned: Pick<TransformedTargetFitted, 'mean' | 'scale' | 'inverseHolds'> | null;
}

type Spread = Pick<TransformedTargetFitted, 'mean' | 'scale'>;

/** Changes of the regressor's own options, and of the other options. */
export type TransformedTargetChanges<R extends RegressorStage> = Omit<Partial<TransformedTargetOptions>, 'regressor'> & { regressor?: ChangesOf<R> };

const isRegressor = (v: unknown): boolean =>
  ['fit', 'predict', 'clone', 'with'].every((method) => typeof (v as Record<string, unknown> | null)?.[method] === 'function');
const isTransformer = (v: unknown): boolean =>
  ['fit', 'transform', 'inverseTransform', 'clone'].every((method) => typeof (v as Record<string, unknown> | null)?.[method] === 'function');
const isName = (v: unknown): boolean => v === 'standardize' || (typeof v === 'string' && Object.hasOwn(targetFunctions, v));

/**
 * A regressor that learns another scale of the target: prices by their logarithm, counts by their root. `fit`
 * transforms y, `predict` takes predictions back to the unit of y. What the transformation learns, it learns
 * from the training rows only.
 *
 * It is a stage like any other: a pipeline's last one, or around a whole pipeline. Options are changed as a
 * pipeline's are: `model.with({ regressor: { alpha: 10 } })`. The regressor given is not fitted; its clone is,
 * and is at `model.regressor` afterwards.
 *
 * @throws OptionError for a function without its inverse; DataError when a value of y has no finite transform
 *
 * Counterpart: scikit-learn's TransformedTargetRegressor. Named functions are plain data, so that a model with
 * them can be saved and sent to workers; a function takes one value, not an array. Where scikit-learn warns
 * that the functions are not inverse, `fitted.inverseHolds` is false.
 *
 * @example
 * const model = new TransformedTarget({ regressor: new Ridge({ alpha: 10 }), func: 'log1p' });
 * await (await model.fit(X, prices)).predict(Xtest); // prices, not logarithms
 */
export class TransformedTarget<R extends RegressorStage> {
  static readonly rules: Rules<TransformedTargetOptions> = {
    regressor: custom<unknown>(undefined, 'a regressor or a pipeline that ends in one', isRegressor),
    func: custom<unknown>(null, "'log1p', 'log', 'sqrt', 'standardize', a function or null", (v) => v === null || typeof v === 'function' || isName(v)),
    inverseFunc: custom<unknown>(null, 'a function or null', (v) => v === null || typeof v === 'function'),
    transformer: custom<unknown>(null, 'a transformer with inverseTransform, or null', (v) => v === null || isTransformer(v)),
    checkInverse: flag(true),
  };

  readonly regressor: R;
  readonly transformer: TargetTransformer | null;
  readonly #settings: Readonly<Required<TransformedTargetOptions>>;
  #learned: Pick<TransformedTargetFitted, 'mean' | 'scale' | 'inverseHolds'> | undefined;

  constructor(options: TransformedTargetOptions<R>) {
    const settings = completeOptions<TransformedTargetOptions>('TransformedTarget', options, TransformedTarget.rules);
    const { regressor, func, inverseFunc, transformer } = settings;
    if (regressor === undefined) throw new OptionError('TransformedTarget: regressor must be a regressor or a pipeline that ends in one, got undefined.');
    if (transformer !== null && (func !== null || inverseFunc !== null)) {
      throw new OptionError('TransformedTarget: transformer must be null with func or inverseFunc. Use one way to transform y.');
    }
    if ((typeof func === 'function') !== (inverseFunc !== null)) {
      throw new OptionError(`TransformedTarget: inverseFunc must be given with a function for func and only then, got ${show(inverseFunc)}.`);
    }
    this.#settings = settings;
    this.regressor = regressor.clone() as R;
    this.transformer = transformer ? (transformer.clone() as TargetTransformer) : null;
  }

  get owner(): string {
    return 'TransformedTarget';
  }

  /** The regressor's and the transformer's options in place of themselves, and the other options. */
  get options(): Omit<Required<TransformedTargetOptions>, 'regressor' | 'transformer'> & { regressor: R['options']; transformer: object | null } {
    return { ...this.#settings, regressor: this.regressor.options, transformer: this.transformer?.options ?? null };
  }

  get isFitted(): boolean {
    return this.#learned !== undefined;
  }

  /** @throws NotFittedError before fit. */
  get fitted(): TransformedTargetFitted<R> {
    return { ...this.#known, regressor: this.regressor.fitted as FittedOf<R>, transformer: this.transformer?.fitted ?? null };
  }

  /** Puts learned records in place, the regressor's and the transformer's too: for loading a saved model. */
  restore({ regressor, transformer, mean, scale, inverseHolds }: TransformedTargetFitted<R>): this {
    restoreStage(this.regressor, regressor as object);
    if (transformer) restoreStage(this.transformer as TargetTransformer, transformer);
    this.#learned = { mean, scale, inverseHolds };
    return this;
  }

  /** What it is made of, for saving; `fromParts` is the way back. */
  toParts(): TransformedTargetParts {
    const { regressor: _r, transformer: _t, ...settings } = this.#settings;
    return { settings, regressor: this.regressor, transformer: this.transformer, learned: this.#learned ?? null };
  }

  static fromParts({ settings, regressor, transformer, learned }: TransformedTargetParts): TransformedTarget<RegressorStage> {
    const made = new TransformedTarget({ ...settings, regressor, transformer });
    return learned === null ? made : made.restore({ ...learned, regressor: regressor.fitted, transformer: transformer?.fitted ?? null });
  }

  clone(): this {
    return this.with({});
  }

  with({ regressor, ...changes }: TransformedTargetChanges<R>): this {
    const changed = regressor === undefined ? this.regressor : this.regressor.with(regressor);
    return new TransformedTarget({ ...this.#settings, ...changes, regressor: changed as R }) as unknown as this;
  }

  /** Learns the transformed y. `options` reach the regressor. @returns this */
  async fit(X: InOf<R>, y: ArrayLike<number>, options?: FitOptions): Promise<this> {
    const values = this.#finite(y, (value, i) => `y must hold finite numbers, row ${i} has ${show(value)}`);
    const spread = this.#settings.func === 'standardize' ? spreadOf(values) : { mean: 0, scale: 1 };
    if (this.transformer) await this.transformer.fit(DenseMatrix.column(values));
    const target = this.#finite(
      await this.#there(values, spread),
      (value, i) => `func must give a finite number for every y, but makes ${show(value)} of ${show(values[i])} in row ${i}`,
    );
    const back = this.#settings.checkInverse ? await this.#back(target, spread) : null;
    const inverseHolds = back?.every((value, i) => Math.abs(value - values[i]) <= 1e-9 + 1e-7 * Math.abs(values[i])) ?? null;
    await this.regressor.fit(X, target, options);
    this.#learned = { ...spread, inverseHolds };
    return this;
  }

  /** One prediction per row, in the unit of y. */
  async predict(X: InOf<R>): Promise<Float64Array> {
    const spread = this.#known;
    return this.#back(Float64Array.from(await this.regressor.predict(X)), spread);
  }

  /** R² of predict(X) against y, weighted if weights are given; a constant y scores 1 if met exactly, else 0. */
  async score(X: InOf<R>, y: ArrayLike<number>, { sampleWeight }: FitOptions = {}): Promise<number> {
    const predicted = await this.predict(X);
    checkSameRows(this.owner, { X: predicted, y });
    const weight = (i: number): number => (sampleWeight ? sampleWeight[i] : 1);
    let total = 0;
    let mean = 0;
    for (let i = 0; i < y.length; i++) {
      total += weight(i);
      mean += weight(i) * y[i];
    }
    mean /= total;
    let missed = 0;
    let spread = 0;
    for (let i = 0; i < y.length; i++) {
      missed += weight(i) * (y[i] - predicted[i]) ** 2;
      spread += weight(i) * (y[i] - mean) ** 2;
    }
    if (spread === 0) return missed === 0 ? 1 : 0;
    return 1 - missed / spread;
  }

  get #known(): Pick<TransformedTargetFitted, 'mean' | 'scale' | 'inverseHolds'> {
    if (!this.#learned) throw new NotFittedError(`${this.owner}: fit must come first. Call await fit(X, y) before predict or fitted.`);
    return this.#learned;
  }

  async #there(y: Float64Array, { mean, scale }: Spread): Promise<Float64Array> {
    const { func } = this.#settings;
    if (this.transformer) return columnOf(await this.transformer.transform(DenseMatrix.column(y)));
    if (func === 'standardize') return y.map((value) => (value - mean) / scale);
    if (typeof func === 'function') return y.map((value) => func(value));
    return func === null ? y : y.map(targetFunctions[func].func);
  }

  async #back(t: Float64Array, { mean, scale }: Spread): Promise<Float64Array> {
    const { func, inverseFunc } = this.#settings;
    if (this.transformer) return columnOf(await this.transformer.inverseTransform(DenseMatrix.column(t)));
    if (func === 'standardize') return t.map((value) => value * scale + mean);
    if (inverseFunc !== null) return t.map((value) => inverseFunc(value));
    return func === null || typeof func === 'function' ? t : t.map(targetFunctions[func].inverseFunc);
  }

  #finite(y: ArrayLike<number>, problem: (value: unknown, row: number) => string): Float64Array {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one number per row.`);
    for (let i = 0; i < y.length; i++) {
      if (typeof y[i] !== 'number' || !Number.isFinite(y[i])) throw new DataError(`${this.owner}: ${problem(y[i], i)}.`);
    }
    return Float64Array.from(y);
  }
}

function columnOf(X: DenseMatrix): Float64Array {
  return X.col(0);
}

function spreadOf(y: Float64Array): Spread {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const deviation = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length);
  // A spread of rounding only is none: StandardScaler's rule.
  return { mean, scale: deviation ** 2 <= y.length * Number.EPSILON * deviation ** 2 + (y.length * mean * Number.EPSILON) ** 2 ? 1 : deviation };
}
