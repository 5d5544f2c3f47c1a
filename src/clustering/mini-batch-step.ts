import type { RandomState } from '../core/random-state.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { takeRows } from '../core/rows.ts';
import { addRow } from './lloyd.ts';
import { inertiaOf, nearestCentres } from './nearest-centres.ts';

/**
 * One batch: rows go to their nearest centres, and each centre becomes the mean of all rows it was ever given.
 *
 * @param counts weight that each centre has been given; updated
 * @param reassignmentRatio centres below this share of the largest count move to random rows; 0 moves none
 * @returns moved centres, and the batch's inertia before they moved
 */
export function miniBatchStep(
  batch: Matrix,
  weights: Float64Array,
  centres: DenseMatrix,
  counts: Float64Array,
  reassignmentRatio: number,
  random: RandomState,
): { centres: DenseMatrix; inertia: number } {
  const labels = nearestCentres(batch, centres);
  const inertia = inertiaOf(batch, weights, centres, labels);
  const moved = centres.copy();
  const added = new Float64Array(counts.length);
  for (let i = 0; i < batch.rows; i++) added[labels[i]] += weights[i];
  for (let j = 0; j < counts.length; j++) {
    if (!(added[j] > 0)) continue;
    const row = moved.row(j);
    for (let c = 0; c < row.length; c++) row[c] *= counts[j];
  }
  for (let i = 0; i < batch.rows; i++) addRow(batch, i, weights[i], moved, labels[i]);
  for (let j = 0; j < counts.length; j++) {
    if (!(added[j] > 0)) continue;
    counts[j] += added[j];
    const factor = 1 / counts[j];
    const row = moved.row(j);
    for (let c = 0; c < row.length; c++) row[c] *= factor;
  }
  if (reassignmentRatio > 0) reassign(batch, moved, counts, reassignmentRatio, random);
  return { centres: moved, inertia };
}

function reassign(batch: Matrix, centres: DenseMatrix, counts: Float64Array, ratio: number, random: RandomState): void {
  const limit = ratio * counts.reduce((a, b) => Math.max(a, b), 0);
  let light = [...counts.keys()].filter((j) => counts[j] < limit);
  const most = Math.floor(0.5 * batch.rows);
  if (light.length > 0.5 * batch.rows) {
    const lightest = new Set([...counts.keys()].sort((a, b) => counts[a] - counts[b]).slice(0, most));
    light = light.filter((j) => lightest.has(j));
  }
  if (light.length === 0) return;
  const rows = takeRows(batch, random.choice(batch.rows, light.length, { replace: false })).toDense();
  light.forEach((j, at) => centres.row(j).set(rows.row(at)));
  // The least count of the others, so that a new centre is not thrown out at once.
  const moved = new Set(light);
  let least = Infinity;
  for (let j = 0; j < counts.length; j++) if (!moved.has(j)) least = Math.min(least, counts[j]);
  for (const j of light) counts[j] = least;
}
