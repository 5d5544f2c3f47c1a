import { OptionError } from '../core/errors.ts';
import type { Takes } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { hoistFor } from '../core/hoisting.ts';
import { isResampler, type TrainingRows } from '../core/training-rows.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { fitAtOnce } from './fit-at-once.ts';
import { fitStage } from './fit-stage.ts';
import { inStage, stageError } from './in-stage.ts';
import { byName, changeSteps, checkSteps } from './named-stages.ts';
import type {
  CheckSteps,
  FirstStage,
  FittedOf,
  InOf,
  LastStage,
  NamedSteps,
  OutOf,
  PredictionOf,
  Step,
  StepChanges,
} from './stage.ts';

type PipelineIn<Steps> = InOf<FirstStage<Steps>>;

/**
 * Stages in a row: each is fitted on what the one before it produces, the last one predicts
 * (or transforms, when it is a transformer).
 *
 * The compiler checks that each stage accepts what the one before it returns; a stage in the wrong
 * place does not compile, and the message names both. Everything learned stays inside the stages, so a
 * pipeline that is fitted within a fold has seen nothing else.
 *
 * `fitOptions.sampleWeight` reaches the last stage only, as scikit-learn's `clf__sample_weight`. A stage with `fitResample`
 * (RowFilter, OutlierDropper) changes which rows the stages after it are fitted on, and no others.
 *
 * Counterpart: scikit-learn's Pipeline; `with({ step: { option } })` stands for `set_params(step__option=…)`.
 *
 * @example
 * const pipeline = new Pipeline([['scale', new StandardScaler()], ['classify', new LogisticRegression()]]);
 * await pipeline.fit(X, y);
 * pipeline.namedSteps.classify.fitted.coef;
 */
export class Pipeline<const Steps extends readonly Step[]> {
  readonly steps: Steps;

  /** @throws OptionError for names that are missing, double or dotted, or stages that are none. */
  constructor(steps: Steps & CheckSteps<Steps>) {
    checkSteps('Pipeline', steps);
    for (const [name, stage] of steps.slice(0, -1)) {
      if (typeof (stage as { transform?: unknown }).transform !== 'function') {
        throw new OptionError(`Pipeline: stage "${name}" has no transform, so it must be the last stage.`);
      }
    }
    this.steps = steps;
  }

  /** Stages by name, typed: `pipeline.namedSteps.classify.fitted.coef`. */
  get namedSteps(): NamedSteps<Steps> {
    return Object.fromEntries(this.steps) as unknown as NamedSteps<Steps>;
  }

  /** Every stage's options, by stage name. */
  get options(): { readonly [S in Steps[number] as S[0]]: S[1]['options'] } {
    return byName(this.steps, (stage) => stage.options) as never;
  }

  /** What the first stage wants X to be. */
  get takes(): Takes {
    return this.steps[0][1].takes ?? 'matrix';
  }

  get isFitted(): boolean {
    return this.steps.every(([, stage]) => stage.isFitted);
  }

  /** What each stage has learned, by stage name. @throws NotFittedError before fit. */
  get fitted(): { readonly [S in Steps[number] as S[0]]: FittedOf<S[1]> } {
    return byName(this.steps, (stage) => stage.fitted) as never;
  }

  /** An unfitted pipeline with the same options. */
  clone(): this {
    return this.with({});
  }

  /** An unfitted pipeline with some options changed: `pipeline.with({ classify: { C: 10 } })`. */
  with(changes: StepChanges<Steps>): this {
    const steps = changeSteps('Pipeline', this.steps, changes as Record<string, unknown>);
    return new Pipeline(steps as never) as unknown as this;
  }

  /**
   * X after the first stage's stateless work (tokenising): accepted, whole or by rows, wherever X is.
   * `done` holds what was hoisted from the same X before, to be shared.
   */
  hoist(X: PipelineIn<Steps>, done?: unknown[]): unknown {
    const [name, first] = this.steps[0];
    try {
      return hoistFor(first, X, done);
    } catch (error) {
      throw stageError(name, error);
    }
  }

  /** Fits every stage in turn. Errors of a stage name it. @returns this */
  async fit(X: PipelineIn<Steps>, y?: ArrayLike<unknown>, options?: FitOptions): Promise<this> {
    const rows = await this.#fitBeforeLast({ X, y, sampleWeight: options?.sampleWeight }, true, options);
    const [name, last] = this.steps[this.steps.length - 1];
    if (rows) await inStage(name, () => last.fit(rows.X, rows.y, options && { ...options, sampleWeight: rows.sampleWeight }));
    return this;
  }

  /** The last stage's predictions. */
  async predict(X: PipelineIn<Steps>): Promise<PredictionOf<LastStage<Steps>>> {
    return this.#askLast('predict', X) as never;
  }

