import type { Matrix } from '../matrix/matrix.ts';
import type { Machine } from './binary-machine.ts';
import type { Kernel } from '../matrix/row-kernel.ts';
import { forKernelValues } from '../matrix/kernel-values.ts';

/** A machine's decisions on rows `tested` of X, where it was trained on rows `trained`. */
export function machineDecisions(X: Matrix, tested: Int32Array, trained: Int32Array, { coef, rho }: Machine, kernel: Kernel): Float64Array {
  const rows = trained.filter((_, i) => coef[i] !== 0);
  const weights = coef.filter((value) => value !== 0);
  const decisions = new Float64Array(tested.length);
  forKernelValues(X.take(tested), { kernel, vectors: X.take(rows), rows }, (i, values) => {
    let sum = -rho;
    for (let j = 0; j < weights.length; j++) sum += weights[j] * values[j];
    decisions[i] = sum;
  });
  return decisions;
}
