import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, custom, either, flag, integer, number, optional, seed, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { timesBlock, turnedMap, withBlockMap } from '../matrix/block-map.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { multiply, selfProduct } from '../matrix/multiply.ts';
import { componentNames } from './component-names.ts';
import { descendCoordinates } from './descend-coordinates.ts';
import { initialFactors, type Factors, type NmfInit } from './initial-factors.ts';

export interface NmfOptions {
  /** Number of parts, k; 'auto' is as many as X has columns, or as the given H has rows. Default 'auto'. */
  nComponents?: number | 'auto';
  /**
   * Where to start: 'nndsvd' (singular vectors, cut at 0: sparse factors), 'nndsvda' (zeros filled with the mean of
   * X), 'nndsvdar' (filled with small random values), 'random', factors { W, H } of one's own, or null:
   * 'nndsvda' for k ≤ min(rows, columns), else 'random'. Default null.
   */
  init?: NmfInit | Factors | null;
  /** Stop once the summed violations of optimality are this share of those in the first round. Default 1e-4. */
  tol?: number;
  /** Most rounds. Default 200. */
  maxIter?: number;
  /** Seed of 'random', 'nndsvd…' and `shuffle`. Default null, which is 0. */
  randomState?: number | null;
  /** Weight of W's penalty, times the number of columns. Default 0. */
  alphaW?: number;
  /** Weight of H's penalty, times the number of rows; 'same' is alphaW. Default 'same'. */
  alphaH?: number | 'same';
  /** Share of the absolute-value penalty; the rest is squares. Default 0. */
  l1Ratio?: number;
  /** Whether each round takes the parts in random order. Default false. */
  shuffle?: boolean;
}

/** What NMF has learned; k is the number of parts. */
export interface NmfFitted extends FeaturesSeen {
  /** H, k × columns, none negative. */
  components: DenseMatrix;
  /** ‖X − W·H‖ (Frobenius) of the rows in fit. */
  reconstructionErr: number;
  /** Rounds made. */
  iterations: number;
  /** Whether the tolerance was met before maxIter. */
  converged: boolean;
}

/**
 * Non-negative matrix factorisation: X ≈ W·H with no negative number anywhere, so that rows are sums of parts.
 *
 * Minimises ½‖X − W·H‖² + penalties over W (rows × k) and H (k × columns) in turn, one column at a time, where the
 * penalties are α_W·columns·(l1Ratio·Σ|W| + ½(1 − l1Ratio)·ΣW²) and the like for H with the number of rows.
 * X: rows × columns, none negative, dense or sparse. `transform` returns W, dense, for the H that was learned.
 *
 * `fitted`: components (H), reconstructionErr, iterations, converged.
 *
 * Counterpart: scikit-learn's NMF(solver="cd", beta_loss="frobenius"); init="custom" is `init: { W, H }`. As there,
 * `fitTransform` returns the W of the fit, which `transform` finds again only as far as the fit converged.
 * Source: Cichocki and Phan, "Fast local algorithms for large scale nonnegative matrix and tensor factorizations",
 * IEICE Trans. Fundamentals E92-A(3), 2009.
 *
 * @throws DataError for negative numbers; OptionError, ShapeError for k or factors that do not fit X
 * @example
 * const nmf = await new NMF({ nComponents: 10 }).fit(counts);
 * nmf.fitted.components; // 10 topics × words
 */
export class NMF extends MatrixTransformer<NmfOptions, Omit<NmfFitted, 'nFeaturesIn'>> {
  static override readonly rules: Rules<NmfOptions> = {
    nComponents: either<number | 'auto'>([integer(1, { min: 1 }), choice('auto', ['auto'])], 'auto'),
    init: optional(
      custom<NmfInit | Factors>('nndsvda', "one of 'random', 'nndsvd', 'nndsvda', 'nndsvdar', or { W, H }", (v) => isInit(v) || isFactors(v)),
    ),
    tol: number(1e-4, { min: 0 }),
    maxIter: integer(200, { min: 1 }),
    randomState: seed(),
    alphaW: number(0, { min: 0 }),
    alphaH: either<number | 'same'>([number(0, { min: 0 }), choice('same', ['same'])], 'same'),
    l1Ratio: number(0, { min: 0, max: 1 }),
    shuffle: flag(false),
  };

  protected learn(X: Matrix): Omit<NmfFitted, 'nFeaturesIn'> {
    return this.#factorise(X).learned;
  }

  /** Learns H and returns W, as one factorisation leaves them. */
  override async fitTransform(X: MatrixLike, _y?: ArrayLike<unknown>, _options?: FitOptions): Promise<DenseMatrix> {
    const matrix = asMatrix(this.owner, X);
    const { W, learned } = this.#factorise(matrix);
    this.restore({ ...learned, nFeaturesIn: matrix.cols });
    return W;
  }

  protected apply(X: Matrix, { components }: NmfFitted): DenseMatrix {
    this.#refuseNegative(X);
    const { tol, maxIter, shuffle, randomState } = this.options;
    const W = new DenseMatrix(X.rows, components.rows);
    const Ht = components.transpose();
    const { l1W, l2W } = this.#penalties(X);
    const HHt = selfProduct(Ht);
    const XHt = timesBlock(X, Ht);
    const random = shuffle ? new RandomState(randomState) : null;
    let first = 0;
    for (let round = 1; round <= maxIter; round++) {
      const violation = descendCoordinates(W, HHt, XHt, l1W, l2W, random);
      if (round === 1) first = violation;
      if (first === 0 || violation / first <= tol) break;
    }
    return W;
  }

