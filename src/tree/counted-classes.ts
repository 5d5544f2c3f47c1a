import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import { ClassCriterion } from './class-criterion.ts';
import { entropy, gini } from './class-impurity.ts';

/** Largest weight and class that a note has room for. */
const MOST = 65_535;
/** Largest weight of all rows: its square is exact, and it has room in 32 bits. */
const MOST_IN_ALL = Math.floor(Math.sqrt(2 ** 53));

/** Whether all weights are whole numbers that notes have room for, and exact sums and squares come of them. */
export function areCounts(weights: Float64Array | undefined, classes: number): boolean {
  if (classes > MOST) return false;
  if (weights === undefined) return true;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] > MOST || weights[i] !== Math.floor(weights[i])) return false;
    sum += weights[i];
  }
  return sum <= MOST_IN_ALL;
}

/**
 * ClassCriterion over whole-numbered weights, summed up in compiled code from notes on the samples, which move with them.
 * Sums of whole numbers are exact, whatever their order.
 */
export class CountedClasses extends ClassCriterion {
  readonly isGini: boolean;
  /** Weight · 2¹⁶ + class of each sample. */
  readonly notes: Int32Array;
  readonly #kernels: KernelExports;

  /** @param samples in the arena */
  constructor(arena: Arena, kernels: KernelExports, samples: Int32Array, weights: Float64Array | undefined, codes: Int32Array, classes: number, isGini: boolean) {
    super(samples, weights, codes, isGini ? gini : entropy, arena.float64(classes), arena.float64(classes));
    this.isGini = isGini;
    this.notes = arena.int32(samples.length);
    for (let p = 0; p < samples.length; p++) this.notes[p] = (this.weightOf(samples[p]) << 16) | codes[samples[p]];
    this.#kernels = kernels;
  }

  /** The weight of each class in the node. */
  get totals(): Float64Array {
    return this.total;
  }

  override open(start: number, end: number): void {
    this.start = start;
    this.end = end;
    this.nodeWeight = this.#kernels.sumClasses(this.notes.byteOffset, start, end, this.total.byteOffset, this.outputs);
  }

  /** Nothing to do: update counts from the start. */
  override reset(): void {}

  override update(pos: number): void {
    const { total, left, right } = this;
    this.leftWeight = this.#kernels.sumClasses(this.notes.byteOffset, this.start, pos, left.byteOffset, this.outputs);
    this.rightWeight = this.nodeWeight - this.leftWeight;
    for (let c = 0; c < right.length; c++) right[c] = total[c] - left[c];
  }
}
