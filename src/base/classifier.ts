import type { Label } from '../core/labels.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike, Sized } from '../matrix/matrix.ts';
import { LabelClassifier, type ClassesSeen } from './label-classifier.ts';

export type { ClassesSeen, LabelledRows, Target } from './label-classifier.ts';

/**
 * A classifier over a Matrix that knows probabilities: a subclass is `learn` and `probabilities`. Labels keep
 * their type: strings in, strings out.
 *
 * Counterpart: scikit-learn's ClassifierMixin, with predict_proba.
 */
export abstract class Classifier<
  Options extends object,
  Learned extends object,
  In = MatrixLike,
  Read extends Sized = Matrix,
> extends LabelClassifier<Options, Learned, In, Read> {
  /** rows × classes, each row summing to 1. */
  protected abstract probabilities(X: Read, fitted: Learned & ClassesSeen): DenseMatrix | Promise<DenseMatrix>;

  /** The most probable label of each row; the smaller class on a tie. */
  async predict(X: In): Promise<Label[]> {
    return this.labelsOf(await this.probabilities(this.checkSeen(X), this.fitted));
  }

  /** rows × classes, columns in the order of `fitted.classes`. */
  async predictProba(X: In): Promise<DenseMatrix> {
    return this.probabilities(this.checkSeen(X), this.fitted);
  }

  /** ln of predictProba; −∞ where a probability is 0. */
  async predictLogProba(X: In): Promise<DenseMatrix> {
    return logarithms(await this.predictProba(X));
  }

  /**
   * What several methods say of the same rows, by name: labels and probabilities come from one pass over the rows, unless
   * a class finds them in ways of its own.
   */
  async askAll<Method extends string>(X: In, methods: readonly Method[]): Promise<Map<Method, unknown>> {
    return this.answersBy(X, methods, { predictProba: () => this.predictProba(X) });
  }

  /** Answers of methods: from `known` where it has them, or what they follow from; else of the methods themselves. */
  protected async answersBy<Method extends string>(
    X: In,
    methods: readonly Method[],
    known: { predictProba(): DenseMatrix | Promise<DenseMatrix>; decisionFunction?(): unknown },
  ): Promise<Map<Method, unknown>> {
    let found: DenseMatrix | Promise<DenseMatrix> | undefined;
    const proba = (): DenseMatrix | Promise<DenseMatrix> => (found ??= known.predictProba());
    const { predict, predictLogProba } = Classifier.prototype;
    const answers: Record<string, (() => unknown) | undefined> = {
      ...known,
      predictProba: proba,
      predict: this.predict === predict ? async () => this.labelsOf(await proba()) : undefined,
      predictLogProba: this.predictLogProba === predictLogProba ? async () => logarithms(await proba()) : undefined,
    };
    const own = (method: string): unknown => (this as unknown as Record<string, (X: In) => unknown>)[method](X);
    const result = new Map<Method, unknown>();
    for (const method of methods) result.set(method, await (answers[method] ?? (() => own(method)))());
    return result;
  }
}

const logarithms = ({ rows, cols, data }: DenseMatrix): DenseMatrix => new DenseMatrix(rows, cols, data.map(Math.log));
