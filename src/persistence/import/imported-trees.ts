import { DataError, ModelError } from '../../core/errors.ts';
import type { Label } from '../../core/labels.ts';
import { DenseMatrix } from '../../matrix/dense-matrix.ts';
import { asMatrix, checkFeatures, type MatrixLike } from '../../matrix/matrix.ts';
import { leafOf } from '../../tree/leaf-of.ts';
import type { TreeNodes } from '../../tree/tree-nodes.ts';

/** How sums of leaves become predictions. */
export type ImportedLink = 'identity' | 'sigmoid' | 'softmax' | 'sigmoids' | 'exp' | 'signedSquare';

/** Trees of another library, and what is done with their leaves. */
export interface ImportedTreesParts {
  /** The library's name, for messages. */
  source: string;
  /** Tree t adds to output t % outputs; `value` holds one number a node. */
  trees: readonly TreeNodes[];
  /** Sums per row: the number of classes, or 1. */
  outputs: number;
  /** What the sums begin with, one per output. */
  base: Float64Array;
  link: ImportedLink;
  /** Scores are multiplied by it before a sigmoid. */
  slope: number;
  /** Whether the trees' mean is taken in place of their sum. */
  isAverage: boolean;
  /** Whether X, thresholds and sums are of single precision, as XGBoost's. */
  isSingle: boolean;
  /** Ascending; null for a regressor. */
  classes: readonly Label[] | null;
  nFeaturesIn: number;
}

/**
 * A boosted model of another library as the last stage of a pipeline: it predicts, and cannot be fitted. It is saved, loaded
 * and exported as any other stage; `clone` returns the model itself.
 *
 * X: samples × features, dense or CSR, NaN where a value is missing, columns in the order in which the model was trained.
 */
export class ImportedTrees {
  readonly options = Object.freeze({});
  readonly isFitted = true;
  readonly takes = 'matrix';
  readonly fitted: Readonly<ImportedTreesParts>;

  /** Use importLightGbm or importXgboost. @throws DataError for trees that do not fit each other */
  constructor(parts: ImportedTreesParts) {
    const { trees, outputs, base, classes, source } = parts;
    if (!(outputs >= 1) || base.length !== outputs || (classes !== null && classes.length !== (outputs === 1 ? 2 : outputs))) {
      throw new DataError(`${source}: there must be a base and a class for each of ${outputs} outputs, got ${base.length} and ${classes?.length ?? 'none'}.`);
    }
    trees.forEach((tree, t) => checkTree(source, tree, t, parts.nFeaturesIn));
    this.fitted = Object.freeze(parts);
  }

  get owner(): string {
    return 'ImportedTrees';
  }

  get estimatorType(): 'classifier' | 'regressor' {
    return this.fitted.classes === null ? 'regressor' : 'classifier';
  }

  can(method: string): boolean {
    return method === 'predict' || ((method === 'predictProba' || method === 'decisionFunction') && this.fitted.classes !== null);
  }

  toParts(): ImportedTreesParts {
    return this.fitted;
  }

  static fromParts(parts: ImportedTreesParts): ImportedTrees {
    return new ImportedTrees(parts);
  }

  clone(): this {
    return this;
  }

  with(changes: object): this {
    if (Object.keys(changes).length === 0) return this;
    throw new ModelError(`${this.owner}: it has no options, got ${Object.keys(changes).join(', ')}. Change them where the model was trained.`);
  }

  async fit(): Promise<never> {
    throw new ModelError(`${this.owner}: a model of ${this.fitted.source} only predicts. Train it where it came from, or use HistGradientBoosting here.`);
  }

  /** Labels of a classifier, else numbers. */
  async predict(X: MatrixLike): Promise<Label[] | Float64Array> {
    const { classes } = this.fitted;
    if (classes === null) return this.#linked(this.#raw(X)).data;
    const proba = await this.predictProba(X);
    return Array.from({ length: proba.rows }, (_, i) => {
      const row = proba.row(i);
      let best = 0;
      for (let k = 1; k < row.length; k++) if (row[k] > row[best]) best = k;
      return classes[best];
    });
  }

