import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { nameError } from '../core/name-error.ts';
import { RandomState } from '../core/random-state.ts';
import { checkSameRows, rowCount, takeRows } from '../core/rows.ts';
import { either, flag, integer, number, optional, seed, type Rules } from '../core/rules.ts';
import { sampleWithoutReplacement } from '../core/sample-without-replacement.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { asMatrix, checkFeatures, type MatrixLike } from '../matrix/matrix.ts';
import { MetaEstimator, modelOrNullRule, type Member, type NamedMember } from '../model-selection/meta-estimator.ts';
import { weighsRows } from '../model-selection/model.ts';
import { drawRows } from './draw-rows.ts';
import { seededModel } from './seeded-model.ts';

export interface BaggingOptions<M extends Member | null = Member | null> {
  /** What is fitted again and again: a model, or a whole pipeline. Default null: see the class. */
  estimator?: M;
  /** How many copies. Default 10. */
  nEstimators?: number;
  /** Rows that each copy draws: a share in (0, 1], a number of 2 and more, or null for as many as there are. Default null. */
  maxSamples?: number | null;
  /** Columns that each copy draws: a share in (0, 1], or a number of 2 and more. Default 1, the share: all. */
  maxFeatures?: number;
  /** Whether rows are drawn with replacement. Default true. */
  bootstrap?: boolean;
  /** Whether columns are drawn with replacement. Default false. */
  bootstrapFeatures?: boolean;
  /** Whether to judge every row by the copies that did not draw it. Default false. */
  oobScore?: boolean;
  /** Seed of what is drawn and of the copies' own randomness; null stands for 0. Default null. */
  randomState?: number | null;
}

/** What a bagging ensemble has learned. */
export interface BaggingFitted {
  /** The fitted copies. */
  estimators: readonly Member[];
  /** Rows that each copy drew, in the order drawn. */
  estimatorsSamples: readonly Int32Array[];
  /** Columns that each copy drew; null where all take X as it is. */
  estimatorsFeatures: readonly Int32Array[] | null;
  /** Columns of X in fit; 1 where X is no matrix. */
  nFeaturesIn: number;
  /** Accuracy or R² of the out-of-bag answers; with `oobScore` only. */
  oobScore?: number;
  /** Rows that every copy drew, where out-of-bag answers were asked for. */
  notes: readonly string[];
}

const shareOrNumber = either<number>([number(1, { min: 0, max: 1, openMin: true }), integer(2, { min: 2 })], 1);

export const baggingRules: Rules<BaggingOptions> = {
  estimator: modelOrNullRule('a model with fit, predict, clone and with'),
  nEstimators: integer(10, { min: 1 }),
  maxSamples: optional(shareOrNumber),
  maxFeatures: shareOrNumber,
  bootstrap: flag(true),
  bootstrapFeatures: flag(false),
  oobScore: flag(false),
  randomState: seed(),
};

/** Copies of one model, each fitted on rows and columns drawn at random. What the classifier and the regressor share. */
export abstract class Bagging<Options extends BaggingOptions, Fitted extends BaggingFitted> extends MetaEstimator<Options, Fitted> {
  /** The model where none is given. */
  protected abstract defaultEstimator(): Member;

  protected get model(): Member {
    return this.options.estimator ?? this.defaultEstimator();
  }

  protected override get members(): readonly NamedMember[] {
    return [['estimator', this.model]];
  }

