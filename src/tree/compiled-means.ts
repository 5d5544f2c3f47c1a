import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import { Poisson, SquaredError } from './mean-criterion.ts';

/** What compiled code reads of a criterion over means. */
export interface CompiledMeans {
  readonly compiled: {
    /** Σ w·y, Σ w·y² and Σ w of the node. */
    sums: Float64Array;
    y: Float64Array;
    weights: Float64Array | undefined;
    isPoisson: boolean;
  };
}

type Parts = CompiledMeans['compiled'] & { kernels: KernelExports; samples: Int32Array };

/** Sums up a node's rows in compiled code, in the order in which MeanCriterion does. */
function sumUp({ kernels, samples, sums, y, weights }: Parts, start: number, end: number): Float64Array {
  kernels.sumValues(samples.byteOffset, start, end, y.byteOffset, weights?.byteOffset ?? 0, sums.byteOffset);
  return sums;
}

/** SquaredError whose nodes are opened in compiled code. All arrays lie in the arena. */
export class CompiledSquaredError extends SquaredError implements CompiledMeans {
  readonly compiled: Parts;

  constructor(arena: Arena, kernels: KernelExports, samples: Int32Array, weights: Float64Array | undefined, y: Float64Array) {
    super(samples, weights, y);
    this.compiled = { kernels, samples, sums: arena.float64(3), y, weights, isPoisson: false };
  }

  protected override sumUp(): void {
    [this.total, this.squares, this.nodeWeight] = sumUp(this.compiled, this.start, this.end);
  }
}

/** Poisson whose nodes are opened in compiled code. All arrays lie in the arena. */
export class CompiledPoisson extends Poisson implements CompiledMeans {
  readonly compiled: Parts;

  constructor(arena: Arena, kernels: KernelExports, samples: Int32Array, weights: Float64Array | undefined, y: Float64Array) {
    super(samples, weights, y);
    this.compiled = { kernels, samples, sums: arena.float64(3), y, weights, isPoisson: true };
  }

  protected override sumUp(): void {
    [this.total, this.squares, this.nodeWeight] = sumUp(this.compiled, this.start, this.end);
  }
}
