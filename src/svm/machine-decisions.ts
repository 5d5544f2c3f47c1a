import type { Matrix } from '../matrix/matrix.ts';
import type { Machine } from './binary-machine.ts';
import type { Kernel } from './kernel.ts';
import { KernelValues } from './kernel-values.ts';

/** A machine's decisions on rows `tested` of X, where it was trained on rows `trained`. */
export function machineDecisions(X: Matrix, tested: Int32Array, trained: Int32Array, { coef, rho }: Machine, kernel: Kernel): Float64Array {
  const supporting = trained.filter((_, i) => coef[i] !== 0);
  const weights = coef.filter((value) => value !== 0);
  const values = new KernelValues(X.take(supporting), supporting, kernel);
  const Xtested = X.take(tested);
  const decisions = new Float64Array(tested.length);
  for (let i = 0; i < tested.length; i++) {
    const k = values.row(Xtested, i);
    let sum = -rho;
    for (let j = 0; j < weights.length; j++) sum += weights[j] * k[j];
    decisions[i] = sum;
  }
  return decisions;
}
