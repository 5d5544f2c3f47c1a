import { checkLength } from './check-length.ts';
import { trainingKernelsFor } from './training-memory.ts';
import * as twins from './twins/optimizer-steps.ts';
import type { AdamStep, RmspropStep, SgdStep } from './twins/optimizer-steps.ts';

/**
 * Steps of optimisers over vectors of single precision. In WebAssembly where the vectors come from one call of
 * trainingVectors (views of them too), in plain TypeScript otherwise, with the same bits.
 */

/** values ← values − lr·direction: the decayed gradient or, with a velocity, momentum·velocity + (1 − dampening)·gradient. */
export function sgdStep(values: Float32Array, gradient: Float32Array, velocity: Float32Array | undefined, step: SgdStep): void {
  checkLengths('sgdStep', values, { gradient, velocity });
  const kernels = trainingKernelsFor(values, gradient, velocity);
  if (!kernels) return twins.sgdStep(values, gradient, velocity, step);
  kernels.sgdStep(values.length, values.byteOffset, gradient.byteOffset, velocity?.byteOffset ?? 0, step.lr, step.momentum, 1 - step.dampening, step.weightDecay, step.nesterov ? 1 : 0);
}

/** first and second: running means of the gradient and of its square; values ← keep·values − stepSize·first / (secondScale·√second + eps). */
export function adamStep(values: Float32Array, gradient: Float32Array, first: Float32Array, second: Float32Array, step: AdamStep): void {
  checkLengths('adamStep', values, { gradient, first, second });
  const kernels = trainingKernelsFor(values, gradient, first, second);
  if (!kernels) return twins.adamStep(values, gradient, first, second, step);
  const { beta1, beta2, eps, stepSize, secondScale, addedDecay, keep } = step;
  kernels.adamStep(values.length, values.byteOffset, gradient.byteOffset, first.byteOffset, second.byteOffset, 1 - beta1, beta2, 1 - beta2, eps, stepSize, secondScale, addedDecay, keep);
}

/** values ← values − lr·gradient / (√squares + eps), by way of a velocity and of the gradient's variance where those are given. */
export function rmspropStep(values: Float32Array, gradient: Float32Array, squares: Float32Array, velocity: Float32Array | undefined, mean: Float32Array | undefined, step: RmspropStep): void {
  checkLengths('rmspropStep', values, { gradient, squares, velocity, mean });
  const kernels = trainingKernelsFor(values, gradient, squares, velocity, mean);
  if (!kernels) return twins.rmspropStep(values, gradient, squares, velocity, mean, step);
  const { lr, alpha, eps, weightDecay, momentum } = step;
  kernels.rmspropStep(values.length, values.byteOffset, gradient.byteOffset, squares.byteOffset, velocity?.byteOffset ?? 0, mean?.byteOffset ?? 0, lr, alpha, 1 - alpha, eps, weightDecay, momentum);
}

/** Σ x², in double precision. */
export function squaredNorm(x: Float32Array): number {
  const kernels = trainingKernelsFor(x);
  return kernels ? kernels.squaredNorm(x.length, x.byteOffset) : twins.squaredNorm(x);
}

function checkLengths(owner: string, values: Float32Array, others: Readonly<Record<string, Float32Array | undefined>>): void {
  for (const [name, vector] of Object.entries(others)) if (vector) checkLength(owner, name, vector, values.length);
}