  /**
   * Draws and fits the copies.
   * @param targets y as the copies learn it
   */
  protected async fitCopies(X: unknown, targets: ArrayLike<unknown>, { sampleWeight }: FitOptions): Promise<BaggingFitted> {
    if (targets == null) throw new DataError(`${this.owner}: y must be given, got ${show(targets)}. Pass one label or number per row.`);
    checkSameRows(this.owner, { X, y: targets });
    const weights = checkSampleWeight(this.owner, sampleWeight, targets.length);
    const { nEstimators, bootstrap, oobScore, randomState, bootstrapFeatures, maxFeatures } = this.options as unknown as Required<BaggingOptions>;
    if (!bootstrap && oobScore) throw new OptionError(`${this.owner}: oobScore must be false without bootstrap, got true. Every copy sees every row.`);
    const rows = rowCount(X);
    const size = this.#rowsToDraw(rows, weights);
    const drawsColumns = bootstrapFeatures || maxFeatures !== 1;
    const matrix = drawsColumns ? asMatrix(this.owner, X as MatrixLike, { allowNaN: true }) : null;
    const cols = matrix === null ? this.#columnsOf(X) : matrix.cols;
    const columnsToDraw = maxFeatures > 1 ? maxFeatures : Math.max(1, Math.floor(maxFeatures * cols));
    if (columnsToDraw > cols) throw new ShapeError(`${this.owner}: maxFeatures must be at most the number of columns (${cols}), got ${maxFeatures}.`);

    const seeds = new RandomState(randomState).randint(0, 2 ** 31 - 1, nEstimators);
    const estimators: Member[] = [];
    const samples: Int32Array[] = [];
    const features: Int32Array[] = [];
    for (const copySeed of seeds) {
      const random = new RandomState(copySeed);
      features.push(bootstrapFeatures ? Int32Array.from(random.randint(0, cols, columnsToDraw)) : sampleWithoutReplacement(random, cols, columnsToDraw));
      const drawn = drawRows(random, rows, size, bootstrap, weights);
      const copy = seededModel(this.model, new RandomState(copySeed));
      const own = matrix === null ? X : matrix.takeCols(features[features.length - 1]);
      const fitting = weighsRows(copy) ? copy.fit(own, targets, { sampleWeight: timesDrawn(drawn, rows) }) : copy.fit(takeRows(own, drawn), takeRows(targets, drawn));
      await fitting.catch((error: unknown) => {
        // Its columns are numbered as drawn.
        throw matrix === null ? error : nameError(`${this.owner}: columns ${features[features.length - 1].join(', ')}`, error);
      });
      estimators.push(copy);
      samples.push(drawn);
    }
    return { estimators, estimatorsSamples: samples, estimatorsFeatures: drawsColumns ? features : null, nFeaturesIn: cols, notes: [] };
  }

  /** X as one copy takes it. */
  protected columnsFor(X: unknown, fitted: BaggingFitted, copy: number): unknown {
    const features = fitted.estimatorsFeatures?.[copy];
    if (features === undefined) return X;
    const matrix = asMatrix(this.owner, X as MatrixLike, { allowNaN: true, minRows: 0 });
    checkFeatures(this.owner, matrix, fitted.nFeaturesIn);
    return matrix.takeCols(features);
  }

  /** For each copy, the rows that it did not draw. */
  protected leftOut(fitted: BaggingFitted, rows: number): Int32Array[] {
    return fitted.estimatorsSamples.map((drawn) => {
      const seen = new Uint8Array(rows);
      for (const row of drawn) seen[row] = 1;
      return Int32Array.from({ length: rows }, (_, i) => i).filter((i) => seen[i] === 0);
    });
  }

  /** A sentence about rows without an out-of-bag answer, if there are any. */
  protected oobNotes(unanswered: number): string[] {
    return unanswered === 0 ? [] : [`${this.owner}: ${unanswered} ${unanswered === 1 ? 'row has' : 'rows have'} no out-of-bag answer. Use more copies.`];
  }

  #rowsToDraw(rows: number, weights: Float64Array | undefined): number {
    const { maxSamples, bootstrap } = this.options as unknown as Required<BaggingOptions>;
    const total = weights?.reduce((sum, w) => sum + w, 0) ?? rows;
    const size = maxSamples === null ? rows : maxSamples <= 1 ? Math.max(1, Math.floor(maxSamples * total)) : maxSamples;
    if (!bootstrap && size > rows) throw new ShapeError(`${this.owner}: maxSamples must be at most the number of rows (${rows}) without bootstrap, got ${size}.`);
    return size;
  }

  /** Columns of a matrix or of rows; 1 where X is of another kind, whose columns are not drawn. */
  #columnsOf(X: unknown): number {
    const { cols } = X as { cols?: number };
    const first: unknown = Array.isArray(X) ? X[0] : undefined;
    return cols ?? (Array.isArray(first) || ArrayBuffer.isView(first) ? (first as ArrayLike<number>).length : 1);
  }
}

/** How often each row was drawn. */
function timesDrawn(drawn: Int32Array, rows: number): Float64Array {
  const times = new Float64Array(rows);
  for (const row of drawn) times[row]++;
  return times;
}
