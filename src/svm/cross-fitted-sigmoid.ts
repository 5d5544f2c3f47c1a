import { trainBinaryMachine, type BinaryProblem, type MachineSettings } from './binary-machine.ts';
import { machineDecisions } from './machine-decisions.ts';
import { fitPlattSigmoid, type PlattSigmoid } from './platt-scaling.ts';
import type { SolverRandom } from './solver-random.ts';

const FOLDS = 5;

/**
 * The sigmoid that turns a two-class machine's decisions into probabilities, fitted to decisions of machines that
 * had not seen the row: five folds over rows in random order.
 *
 * Counterpart: libsvm's svm_binary_svc_probability.
 */
export function crossFittedSigmoid({ X, rows, signs, costs }: BinaryProblem, settings: MachineSettings, random: SolverRandom): PlattSigmoid {
  const n = rows.length;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  random.shuffle(order, n);
  const decisions = new Float64Array(n);
  for (let fold = 0; fold < FOLDS; fold++) {
    const begin = Math.floor((fold * n) / FOLDS);
    const end = Math.floor(((fold + 1) * n) / FOLDS);
    const held = order.subarray(begin, end);
    // Rows of −1 first, as libsvm sorts classes: its machine is then that of −1 against +1.
    const kept = Int32Array.from([...order.subarray(0, begin), ...order.subarray(end)]).sort((a, b) => signs[a] - signs[b]);
    const first = kept.length > 0 ? signs[kept[0]] : 0;
    if (kept.length === 0 || first === signs[kept[kept.length - 1]]) {
      for (const i of held) decisions[i] = first;
      continue;
    }
    const pick = (list: Int32Array): Int32Array => Int32Array.from(list, (i) => rows[i]);
    const turned = Int8Array.from(kept, (i) => -signs[i]);
    const machine = trainBinaryMachine({ X, rows: pick(kept), signs: turned, costs: Float64Array.from(kept, (i) => costs[i]) }, settings);
    const values = machineDecisions(X, pick(held), pick(kept), machine, settings.kernel);
    for (let i = 0; i < held.length; i++) decisions[held[i]] = -values[i];
  }
  return fitPlattSigmoid(decisions, signs);
}
