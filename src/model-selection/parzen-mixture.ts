import { logNormalMass, truncatedNormalQuantile } from '../core/normal-mass.ts';
import type { RandomState } from '../core/random-state.ts';
import { numberAt, searchBounds, type NumberDimension, type ParzenDimension } from './parzen-dimension.ts';

/** A point of a search space: one number per dimension, choices by their position. */
export type Point = readonly number[];

/** One dimension of every kernel. */
type Kernels =
  | { kind: 'choice'; /** By kernel and choice, each kernel's summing to 1. */ shares: number[][] }
  | { kind: 'number'; dimension: NumberDimension; means: Float64Array; deviations: Float64Array; low: number; high: number; /** ln of what each kernel is divided by. */ logScale: Float64Array };

/** Weight of the kernel that knows nothing, against 1 for an observation. */
const PRIOR = 1;

/**
 * A density from observed points: a mixture of kernels, one per point and a flat one, each a product over the
 * dimensions. A number's kernel is a normal distribution cut to the bounds, as wide as the gap to the farther of its
 * neighbours, and no narrower than a share of the range that falls with the number of points; a choice's kernel favours
 * its choice.
 *
 * Source: Bergstra, Bardenet, Bengio, Kégl, "Algorithms for Hyper-Parameter Optimization", NIPS 2011; Falkner, Klein,
 * Hutter, "BOHB", ICML 2018, for kernels that are products over all dimensions.
 */
export class ParzenMixture {
  readonly #weights: Float64Array;
  readonly #logWeights: Float64Array;
  readonly #kernels: readonly Kernels[];

  /** @param points in the order in which they were tried: of many, the oldest weigh less */
  constructor(points: readonly Point[], dimensions: readonly ParzenDimension[]) {
    const weights = points.length === 0 ? [1] : [...ageWeights(points.length), PRIOR];
    const total = weights.reduce((sum, w) => sum + w, 0);
    this.#weights = Float64Array.from(weights, (w) => w / total);
    this.#logWeights = this.#weights.map(Math.log);
    this.#kernels = dimensions.map((dimension, d) => kernelsOf(dimension, Float64Array.from(points, (point) => point[d])));
  }

  /** Points drawn from the density. */
  sample(random: RandomState, size: number): number[][] {
    const active = random.choice(this.#weights.length, size, { p: this.#weights });
    const points = Array.from({ length: size }, () => new Array<number>(this.#kernels.length).fill(0));
    // Choices come before numbers in the stream of random numbers.
    for (const [d, kernels] of this.#kernels.entries()) {
      if (kernels.kind === 'choice') random.randomSample(size).forEach((u, s) => (points[s][d] = choiceAt(kernels.shares[active[s]], u)));
    }
    for (const [d, kernels] of this.#kernels.entries()) {
      if (kernels.kind === 'choice') continue;
      const { dimension, means, deviations, low, high } = kernels;
      random.randomSample(size).forEach((u, s) => {
        const [mean, deviation] = [means[active[s]], deviations[active[s]]];
        const z = truncatedNormalQuantile(u, (low - mean) / deviation, (high - mean) / deviation);
        points[s][d] = numberAt(dimension, z * deviation + mean);
      });
    }
    return points;
  }

  /** ln of the density at a point. */
  logDensity(point: Point): number {
    const logs = this.#logWeights.slice();
    for (let d = 0; d < this.#kernels.length; d++) {
      const kernels = this.#kernels[d];
      if (kernels.kind === 'choice') for (let k = 0; k < logs.length; k++) logs[k] += Math.log(kernels.shares[k][point[d]]);
      else addLogKernels(logs, kernels, point[d]);
    }
    let largest = -Infinity;
    for (let k = 0; k < logs.length; k++) if (logs[k] > largest) largest = logs[k];
    if (largest === -Infinity) return -Infinity;
    let sum = 0;
    for (let k = 0; k < logs.length; k++) sum += Math.exp(logs[k] - largest);
    return largest + Math.log(sum);
  }
}

/** 1 for the last 25 points; those before rise evenly to that from 1 / n. */
function ageWeights(n: number): number[] {
  if (n < 25) return new Array<number>(n).fill(1);
  const rising = n - 25;
  return Array.from({ length: n }, (_, i) => (i >= rising ? 1 : rising === 1 ? 1 / n : 1 / n + (i * (1 - 1 / n)) / (rising - 1)));
}

function kernelsOf(dimension: ParzenDimension, observed: Float64Array): Kernels {
  const count = observed.length + 1;
  if (dimension.kind === 'choice') {
    const { length } = dimension.values;
    const flat = new Array<number>(length).fill(1 / length);
    if (observed.length === 0) return { kind: 'choice', shares: [flat] };
    const small = PRIOR / count;
    const shares = Array.from(observed, (choice) => Array.from({ length }, (_, c) => (small + Number(c === choice)) / (small * length + 1)));
    return { kind: 'choice', shares: [...shares, flat] };
  }
  const [low, high] = searchBounds(dimension);
  const means = Float64Array.from([...(dimension.log ? observed.map(Math.log) : observed), 0.5 * (low + high)]);
  const deviations = Float64Array.from([...neighbourGaps(means.subarray(0, -1), low, high, (high - low) / Math.min(100, 1 + count)), high - low]);
  const logScale = means.map((mean, k) => {
    const mass = logNormalMass((low - mean) / deviations[k], (high - mean) / deviations[k]);
    return dimension.step === 0 ? mass + 0.5 * Math.log(2 * Math.PI) + Math.log(deviations[k]) : mass;
  });
  return { kind: 'number', dimension, means, deviations, low, high, logScale };
}

/** For each value the larger of the gaps to its neighbours; the outer ones have one neighbour, a sole one the bounds. */
function neighbourGaps(values: Float64Array, low: number, high: number, least: number): Float64Array {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);
  const gaps = new Float64Array(values.length);
  order.forEach((at, rank) => {
    const before = rank > 0 ? values[at] - values[order[rank - 1]] : values.length > 1 ? -Infinity : values[at] - low;
    const after = rank < order.length - 1 ? values[order[rank + 1]] - values[at] : values.length > 1 ? -Infinity : high - values[at];
    gaps[at] = Math.min(Math.max(before, after, least), high - low);
  });
  return gaps;
}

function choiceAt(shares: readonly number[], u: number): number {
  let sum = 0;
  for (let c = 0; c < shares.length - 1; c++) if ((sum += shares[c]) >= u) return c;
  return shares.length - 1;
}

/** Adds ln of each kernel's density, or mass for whole numbers, at a value. */
function addLogKernels(logs: Float64Array, { dimension, means, deviations, logScale }: Extract<Kernels, { kind: 'number' }>, value: number): void {
  const { step, log } = dimension;
  if (step === 0) {
    const x = log ? Math.log(value) : value;
    for (let k = 0; k < logs.length; k++) {
      const z = (x - means[k]) / deviations[k];
      logs[k] += -0.5 * z * z - logScale[k];
    }
    return;
  }
  const [left, right] = [value - step / 2, value + step / 2].map((x) => (log ? Math.log(x) : x));
  for (let k = 0; k < logs.length; k++) logs[k] += logNormalMass((left - means[k]) / deviations[k], (right - means[k]) / deviations[k]) - logScale[k];
}
