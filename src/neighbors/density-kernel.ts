import { logGamma } from '../core/log-gamma.ts';

/** Shapes of the hill that KernelDensity puts on each row. */
export type DensityKernelName = 'gaussian' | 'tophat' | 'epanechnikov' | 'exponential' | 'linear' | 'cosine';

export const densityKernels: readonly DensityKernelName[] = ['gaussian', 'tophat', 'epanechnikov', 'exponential', 'linear', 'cosine'];

/** Whether a hill ends at the bandwidth. */
export const isCompact = (kernel: DensityKernelName): boolean => kernel !== 'gaussian' && kernel !== 'exponential';

/** Height of a hill that ends, at the distance t in bandwidths, below 1; it is 1 on top. */
export function compactHeight(kernel: DensityKernelName, t: number): number {
  if (kernel === 'tophat') return 1;
  if (kernel === 'epanechnikov') return 1 - t * t;
  return kernel === 'linear' ? 1 - t : Math.cos((Math.PI / 2) * t);
}

/** −ln of what is below a hill of height 1 in so many columns, by Euclidean distance. Counterpart: scikit-learn's kernel_norm, for 'cosine' on an odd number of columns only. */
export function logKernelNorm(kernel: DensityKernelName, bandwidth: number, cols: number): number {
  return -logVolume(kernel, cols) - cols * Math.log(bandwidth);
}

function logVolume(kernel: DensityKernelName, cols: number): number {
  if (kernel === 'gaussian') return (cols / 2) * Math.log(2 * Math.PI);
  if (kernel === 'exponential') return logSphere(cols) + logGamma(cols);
  if (kernel === 'cosine') return Math.log(cosineMoment(cols)) + logSphere(cols);
  const less = kernel === 'epanechnikov' ? Math.log(2 / (cols + 2)) : kernel === 'linear' ? -Math.log(cols + 1) : 0;
  return logBall(cols) + less;
}

/** ln of the volume of the ball of radius 1. */
const logBall = (n: number): number => (n / 2) * Math.log(Math.PI) - logGamma(n / 2 + 1);

/** ln of the surface of that ball; volumes go on to n = −1, where that is 1/π. */
const logSphere = (n: number): number => Math.log(2 * Math.PI) + logBall(n - 2);

/**
 * ∫₀¹ cos(πt/2)·tⁿ⁻¹ dt. By parts, I(n) = 2/π − (n − 1)(n − 2)·(2/π)²·I(n − 2), which upwards loses all digits; downwards, from far
 * up, what it began with is soon forgotten.
 */
function cosineMoment(n: number): number {
  let moment = 0;
  for (let k = n + 60; k > n; k -= 2) moment = ((2 / Math.PI - moment) * (Math.PI / 2) ** 2) / ((k - 1) * (k - 2));
  return moment;
}
