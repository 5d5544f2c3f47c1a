import { withArena } from '../kernels/arena.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { Kernel } from '../matrix/row-kernel.ts';
import { kernelRows } from './kernel-rows.ts';
import { SignedQuadratic } from './quadratic.ts';
import { Smo, type SmoSettings } from './smo.ts';

/** One two-class problem: some rows, the side of each, and its cost. */
export interface BinaryProblem {
  X: Matrix;
  /** Rows of X. */
  rows: Int32Array;
  /** +1 or −1, one per row listed. */
  signs: Int8Array;
  /** Upper bound of αᵢ, one per row listed; with ν the row's weight. */
  costs: Float64Array;
}

export interface MachineSettings extends SmoSettings {
  kernel: Kernel;
  /** Share of the rows, by weight, that may be within the margin; undefined for the machine with costs. */
  nu?: number;
  /** Megabytes for kernel rows. */
  cacheSize: number;
}

/** A decision function Σ coefᵢ·K(xᵢ, x) − ρ. */
export interface Machine {
  /** yᵢαᵢ of each row listed; 0 for all but support vectors. */
  coef: Float64Array;
  rho: number;
  iterations: number;
  converged: boolean;
}

/** The support vector machine with soft margin for one two-class problem: with costs C, or with ν. */
export function trainBinaryMachine({ X, rows, signs, costs }: BinaryProblem, settings: MachineSettings): Machine {
  return withArena((arena) => {
    const Q = new SignedQuadratic(arena, kernelRows(arena, X, rows, settings.kernel), signs, settings.cacheSize);
    const { nu } = settings;
    if (nu !== undefined) {
      const program = { Q, p: new Float64Array(rows.length), y: signs, C: costs, start: startOf(signs, costs, nu), keepsSum: true };
      const { alpha, rho, scale, iterations, converged } = new Smo(arena, program, settings).solve();
      for (let i = 0; i < alpha.length; i++) alpha[i] *= signs[i] / scale;
      return { coef: alpha, rho: rho / scale, iterations, converged };
    }
    const program = { Q, p: new Float64Array(rows.length).fill(-1), y: signs, C: costs };
    const { alpha, rho, iterations, converged } = new Smo(arena, program, settings).solve();
    for (let i = 0; i < alpha.length; i++) alpha[i] *= signs[i];
    return { coef: alpha, rho, iterations, converged };
  });
}

/** Half of ν times all weights on either side, given to its first rows. */
function startOf(signs: Int8Array, weights: Float64Array, nu: number): Float64Array {
  const half = weights.reduce((sum, w) => sum + nu * w, 0) / 2;
  const left = [half, half];
  return weights.map((most, i) => {
    const side = signs[i] === 1 ? 0 : 1;
    const own = Math.min(most, left[side]);
    left[side] -= own;
    return own;
  });
}
