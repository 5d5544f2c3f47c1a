import type { ClassImpurity } from './class-impurity.ts';
import { Criterion } from './criterion.ts';

/** The impurity of labels: from the weight of each class on a side. */
export class ClassCriterion extends Criterion {
  protected readonly codes: Int32Array;
  readonly #impurity: ClassImpurity;
  /** Weight of each class: of the node, left and right of the position. */
  protected readonly total: Float64Array;
  protected readonly left: Float64Array;
  protected readonly right: Float64Array;

  /**
   * @param codes the class of each row
   * @param total room for the node's weight of each class, and `left` for the left side's
   */
  constructor(samples: Int32Array, weights: Float64Array | undefined, codes: Int32Array, impurity: ClassImpurity, total: Float64Array, left: Float64Array) {
    super(samples, weights, total.length);
    this.codes = codes;
    this.#impurity = impurity;
    this.total = total;
    this.left = left;
    this.right = new Float64Array(total.length);
  }

  open(start: number, end: number): void {
    this.start = start;
    this.end = end;
    this.total.fill(0);
    this.nodeWeight = 0;
    for (let p = start; p < end; p++) {
      const row = this.samples[p];
      const w = this.weightOf(row);
      this.total[this.codes[row]] += w;
      this.nodeWeight += w;
    }
    this.reset();
  }

  reset(): void {
    this.pos = this.start;
    this.left.fill(0);
    this.right.set(this.total);
    this.leftWeight = 0;
    this.rightWeight = this.nodeWeight;
  }

  update(pos: number): void {
    const { samples, codes, left } = this;
    // From whichever end is nearer.
    if (pos - this.pos <= this.end - pos) {
      for (let p = this.pos; p < pos; p++) {
        const w = this.weightOf(samples[p]);
        left[codes[samples[p]]] += w;
        this.leftWeight += w;
      }
    } else {
      left.set(this.total);
      this.leftWeight = this.nodeWeight;
      for (let p = this.end - 1; p >= pos; p--) {
        const w = this.weightOf(samples[p]);
        left[codes[samples[p]]] -= w;
        this.leftWeight -= w;
      }
    }
    this.rightWeight = this.nodeWeight - this.leftWeight;
    for (let c = 0; c < this.outputs; c++) this.right[c] = this.total[c] - left[c];
    this.pos = pos;
  }

  nodeImpurity(): number {
    return this.#impurity(this.total, this.nodeWeight);
  }

  measureChildren(): void {
    this.leftImpurity = this.#impurity(this.left, this.leftWeight);
    this.rightImpurity = this.#impurity(this.right, this.rightWeight);
  }

  writeValue(out: Float64Array, at: number): void {
    for (let c = 0; c < this.outputs; c++) out[at + c] = this.total[c] / this.nodeWeight;
  }

  protected get leftValue(): number {
    return this.left[0] / this.leftWeight;
  }

  protected get rightValue(): number {
    return this.right[0] / this.rightWeight;
  }

  middleValue(): number {
    return this.left[0] / (2 * this.leftWeight) + this.right[0] / (2 * this.rightWeight);
  }

  /** Constraints are for two classes: the share of the second follows the first's. */
  override clipValue(value: Float64Array, at: number, lower: number, upper: number): void {
    super.clipValue(value, at, lower, upper);
    value[at + 1] = 1 - value[at];
  }
}
