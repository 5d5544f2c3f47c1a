import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import { Poisson, SquaredError } from './mean-criterion.ts';

/** What compiled code reads of a criterion over means. */
export interface CompiledMeans {
  readonly compiled: Sums;
}

/** Sums of rows in compiled code, in the order in which MeanCriterion builds them. All arrays lie in the arena. */
class Sums {
  /** Σ w·y, Σ w·y² and Σ w of the rows last summed up. */
  readonly sums: Float64Array;
  /** w·y and w of each row. */
  readonly pairs: Float64Array;
  readonly isPoisson: boolean;
  readonly #kernels: KernelExports;
  readonly #samples: Int32Array;
  readonly #y: Float64Array;
  readonly #weights: Float64Array | undefined;
  readonly #side: Float64Array;

  constructor(arena: Arena, kernels: KernelExports, samples: Int32Array, weights: Float64Array | undefined, y: Float64Array, isPoisson: boolean) {
    this.sums = arena.float64(3);
    this.pairs = arena.float64(2 * y.length);
    for (let i = 0; i < y.length; i++) {
      const w = weights === undefined ? 1 : weights[i];
      this.pairs[2 * i] = w * y[i];
      this.pairs[2 * i + 1] = w;
    }
    this.isPoisson = isPoisson;
    this.#kernels = kernels;
    this.#samples = samples;
    this.#y = arena.copyFloat64(y);
    this.#weights = weights && arena.copyFloat64(weights);
    this.#side = arena.float64(3);
  }

  ofNode(start: number, end: number): Float64Array {
    return this.#sumUp(start, end, this.sums);
  }

  /** Σ w·y² of a part of the node. */
  squares(start: number, end: number): number {
    return this.#sumUp(start, end, this.#side)[1];
  }

  /** Σ w·y and Σ w of what lies left of `pos` in the node. */
  left(start: number, pos: number, end: number): Float64Array {
    const { sums, pairs } = this;
    this.#kernels.sumLeft(this.#samples.byteOffset, start, pos, end, pairs.byteOffset, sums[0], sums[2], this.#side.byteOffset);
    return this.#side;
  }

  #sumUp(start: number, end: number, out: Float64Array): Float64Array {
    this.#kernels.sumValues(this.#samples.byteOffset, start, end, this.#y.byteOffset, this.#weights?.byteOffset ?? 0, out.byteOffset);
    return out;
  }
}

type Parts = [arena: Arena, kernels: KernelExports, samples: Int32Array, weights: Float64Array | undefined, y: Float64Array];

/** SquaredError whose nodes are opened and split in compiled code; `update` counts from the start. */
export class CompiledSquaredError extends SquaredError implements CompiledMeans {
  readonly compiled: Sums;

  constructor(...[arena, kernels, samples, weights, y]: Parts) {
    super(samples, weights, y);
    this.compiled = new Sums(arena, kernels, samples, weights, y, false);
  }

  protected override sumUp(): void {
    const sums = this.compiled.ofNode(this.start, this.end);
    this.total = sums[0];
    this.squares = sums[1];
    this.nodeWeight = sums[2];
  }

  override update(pos: number): void {
    const side = this.compiled.left(this.start, pos, this.end);
    this.settle(pos, side[0], side[1]);
  }

  protected override leftSquares(): number {
    return this.compiled.squares(this.start, this.pos);
  }
}

/** Poisson whose nodes are opened and split in compiled code; `update` counts from the start. */
export class CompiledPoisson extends Poisson implements CompiledMeans {
  readonly compiled: Sums;

  constructor(...[arena, kernels, samples, weights, y]: Parts) {
    super(samples, weights, y);
    this.compiled = new Sums(arena, kernels, samples, weights, y, true);
  }

  protected override sumUp(): void {
    const sums = this.compiled.ofNode(this.start, this.end);
    this.total = sums[0];
    this.squares = sums[1];
    this.nodeWeight = sums[2];
  }

  override update(pos: number): void {
    const side = this.compiled.left(this.start, pos, this.end);
    this.settle(pos, side[0], side[1]);
  }
}
