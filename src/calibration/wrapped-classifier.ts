import { DataError, OptionError } from '../core/errors.ts';
import { Estimator, type Takes } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { hoistFor } from '../core/hoisting.ts';
import { uniqueLabels, type Label, type Labels } from '../core/labels.ts';
import { checkSameRows } from '../core/rows.ts';
import { custom, type Rule } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { askModel, canPredict, ownerOf, predictorOf, type Model, type PredictionMethod } from '../model-selection/model.ts';
import { restoreStage } from '../pipeline/restore-stage.ts';
import type { Stage } from '../pipeline/stage.ts';

/** A classifier, or a pipeline that ends in one. */
export type ClassifierModel = Model & Stage;

export interface WrappedFitted {
  /** Ascending; column k of predictProba is classes[k]. */
  classes: readonly Label[];
}

/** The `estimator` option; it must be given. */
export const estimatorRule = (): Rule<ClassifierModel> =>
  custom<ClassifierModel>(
    undefined as never,
    'a classifier or a pipeline that ends in one',
    (v) => ['fit', 'predict', 'clone', 'with'].every((method) => typeof (v as Record<string, unknown> | null)?.[method] === 'function'),
  );

/** A classifier around another: it takes what the other takes, and the other's tokenising can be done before the folds. */
export abstract class WrappedClassifier<Options extends { estimator: ClassifierModel }, Fitted extends WrappedFitted> extends Estimator<Options, Fitted> {
  readonly estimatorType = 'classifier';

  /** @throws OptionError without an estimator */
  constructor(options: Options) {
    super(options);
    if (this.options.estimator === undefined) {
      throw new OptionError(`${this.owner}: estimator must be a classifier or a pipeline that ends in one, got undefined.`);
    }
  }

  override get takes(): Takes {
    return this.options.estimator.takes ?? 'matrix';
  }

  /** Changes of options; those of `estimator` may be given as an object of its own options. */
  override with(changes: Partial<Options>): this {
    const { estimator } = changes as { estimator?: object };
    const isModel = estimator === undefined || typeof (estimator as Partial<Model>).fit === 'function';
    return super.with((isModel ? changes : { ...changes, estimator: this.options.estimator.with(estimator) }) as Partial<Options>);
  }

  /** X after the estimator's stateless work; accepted wherever X is. */
  hoist(X: unknown, done?: unknown[]): unknown {
    return hoistFor(this.options.estimator, X, done);
  }

  /** Accuracy of predict(X) against y, weighted if weights are given. */
  async score(X: unknown, y: Labels, { sampleWeight }: FitOptions = {}): Promise<number> {
    const predicted = await this.predict(X);
    checkSameRows(this.owner, { X: predicted, y });
    let hits = 0;
    let total = 0;
    for (let i = 0; i < predicted.length; i++) {
      const weight = sampleWeight ? sampleWeight[i] : 1;
      if (predicted[i] === y[i]) hits += weight;
      total += weight;
    }
    return hits / total;
  }

  abstract fit(X: unknown, y: Labels, options?: FitOptions): Promise<this>;
  abstract predict(X: unknown): Promise<Label[]>;

  /** A model with the estimator's options and a learned record. */
  protected restored(fitted: object): ClassifierModel {
    const model = this.options.estimator.clone() as ClassifierModel;
    restoreStage(model, fitted);
    return model;
  }

  /** The classes of y, at least two, or exactly two. */
  protected classesOf(X: unknown, y: Labels, { binary }: { binary: boolean }): Label[] {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one label per row.`);
    checkSameRows(this.owner, { X, y });
    const classes = uniqueLabels(this.owner, y);
    if (classes.length < 2 || (binary && classes.length > 2)) {
      throw new DataError(`${this.owner}: y must have ${binary ? 'two' : 'at least 2'} classes, got ${classes.length} (${classes.slice(0, 5).map(show).join(', ')}).`);
    }
    return classes;
  }

  /** The first of the methods that the estimator has. */
  protected methodOf(methods: readonly PredictionMethod[]): PredictionMethod {
    const { estimator } = this.options;
    const method = methods.find((name) => canPredict(estimator, name));
    if (method) return method;
    throw new OptionError(`${this.owner}: estimator must have ${methods.join(' or ')}, ${ownerOf(predictorOf(estimator))} has none. Use another classifier.`);
  }
}

/** A fitted model's decision values or probabilities as a matrix: one column for two classes, that of the greater one. */
export async function responses(model: ClassifierModel, X: unknown, method: PredictionMethod): Promise<DenseMatrix> {
  return asColumns((await askModel(model, X, [method])).get(method) as Float64Array | DenseMatrix, method);
}

export function asColumns(values: Float64Array | DenseMatrix, method: PredictionMethod): DenseMatrix {
  if (!(values instanceof DenseMatrix)) return DenseMatrix.column(values);
  return method === 'predictProba' && values.cols === 2 ? DenseMatrix.column(values.col(1)) : values;
}
