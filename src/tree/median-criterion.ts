import { Criterion } from './criterion.ts';
import { WeightTree } from './weight-tree.ts';

/** Mean |y − median|: what is left of every split's sides is worked out beforehand, from both ends, for each order of the rows. */
export class AbsoluteError extends Criterion {
  readonly #y: Float64Array;
  /** The node's values of y ascending, and the rank of each row among them. */
  #sorted = new Float64Array(0);
  readonly #ranks: Int32Array;
  readonly #tree: WeightTree;
  /** At p: of samples[start … p], and of samples[p … end). */
  readonly #leftErrors: Float64Array;
  readonly #rightErrors: Float64Array;
  readonly #leftMedians: Float64Array;
  readonly #rightMedians: Float64Array;

  constructor(samples: Int32Array, weights: Float64Array | undefined, y: Float64Array) {
    super(samples, weights, 1);
    this.#y = y;
    const n = samples.length;
    this.#ranks = new Int32Array(y.length);
    this.#tree = new WeightTree(n);
    this.#leftErrors = new Float64Array(n);
    this.#rightErrors = new Float64Array(n);
    this.#leftMedians = new Float64Array(n);
    this.#rightMedians = new Float64Array(n);
  }

  open(start: number, end: number): void {
    const y = this.#y;
    this.start = start;
    this.end = end;
    this.nodeWeight = 0;
    for (let p = start; p < end; p++) this.nodeWeight += this.weightOf(this.samples[p]);
    const rows = this.samples.slice(start, end).sort((a, b) => y[a] - y[b]);
    this.#sorted = Float64Array.from(rows, (row) => y[row]);
    for (let rank = 0; rank < rows.length; rank++) this.#ranks[rows[rank]] = rank;
    this.reset();
  }

  reset(): void {
    this.pos = this.start;
    this.leftWeight = 0;
    this.rightWeight = this.nodeWeight;
    this.#measure(this.start, 1, this.#leftErrors, this.#leftMedians);
    this.#measure(this.end - 1, -1, this.#rightErrors, this.#rightMedians);
  }

  #measure(from: number, step: number, errors: Float64Array, medians: Float64Array): void {
    const tree = this.#tree;
    const sorted = this.#sorted;
    tree.reset(sorted.length);
    for (let p = from, k = 0; k < sorted.length; p += step, k++) {
      const rank = this.#ranks[this.samples[p]];
      tree.add(rank, sorted[rank], this.weightOf(this.samples[p]));
      const half = 0.5 * tree.totalWeight;
      const lower = tree.search(half, true);
      const upper = tree.search(half, false);
      const median = lower === upper ? sorted[upper] : (sorted[lower] + sorted[upper]) / 2;
      const weightAbove = tree.totalWeight - tree.weightBelow;
      const productAbove = tree.totalProduct - tree.productBelow;
      medians[p] = median;
      errors[p] = productAbove - median * weightAbove + (median * tree.weightBelow - tree.productBelow);
    }
  }

  update(pos: number): void {
    for (let p = this.pos; p < pos; p++) this.leftWeight += this.weightOf(this.samples[p]);
    this.rightWeight = this.nodeWeight - this.leftWeight;
    this.pos = pos;
  }

  nodeImpurity(): number {
    return this.#rightErrors[this.start] / this.nodeWeight;
  }

  measureChildren(): void {
    this.leftImpurity = this.#leftErrors[this.pos - 1] / this.leftWeight;
    this.rightImpurity = this.#rightErrors[this.pos] / this.rightWeight;
  }

  writeValue(out: Float64Array, at: number): void {
    out[at] = this.#rightMedians[this.start];
  }

  protected get leftValue(): number {
    return this.#leftMedians[this.pos - 1];
  }

  protected get rightValue(): number {
    return this.#rightMedians[this.pos];
  }

  middleValue(): number {
    return (this.leftValue + this.rightValue) / 2;
  }
}
