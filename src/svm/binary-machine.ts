import { withArena } from '../kernels/arena.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { Kernel } from './kernel.ts';
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
  /** Upper bound of αᵢ, one per row listed. */
  costs: Float64Array;
}

export interface MachineSettings extends SmoSettings {
  kernel: Kernel;
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

/** The support vector machine with soft margin C for one two-class problem. */
export function trainBinaryMachine({ X, rows, signs, costs }: BinaryProblem, settings: MachineSettings): Machine {
  return withArena((arena) => {
    const Q = new SignedQuadratic(arena, kernelRows(arena, X, rows, settings.kernel), signs, settings.cacheSize);
    const program = { Q, p: new Float64Array(rows.length).fill(-1), y: signs, C: costs };
    const { alpha, ...rest } = new Smo(arena, program, settings).solve();
    for (let i = 0; i < alpha.length; i++) alpha[i] *= signs[i];
    return { coef: alpha, ...rest };
  });
}
