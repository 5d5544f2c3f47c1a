import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { trainBinaryMachine, type BinaryProblem, type MachineSettings } from './binary-machine.ts';
import { crossFittedSigmoid } from './cross-fitted-sigmoid.ts';
import type { SolverRandom } from './solver-random.ts';

/** Machines for all pairs of classes (i, j), i < j, in the order (0, 1), (0, 2), …, (1, 2), … */
export interface PairMachines {
  /** Rows that support any machine, class by class. */
  support: Int32Array;
  /** Supporting rows per class. */
  nSupport: Int32Array;
  /** (k − 1) × support: the machine of i and j keeps i's rows' coefficients in row j − 1 and j's in row i. */
  dualCoef: DenseMatrix;
  /** ρ per pair. */
  rho: Float64Array;
  /** Platt's A and B per pair; empty without probabilities. */
  probA: Float64Array;
  probB: Float64Array;
  /** Steps per pair. */
  iterations: Int32Array;
  converged: boolean;
}

export interface PairData {
  X: Matrix;
  /** Rows that count, class by class. */
  rows: Int32Array;
  /** Where each class's rows start, and the end. */
  starts: Int32Array;
  /** Upper bound of each listed row's α. */
  costs: Float64Array;
}

/** Trains a machine for every pair of classes; with `random`, a sigmoid for each as well. */
export function trainPairs(data: PairData, settings: MachineSettings, random: SolverRandom | undefined): PairMachines {
  const { rows, starts } = data;
  const k = starts.length - 1;
  const pairs = (k * (k - 1)) / 2;
  const [rho, iterations] = [new Float64Array(pairs), new Int32Array(pairs)];
  const [probA, probB] = [new Float64Array(random ? pairs : 0), new Float64Array(random ? pairs : 0)];
  // All rows' coefficients, before those that support nothing are dropped.
  const all = new DenseMatrix(k - 1, rows.length);
  let converged = true;
  let pair = 0;
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++, pair++) {
      const problem = pairProblem(data, i, j);
      if (random) {
        random.restart();
        const { A, B } = crossFittedSigmoid(problem, settings, random);
        probA[pair] = A;
        probB[pair] = B;
      }
      const machine = trainBinaryMachine(problem, settings);
      const ofI = starts[i + 1] - starts[i];
      all.row(j - 1).set(machine.coef.subarray(0, ofI), starts[i]);
      all.row(i).set(machine.coef.subarray(ofI), starts[j]);
      rho[pair] = machine.rho;
      iterations[pair] = machine.iterations;
      converged &&= machine.converged;
    }
  }

  const nSupport = new Int32Array(k);
  const kept: number[] = [];
  for (let i = 0; i < k; i++) {
    for (let at = starts[i]; at < starts[i + 1]; at++) {
      let supports = false;
      for (let r = 0; r < k - 1; r++) supports ||= all.data[r * rows.length + at] !== 0;
      if (!supports) continue;
      kept.push(at);
      nSupport[i]++;
    }
  }
  const support = Int32Array.from(kept, (at) => rows[at]);
  return { support, nSupport, dualCoef: all.takeCols(kept), rho, probA, probB, iterations, converged };
}

function pairProblem({ X, rows, starts, costs }: PairData, i: number, j: number): BinaryProblem {
  const ofI = starts[i + 1] - starts[i];
  const n = ofI + starts[j + 1] - starts[j];
  const join = <T extends Int32Array | Float64Array>(list: T, joined: T): T => {
    joined.set(list.subarray(starts[i], starts[i + 1]));
    joined.set(list.subarray(starts[j], starts[j + 1]), ofI);
    return joined;
  };
  const signs = new Int8Array(n).fill(-1).fill(1, 0, ofI);
  return { X, rows: join(rows, new Int32Array(n)), signs, costs: join(costs, new Float64Array(n)) };
}

/** Σ coef·K − ρ of every pair, where K holds a row's kernel values with all support vectors. */
export function pairDecisions(
  values: Float64Array,
  { nSupport, dualCoef }: { nSupport: Int32Array; dualCoef: DenseMatrix },
  constants: Float64Array,
  out: Float64Array,
): void {
  const k = nSupport.length;
  const width = dualCoef.cols;
  const coef = dualCoef.data;
  let pair = 0;
  let startI = 0;
  for (let i = 0; i < k; i++) {
    let startJ = startI + nSupport[i];
    for (let j = i + 1; j < k; j++, pair++) {
      let sum = constants[pair];
      for (let s = startI, at = (j - 1) * width + startI; s < startI + nSupport[i]; s++) sum += coef[at++] * values[s];
      for (let s = startJ, at = i * width + startJ; s < startJ + nSupport[j]; s++) sum += coef[at++] * values[s];
      out[pair] = sum;
      startJ += nSupport[j];
    }
    startI += nSupport[i];
  }
}