  /** rows × classes. @throws DataError for a regressor */
  async predictProba(X: MatrixLike): Promise<DenseMatrix> {
    this.#needClasses();
    return this.#linked(this.#raw(X));
  }

  /** Sums of leaves: one per row for two classes, else rows × classes. @throws DataError for a regressor */
  async decisionFunction(X: MatrixLike): Promise<Float64Array | DenseMatrix> {
    this.#needClasses();
    const raw = this.#raw(X);
    return raw.cols === 1 ? raw.data : raw;
  }

  #needClasses(): void {
    if (this.fitted.classes === null) throw new DataError(`${this.owner}: probabilities need a classifier, this model of ${this.fitted.source} is a regressor. Use predict.`);
  }

  #raw(X: MatrixLike): DenseMatrix {
    const { trees, outputs, base, nFeaturesIn, isAverage, isSingle } = this.fitted;
    const matrix = asMatrix(this.owner, X, { allowNaN: true, minRows: 0 });
    checkFeatures(this.owner, matrix, nFeaturesIn);
    const dense = matrix.toDense();
    const raw = new DenseMatrix(dense.rows, outputs);
    const rounds = trees.length / outputs;
    for (let i = 0; i < dense.rows; i++) {
      const row = isSingle ? Float32Array.from(dense.row(i)) : dense.row(i);
      const sums = raw.row(i);
      sums.set(base);
      for (let t = 0; t < trees.length; t++) {
        const sum = sums[t % outputs] + trees[t].value[leafOf(trees[t], row)];
        sums[t % outputs] = isSingle ? Math.fround(sum) : sum;
      }
      if (isAverage) for (let k = 0; k < outputs; k++) sums[k] /= rounds;
    }
    return raw;
  }

  #linked(raw: DenseMatrix): DenseMatrix {
    const { link, slope, classes } = this.fitted;
    const sigmoid = (score: number): number => 1 / (1 + Math.exp(-slope * score));
    if (link === 'sigmoid') {
      const second = raw.data.map(sigmoid);
      return classes === null ? new DenseMatrix(raw.rows, 1, second) : DenseMatrix.from(Array.from(second, (p) => [1 - p, p]));
    }
    if (link === 'sigmoids') return new DenseMatrix(raw.rows, raw.cols, raw.data.map(sigmoid));
    if (link === 'exp') return new DenseMatrix(raw.rows, raw.cols, raw.data.map(Math.exp));
    if (link === 'signedSquare') return new DenseMatrix(raw.rows, raw.cols, raw.data.map((value) => Math.sign(value) * value * value));
    if (link === 'identity') return raw;
    const proba = raw.copy();
    for (let i = 0; i < proba.rows; i++) {
      const row = proba.row(i);
      const top = Math.max(...row);
      let sum = 0;
      for (let k = 0; k < row.length; k++) sum += row[k] = Math.exp(row[k] - top);
      for (let k = 0; k < row.length; k++) row[k] /= sum;
    }
    return proba;
  }
}

/** Children behind their parents and columns within X: then every walk ends, and within the arrays. */
function checkTree(source: string, { left, right, feature, value }: TreeNodes, t: number, cols: number): void {
  const nodes = left.length;
  const isChild = (child: number, node: number): boolean => child > node && child < nodes;
  const wrong = left.findIndex((child, node) => child >= 0 && !(isChild(child, node) && isChild(right[node], node) && feature[node] >= 0 && feature[node] < cols));
  if (nodes === 0 || right.length !== nodes || feature.length !== nodes || value.length !== nodes || wrong >= 0) {
    throw new DataError(`${source}: tree ${t} must be a tree over ${cols} columns, ${wrong >= 0 ? `node ${wrong} leads out of it` : `its ${nodes} nodes are not told whole`}. The file is damaged.`);
  }
}