  /** rows × classes, in the order of the classifier's `fitted.classes`. */
  async predictProba(X: PipelineIn<Steps>): Promise<DenseMatrix> {
    return this.#askLast('predictProba', X) as never;
  }

  /** The last stage's scores before they become probabilities: one per row for two classes, else rows × classes. */
  async decisionFunction(X: PipelineIn<Steps>): Promise<Float64Array | DenseMatrix> {
    return this.#askLast('decisionFunction', X) as never;
  }

  /** The last stage's own score: accuracy for classifiers, R² for regressors. */
  async score(X: PipelineIn<Steps>, y: ArrayLike<any>, options?: FitOptions): Promise<number> {
    return this.#askLast('score', X, y, options) as never;
  }

  /** Every stage's transform in turn; the last stage must be a transformer. */
  async transform(X: PipelineIn<Steps>): Promise<OutOf<LastStage<Steps>>> {
    return this.#askLast('transform', X) as never;
  }

  /**
   * Fits every stage, and returns what each stage's own `fitTransform` makes of these rows: a TargetEncoder encodes them by
   * other folds than a row's own, which `transform` after `fit` would not. Where a stage changes which rows there are, it is
   * `fit` and then `transform`, so that the rows remain those of y.
   */
  async fitTransform(X: PipelineIn<Steps>, y?: ArrayLike<unknown>, options?: FitOptions): Promise<OutOf<LastStage<Steps>>> {
    const [name, last] = this.steps[this.steps.length - 1] as unknown as [string, { fitTransform?(X: unknown, y: unknown, options: unknown): Promise<unknown> }];
    if (!last.fitTransform || this.steps.some(([, stage]) => isResampler(stage))) {
      await this.fit(X, y, options);
      return this.transform(X);
    }
    const rows = (await this.#fitBeforeLast({ X, y }, false)) as TrainingRows;
    return inStage(name, () => last.fitTransform!(rows.X, y, options)) as never;
  }

  /** What the last stage can do; a pipeline can do no more. */
  can(method: 'predict' | 'predictProba' | 'decisionFunction' | 'transform'): boolean {
    const [, stage] = this.steps[this.steps.length - 1];
    const { can } = stage as { can?: (method: string) => boolean };
    if (typeof can === 'function') return can.call(stage, method);
    return typeof (stage as unknown as Record<string, unknown>)[method] === 'function';
  }

  /** Names of the columns after every stage that transforms. */
  featureNamesOut(inputNames?: readonly string[]): string[] {
    let names = inputNames;
    for (const [, stage] of this.steps) {
      const named = stage as unknown as { featureNamesOut?(names?: readonly string[]): string[] };
      if (named.featureNamesOut) names = named.featureNamesOut(names);
    }
    return [...(names ?? [])];
  }

  /** X after all stages but the last. */
  async transformBeforeLast(X: PipelineIn<Steps>): Promise<unknown> {
    let current: unknown = X;
    for (const [name, stage] of this.steps.slice(0, -1)) {
      current = await inStage(name, () => (stage as unknown as { transform(X: unknown): Promise<unknown> }).transform(current));
    }
    return current;
  }

  /**
   * Fits the stages that others follow.
   * @param mayEnd whether the last one may be fitted with them
   * @returns what the last stage is to be fitted on; undefined if it has been
   */
  async #fitBeforeLast(rows: TrainingRows, mayEnd: boolean, options?: FitOptions): Promise<TrainingRows | undefined> {
    const last = this.steps.length - 1;
    let reached = rows;
    for (let i = 0; i < last; i++) {
      const rest = this.steps.slice(i, mayEnd ? undefined : last);
      const together = fitAtOnce(rest.map(([, stage]) => stage), mayEnd, reached, (position, error) => stageError(rest[position][0], error), options);
      if (together) {
        reached = together.rows;
        i += together.fitted;
        if (i >= last) return i > last ? undefined : reached;
      }
      const [name, stage] = this.steps[i];
      reached = await inStage(name, () => fitStage(stage, reached));
    }
    return reached;
  }

  async #askLast(method: string, X: PipelineIn<Steps>, ...rest: unknown[]): Promise<unknown> {
    const [name, stage] = this.steps[this.steps.length - 1];
    const ask = (stage as unknown as Record<string, unknown>)[method];
    if (typeof ask !== 'function') {
      throw new OptionError(`Pipeline: the last stage "${name}" must have ${method}, ${stage.constructor.name} has none.`);
    }
    const current = await this.transformBeforeLast(X);
    return inStage(name, () => ask.call(stage, current, ...rest) as Promise<unknown>);
  }
}
