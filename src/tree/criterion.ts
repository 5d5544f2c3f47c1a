/**
 * How good a split is. A criterion keeps the sums of one node's rows, samples[start … end), and of what lies left and
 * right of a position among them; the splitter moves that position.
 *
 * Sums are built in scikit-learn's order, row by row, so that they round as its do and equal gains stay equal.
 */
export abstract class Criterion {
  protected readonly samples: Int32Array;
  protected readonly weights: Float64Array | undefined;
  readonly outputs: number;
  protected start = 0;
  protected end = 0;
  protected pos = 0;
  /** Sums of weights: of the node, left and right of the position. */
  nodeWeight = 0;
  leftWeight = 0;
  rightWeight = 0;
  /** Written by measureChildren. */
  leftImpurity = 0;
  rightImpurity = 0;

  /**
   * @param samples row numbers; the splitter reorders them
   * @param weights one per row, or undefined where each weighs 1
   * @param outputs how many numbers a node's value has
   */
  constructor(samples: Int32Array, weights: Float64Array | undefined, outputs: number) {
    this.samples = samples;
    this.weights = weights;
    this.outputs = outputs;
  }

  /** Takes the sums of samples[start … end). */
  abstract open(start: number, end: number): void;

  /** Puts the position at the start: everything lies right. */
  abstract reset(): void;

  /** Moves the position on. */
  abstract update(pos: number): void;

  /** The impurity of the whole node. */
  abstract nodeImpurity(): number;

  /** Writes leftImpurity and rightImpurity. */
  abstract measureChildren(): void;

  /** The node's value: mean, median or class shares. */
  abstract writeValue(out: Float64Array, at: number): void;

  /** Values of the two sides, which monotonic constraints compare. */
  protected abstract get leftValue(): number;
  protected abstract get rightValue(): number;

  /** Half way between the values of the two sides. */
  abstract middleValue(): number;

  /** What the best split has most of; equals the improvement up to what all splits of the node share. */
  proxy(): number {
    this.measureChildren();
    return -this.rightWeight * this.rightImpurity - this.leftWeight * this.leftImpurity;
  }

  /** The drop in impurity, weighted by the node's share of all rows. */
  improvement(impurity: number, totalWeight: number): number {
    return (
      (this.nodeWeight / totalWeight) *
      (impurity - (this.rightWeight / this.nodeWeight) * this.rightImpurity - (this.leftWeight / this.nodeWeight) * this.leftImpurity)
    );
  }

  /** Whether the sides' values lie within bounds and, for a constraint of 1 or −1, ascend or descend. */
  keepsOrder(constraint: number, lower: number, upper: number): boolean {
    const { leftValue, rightValue } = this;
    return leftValue >= lower && rightValue >= lower && leftValue <= upper && rightValue <= upper && (leftValue - rightValue) * constraint <= 0;
  }

  /** Keeps a node's value within the bounds that constraints above it have left. */
  clipValue(value: Float64Array, at: number, lower: number, upper: number): void {
    if (value[at] < lower) value[at] = lower;
    else if (value[at] > upper) value[at] = upper;
  }

  protected weightOf(row: number): number {
    return this.weights === undefined ? 1 : this.weights[row];
  }
}
