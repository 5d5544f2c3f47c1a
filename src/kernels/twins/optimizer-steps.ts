const { abs, fround, sqrt } = Math;

/** 2⁻⁵⁸: the square of a smaller gradient, times what of it is kept, has no number of single precision with all its digits. */
const SMALL = 2 ** -58;
/** 2⁻¹⁰⁰: smaller means are as good as zero beside an optimiser's eps, and a step of them changes no parameter. */
const TINY = 2 ** -100;

/**
 * Numbers nearer to zero than a limit become zero. Means of gradients that have become zero, those of a unit that is never
 * active for one, would else end among the numbers below 2⁻¹²⁶, with which a processor takes a hundred times as long: a
 * step of the optimiser half as long as the net's.
 */
const settled = (x: number, limit: number): number => (abs(x) >= limit ? x : 0);

/** The constants of one step of stochastic gradient descent. */
export interface SgdStep {
  lr: number;
  momentum: number;
  dampening: number;
  weightDecay: number;
  nesterov: boolean;
}

/** The constants of one step of Adam or AdamW. */
export interface AdamStep {
  beta1: number;
  beta2: number;
  eps: number;
  /** lr / (1 − β₁ᵗ) */
  stepSize: number;
  /** 1 / √(1 − β₂ᵗ) */
  secondScale: number;
  /** Added to the gradient, times the values. */
  addedDecay: number;
  /** What the values are multiplied by before the step. */
  keep: number;
}

/** The constants of one step of RMSprop. */
export interface RmspropStep {
  lr: number;
  alpha: number;
  eps: number;
  weightDecay: number;
  momentum: number;
}

/** Twin of ../assembly/training/optimizer-steps.ts: every operation rounds to single precision. */
export function sgdStep(values: Float32Array, gradient: Float32Array, velocity: Float32Array | undefined, step: SgdStep): void {
  const { nesterov } = step;
  const [lr, momentum, share, decay] = [fround(step.lr), fround(step.momentum), fround(1 - step.dampening), fround(step.weightDecay)];
  for (let i = 0; i < values.length; i++) {
    const g = settled(fround(gradient[i] + fround(decay * values[i])), SMALL);
    let direction = g;
    if (velocity !== undefined) {
      const v = settled(fround(fround(momentum * velocity[i]) + fround(share * g)), TINY);
      velocity[i] = v;
      direction = nesterov ? fround(g + fround(momentum * v)) : v;
    }
    values[i] = values[i] - fround(lr * direction);
  }
}

export function adamStep(values: Float32Array, gradient: Float32Array, first: Float32Array, second: Float32Array, step: AdamStep): void {
  const [a, b, c] = [fround(1 - step.beta1), fround(step.beta2), fround(1 - step.beta2)];
  const [eps, stepSize, scale, decay, keep] = [fround(step.eps), fround(step.stepSize), fround(step.secondScale), fround(step.addedDecay), fround(step.keep)];
  for (let i = 0; i < values.length; i++) {
    const g = settled(fround(gradient[i] + fround(decay * values[i])), SMALL);
    const m = settled(fround(first[i] + fround(fround(g - first[i]) * a)), TINY);
    const v = settled(fround(fround(b * second[i]) + fround(fround(c * g) * g)), TINY);
    const root = fround(fround(fround(sqrt(v)) * scale) + eps);
    first[i] = m;
    second[i] = v;
    values[i] = fround(keep * values[i]) - fround(fround(stepSize * m) / root);
  }
}

export function rmspropStep(values: Float32Array, gradient: Float32Array, squares: Float32Array, velocity: Float32Array | undefined, mean: Float32Array | undefined, step: RmspropStep): void {
  const [lr, alpha, share, eps, decay, momentum] = [step.lr, step.alpha, 1 - step.alpha, step.eps, step.weightDecay, step.momentum].map(fround);
  for (let i = 0; i < values.length; i++) {
    const g = settled(fround(gradient[i] + fround(decay * values[i])), SMALL);
    const s = settled(fround(fround(alpha * squares[i]) + fround(fround(share * g) * g)), TINY);
    squares[i] = s;
    let spread = s;
    if (mean !== undefined) {
      const m = settled(fround(mean[i] + fround(fround(g - mean[i]) * share)), TINY);
      mean[i] = m;
      spread = fround(s - fround(m * m));
    }
    let direction = fround(g / fround(fround(sqrt(spread)) + eps));
    if (velocity !== undefined) direction = velocity[i] = settled(fround(fround(momentum * velocity[i]) + direction), TINY);
    values[i] = values[i] - fround(lr * direction);
  }
}

export function squaredNorm(x: Float32Array): number {
  const lanes = [0, 0, 0, 0];
  const whole = x.length & ~3;
  for (let i = 0; i < whole; i++) lanes[i & 3] += x[i] * x[i];
  let sum = lanes[0] + lanes[1] + (lanes[2] + lanes[3]);
  for (let i = whole; i < x.length; i++) sum += x[i] * x[i];
  return sum;
}