  /** W·H: rows × columns. @throws ShapeError unless W has one column per part */
  async inverseTransform(W: MatrixLike): Promise<DenseMatrix> {
    const { components } = this.fitted;
    const weights = asMatrix(this.owner, W, { minRows: 0 });
    checkFeatures(this.owner, weights, components.rows);
    return timesBlock(weights, components);
  }

  override featureNamesOut(): string[] {
    return componentNames(this.owner, this.fitted.components.rows);
  }

  #factorise(X: Matrix): { W: DenseMatrix; learned: Omit<NmfFitted, 'nFeaturesIn'> } {
    this.#refuseNegative(X);
    const { tol, maxIter, shuffle, randomState } = this.options;
    const { W, H } = this.#start(X);
    const Ht = H.transpose();
    const { l1W, l1H, l2W, l2H } = this.#penalties(X);
    const random = shuffle ? new RandomState(randomState) : null;
    let first = 0;
    let iterations = 0;
    let converged = false;
    withBlockMap(X, (A) => {
      const At = turnedMap(A);
      while (iterations < maxIter && !converged) {
        let violation = descendCoordinates(W, selfProduct(Ht), A.times(Ht), l1W, l2W, random);
        violation += descendCoordinates(Ht, selfProduct(W), At.times(W), l1H, l2H, random);
        if (++iterations === 1) first = violation;
        converged = first === 0 || violation / first <= tol;
      }
    });
    const components = Ht.transpose();
    return { W, learned: { components, reconstructionErr: distance(X, W, components, Ht), iterations, converged } };
  }

  #start(X: Matrix): Factors {
    const { init, randomState } = this.options;
    if (isFactors(init)) {
      const { W, H } = init;
      const nComponents = this.options.nComponents === 'auto' ? H.rows : this.options.nComponents;
      this.#checkFactor('W', W, X.rows, nComponents);
      this.#checkFactor('H', H, nComponents, X.cols);
      return { W: W.copy(), H: H.copy() };
    }
    const nComponents = this.options.nComponents === 'auto' ? X.cols : this.options.nComponents;
    const most = Math.min(X.rows, X.cols);
    if (init !== null && init !== 'random' && nComponents > most) {
      throw new OptionError(`${this.owner}: nComponents must be at most ${most} with init '${init}', got ${nComponents}. Use init: 'random'.`);
    }
    return initialFactors(X, nComponents, init ?? (nComponents <= most ? 'nndsvda' : 'random'), new RandomState(randomState));
  }

  #checkFactor(name: string, factor: DenseMatrix, rows: number, cols: number): void {
    if (factor.rows !== rows || factor.cols !== cols) {
      throw new ShapeError(`${this.owner}: init.${name} must be ${rows} × ${cols}, got ${factor.rows} × ${factor.cols}.`);
    }
    asMatrix(`${this.owner}: init.${name}`, factor);
    if (factor.data.some((v) => v < 0)) throw new DataError(`${this.owner}: init.${name} must not be negative, got ${factor.data.find((v) => v < 0)}.`);
    if (factor.data.every((v) => v === 0)) throw new DataError(`${this.owner}: init.${name} must not be zero everywhere.`);
  }

  #penalties({ rows, cols }: Matrix): Record<'l1W' | 'l1H' | 'l2W' | 'l2H', number> {
    const { alphaW, alphaH, l1Ratio } = this.options;
    const onW = cols * alphaW;
    const onH = rows * (alphaH === 'same' ? alphaW : alphaH);
    return { l1W: onW * l1Ratio, l1H: onH * l1Ratio, l2W: onW * (1 - l1Ratio), l2H: onH * (1 - l1Ratio) };
  }

  #refuseNegative(X: Matrix): void {
    const value = X.data.find((v) => v < 0);
    if (value !== undefined) throw new DataError(`${this.owner}: X must not hold negative numbers, got ${show(value)}. Scale it to [0, 1], or use PCA.`);
  }
}

function isInit(value: unknown): value is NmfInit {
  return value === 'random' || value === 'nndsvd' || value === 'nndsvda' || value === 'nndsvdar';
}

function isFactors(value: unknown): value is Factors {
  const { W, H } = (value ?? {}) as Partial<Factors>;
  return W instanceof DenseMatrix && H instanceof DenseMatrix;
}

/** ‖X − W·H‖; for a sparse X by ‖X‖² − 2·⟨X·Hᵀ, W⟩ + ⟨WᵀW, HHᵀ⟩, which fills nothing. */
function distance(X: Matrix, W: DenseMatrix, H: DenseMatrix, Ht: DenseMatrix): number {
  let sum = 0;
  if (X.kind === 'dense') {
    const { data } = multiply(W, H);
    for (let p = 0; p < data.length; p++) sum += (X.data[p] - data[p]) ** 2;
    return Math.sqrt(sum);
  }
  for (const value of X.data) sum += value * value;
  const XHt = timesBlock(X, Ht).data;
  for (let p = 0; p < XHt.length; p++) sum -= 2 * XHt[p] * W.data[p];
  const WtW = selfProduct(W).data;
  const HHt = selfProduct(Ht).data;
  for (let p = 0; p < WtW.length; p++) sum += WtW[p] * HHt[p];
  // Rounding can leave less than nothing of an exact factorisation.
  return Math.sqrt(Math.max(sum, 0));
}
