/** The constants of one step of stochastic gradient descent. */
export interface SgdStep {
  lr: number;
  momentum: number;
  dampening: number;
  weightDecay: number;
  nesterov: boolean;
}

/** values ← values − lr·direction, where the direction is the gradient or, with a velocity, its running sum. */
export function sgdStep(values: Float32Array, gradient: Float32Array, velocity: Float32Array | undefined, { lr, momentum, dampening, weightDecay, nesterov }: SgdStep): void {
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i] + weightDecay * values[i];
    let direction = g;
    if (velocity !== undefined) {
      const v = (velocity[i] = momentum * velocity[i] + (1 - dampening) * g);
      direction = nesterov ? g + momentum * v : v;
    }
    values[i] -= lr * direction;
  }
}

/** The constants of one step of Adam or AdamW. */
export interface AdamStep {
  beta1: number;
  beta2: number;
  eps: number;
  /** lr / (1 − β₁ᵗ) */
  stepSize: number;
  /** √(1 − β₂ᵗ) */
  secondCorrection: number;
  /** Added to the gradient, times the values. */
  addedDecay: number;
  /** What the values are multiplied by before the step. */
  keep: number;
}

/** first and second: running means of the gradient and of its square; values ← keep·values − stepSize·first / (√second / correction + eps). */
export function adamStep(values: Float32Array, gradient: Float32Array, first: Float32Array, second: Float32Array, step: AdamStep): void {
  const { beta1, beta2, eps, stepSize, secondCorrection, addedDecay, keep } = step;
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i] + addedDecay * values[i];
    first[i] += (g - first[i]) * (1 - beta1);
    second[i] = beta2 * second[i] + (1 - beta2) * g * g;
    values[i] = keep * values[i] - (stepSize * first[i]) / (Math.sqrt(second[i]) / secondCorrection + eps);
  }
}

/** The constants of one step of RMSprop. */
export interface RmspropStep {
  lr: number;
  alpha: number;
  eps: number;
  weightDecay: number;
  momentum: number;
}

/** values ← values − lr·gradient / (√squares + eps), by way of a velocity and of the gradient's variance where those are given. */
export function rmspropStep(values: Float32Array, gradient: Float32Array, squares: Float32Array, velocity: Float32Array | undefined, mean: Float32Array | undefined, step: RmspropStep): void {
  const { lr, alpha, eps, weightDecay, momentum } = step;
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i] + weightDecay * values[i];
    let spread = (squares[i] = alpha * squares[i] + (1 - alpha) * g * g);
    if (mean !== undefined) {
      const m = (mean[i] += (g - mean[i]) * (1 - alpha));
      spread -= m * m;
    }
    let direction = g / (Math.sqrt(spread) + eps);
    if (velocity !== undefined) direction = velocity[i] = momentum * velocity[i] + direction;
    values[i] -= lr * direction;
  }
}
