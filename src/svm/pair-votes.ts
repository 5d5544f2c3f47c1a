import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { couplePairs } from './couple-pairs.ts';
import { plattProbability } from './platt-scaling.ts';

/*
 * From decisions, rows × pairs of k classes, to scores and probabilities, rows × classes. A decision above 0 is for
 * the pair's first class. Pairs stand in the order (0, 1), (0, 2), …, (1, 2), …
 */

/** Pairs won by each class. */
export function votes(decisions: DenseMatrix, k: number): DenseMatrix {
  const counts = new DenseMatrix(decisions.rows, k);
  forPairs(decisions, k, (row, i, j, value) => counts.data[row * k + (value > 0 ? i : j)]++);
  return counts;
}

/** Votes plus the summed decisions s squeezed into (−⅓, ⅓) by s / (3(|s| + 1)), so that they only break ties. */
export function confidences(decisions: DenseMatrix, k: number): DenseMatrix {
  const won = new DenseMatrix(decisions.rows, k);
  const sums = new Float64Array(decisions.rows * k);
  forPairs(decisions, k, (row, i, j, value) => {
    won.data[row * k + (value < 0 ? j : i)]++;
    sums[row * k + i] += value;
    sums[row * k + j] -= value;
  });
  for (let p = 0; p < sums.length; p++) won.data[p] += sums[p] / (3 * (Math.abs(sums[p]) + 1));
  return won;
}

/** Platt's pairwise probabilities, at least 1e-7 from 0 and 1, coupled to one distribution per row. */
export function pairProbabilities(decisions: DenseMatrix, k: number, { probA, probB }: { probA: Float64Array; probB: Float64Array }): DenseMatrix {
  const result = new DenseMatrix(decisions.rows, k);
  const pairwise = new Float64Array(k * k);
  for (let row = 0; row < decisions.rows; row++) {
    const values = decisions.row(row);
    let pair = 0;
    for (let i = 0; i < k; i++) {
      for (let j = i + 1; j < k; j++, pair++) {
        const p = plattProbability(values[pair], { A: probA[pair], B: probB[pair] });
        pairwise[i * k + j] = Math.min(Math.max(p, 1e-7), 1 - 1e-7);
        pairwise[j * k + i] = 1 - pairwise[i * k + j];
      }
    }
    couplePairs(pairwise, k, result.row(row));
  }
  return result;
}

function forPairs(decisions: DenseMatrix, k: number, visit: (row: number, i: number, j: number, value: number) => void): void {
  for (let row = 0; row < decisions.rows; row++) {
    let pair = row * decisions.cols;
    for (let i = 0; i < k; i++) for (let j = i + 1; j < k; j++) visit(row, i, j, decisions.data[pair++]);
  }
}
