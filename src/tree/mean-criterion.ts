import { log } from '../kernels/twins/elementary.ts';
import { Criterion } from './criterion.ts';

/** The impurity of numbers around their mean. */
abstract class MeanCriterion extends Criterion {
  protected readonly y: Float64Array;
  /** Σ w·y of the node, left and right of the position, and Σ w·y² of the node. */
  protected total = 0;
  protected left = 0;
  protected right = 0;
  protected squares = 0;

  constructor(samples: Int32Array, weights: Float64Array | undefined, y: Float64Array) {
    super(samples, weights, 1);
    this.y = y;
  }

  open(start: number, end: number): void {
    this.start = start;
    this.end = end;
    this.sumUp();
    this.reset();
  }

  protected sumUp(): void {
    this.total = 0;
    this.squares = 0;
    this.nodeWeight = 0;
    for (let p = this.start; p < this.end; p++) {
      const row = this.samples[p];
      const w = this.weightOf(row);
      const product = w * this.y[row];
      this.total += product;
      this.squares += product * this.y[row];
      this.nodeWeight += w;
    }
  }

  reset(): void {
    this.pos = this.start;
    this.left = 0;
    this.right = this.total;
    this.leftWeight = 0;
    this.rightWeight = this.nodeWeight;
  }

  update(pos: number): void {
    const { samples, y } = this;
    // From whichever end is nearer.
    if (pos - this.pos <= this.end - pos) {
      for (let p = this.pos; p < pos; p++) {
        const w = this.weightOf(samples[p]);
        this.left += w * y[samples[p]];
        this.leftWeight += w;
      }
    } else {
      this.left = this.total;
      this.leftWeight = this.nodeWeight;
      for (let p = this.end - 1; p >= pos; p--) {
        const w = this.weightOf(samples[p]);
        this.left -= w * y[samples[p]];
        this.leftWeight -= w;
      }
    }
    this.settle(pos, this.left, this.leftWeight);
  }

  /** Takes the sums of what lies left of a position; the rest lies right. */
  protected settle(pos: number, left: number, leftWeight: number): void {
    this.left = left;
    this.leftWeight = leftWeight;
    this.rightWeight = this.nodeWeight - leftWeight;
    this.right = this.total - left;
    this.pos = pos;
  }

  writeValue(out: Float64Array, at: number): void {
    out[at] = this.total / this.nodeWeight;
  }

  protected get leftValue(): number {
    return this.left / this.leftWeight;
  }

  protected get rightValue(): number {
    return this.right / this.rightWeight;
  }

  middleValue(): number {
    return this.left / (2 * this.leftWeight) + this.right / (2 * this.rightWeight);
  }
}

/** The variance, mean (y − ȳ)². */
export class SquaredError extends MeanCriterion {
  nodeImpurity(): number {
    return this.squares / this.nodeWeight - (this.total / this.nodeWeight) ** 2;
  }

  override proxy(): number {
    return (this.left * this.left) / this.leftWeight + (this.right * this.right) / this.rightWeight;
  }

  measureChildren(): void {
    const squares = this.leftSquares();
    this.leftImpurity = squares / this.leftWeight - this.leftValue ** 2;
    this.rightImpurity = (this.squares - squares) / this.rightWeight - this.rightValue ** 2;
  }

  /** Σ w·y² of what lies left. */
  protected leftSquares(): number {
    let squares = 0;
    for (let p = this.start; p < this.pos; p++) {
      const row = this.samples[p];
      squares += this.weightOf(row) * this.y[row] * this.y[row];
    }
    return squares;
  }
}

/** A sum of counts that is not above this, ten units in the last place of 1, is taken for none. */
const NONE = 10 * 2 ** -52;

/** Half the Poisson deviance, mean y·ln(y / ȳ), of y ≥ 0; no side of a split may have nothing but zeros. */
export class Poisson extends MeanCriterion {
  nodeImpurity(): number {
    return this.#loss(this.start, this.end, this.total, this.nodeWeight);
  }

  override proxy(): number {
    if (this.left <= NONE || this.right <= NONE) return -Infinity;
    return this.left * binaryLog(this.leftValue) + this.right * binaryLog(this.rightValue);
  }

  measureChildren(): void {
    this.leftImpurity = this.#loss(this.start, this.pos, this.left, this.leftWeight);
    this.rightImpurity = this.#loss(this.pos, this.end, this.right, this.rightWeight);
  }

  #loss(start: number, end: number, sum: number, weight: number): number {
    if (sum <= NONE) return Infinity;
    const mean = sum / weight;
    let loss = 0;
    for (let p = start; p < end; p++) {
      const row = this.samples[p];
      const y = this.y[row];
      if (y !== 0) loss += this.weightOf(row) * (y * log(y / mean));
    }
    return loss / weight;
  }
}

const binaryLog = (x: number): number => log(x) / Math.LN2;
