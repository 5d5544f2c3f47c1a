import { OptionError } from '../core/errors.ts';
import type { Label, Labels } from '../core/labels.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show, showList } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { checkRows } from './check-rows.ts';
import { checkProbabilities, checkUnitInterval, withComplement } from './class-probabilities.ts';
import { isScoreRows, scoreColumn, type Scores } from './score-matrix.ts';
import { encodeTrue, rowsOfCode } from './targets.ts';

/** Probabilities of all classes, and which of their columns each row is. */
export interface BrierTargets {
  probabilities: DenseMatrix;
  codes: Int32Array;
  sampleWeight: Float64Array | undefined;
}

/** Checks what a Brier score compares: one probability per row is of the positive label. */
export function brierTargets(
  owner: string,
  yTrue: Labels,
  yProba: Scores,
  { posLabel, labels, sampleWeight }: { posLabel: Label | null; labels: Labels | null; sampleWeight: ArrayLike<number> | undefined },
): BrierTargets {
  const rows = checkRows(owner, { yTrue, yProba });
  const oneColumn = !isScoreRows(yProba) || (yProba instanceof DenseMatrix ? yProba.cols : yProba[0].length) === 1;
  if (!oneColumn) return checkProbabilities(owner, yTrue, yProba, labels, sampleWeight);
  return { ...positiveAndRest(owner, yTrue, yProba, posLabel), sampleWeight: checkSampleWeight(owner, sampleWeight, rows) };
}

/** Σₖ (pₖ − tₖ)² of each row, t being 1 for the column of its code and 0 for others. */
export function squaredErrors({ cols, data }: DenseMatrix, codes: Int32Array): Float64Array {
  const errors = new Float64Array(codes.length);
  for (let i = 0; i < errors.length; i++) {
    for (let k = 0; k < cols; k++) errors[i] += ((k === codes[i] ? 1 : 0) - data[i * cols + k]) ** 2;
  }
  return errors;
}

/** Two columns, the second of the positive label, and which of them each row is. */
function positiveAndRest(owner: string, yTrue: Labels, yProba: Scores, posLabel: Label | null): { probabilities: DenseMatrix; codes: Int32Array } {
  const column = DenseMatrix.column(scoreColumn(owner, 'yProba', yProba));
  const { classes, codes } = encodeTrue(owner, yTrue);
  const names = showList(classes.map(show));
  if (classes.length > 2) {
    throw new OptionError(`${owner}: yProba must be rows × classes for more than two labels (${names}). Pass predictProba(X).`);
  }
  checkUnitInterval(owner, column);
  const positive = classes.indexOf(brierPositive(owner, classes, posLabel, names));
  return { probabilities: withComplement(column.data), codes: Int32Array.from(rowsOfCode(codes, positive)) };
}

function brierPositive(owner: string, classes: readonly Label[], posLabel: Label | null, names: string): Label {
  const type = typeof classes[0];
  if (posLabel !== null) {
    if (typeof posLabel === type) return posLabel;
    throw new OptionError(`${owner}: posLabel must be one of ${names}, got ${show(posLabel)}.`);
  }
  if (type === 'string') throw new OptionError(`${owner}: posLabel must be given for text labels. Use one of ${names}.`);
  if (type === 'boolean') return true;
  // A single 0 or −1 is the negative label of the two usual pairs.
  return classes.length === 1 && (classes[0] === 0 || classes[0] === -1) ? 1 : classes[classes.length - 1];
}
