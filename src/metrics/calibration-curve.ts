import { DataError } from '../core/errors.ts';
import type { Label, Labels } from '../core/labels.ts';
import { choice, completeOptions, integer, type Rules } from '../core/rules.ts';
import { show, showList } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { checkRows } from './check-rows.ts';
import { checkUnitInterval } from './class-probabilities.ts';
import { curvePositive } from './confusion-matrix-at-thresholds.ts';
import { posLabelRule } from './metric-rules.ts';
import { scoreColumn } from './score-matrix.ts';
import { encodeTrue } from './targets.ts';

export interface CalibrationCurveOptions {
  /** The positive label. Default null: 1 if the labels are among 0 and 1 or −1 and 1, true for booleans; others must name one. */
  posLabel?: Label | null;
  /** Number of bins. Default 5. */
  nBins?: number;
  /** Bins of equal width ('uniform') or with equally many rows ('quantile'). Default 'uniform'. */
  strategy?: 'uniform' | 'quantile';
}

const rules: Rules<CalibrationCurveOptions> = {
  posLabel: posLabelRule(),
  nBins: integer(5, { min: 1 }),
  strategy: choice<'uniform' | 'quantile'>('uniform', ['uniform', 'quantile']),
};

/** One value per bin that holds rows. */
export interface CalibrationCurve {
  /** Share of positives. */
  probTrue: Float64Array;
  /** Mean predicted probability. */
  probPred: Float64Array;
}

/**
 * Calibration curve (reliability diagram): rows binned by predicted probability, with the share of
 * positives in each bin against the mean prediction. A calibrated model lies on the diagonal.
 *
 * yTrue: one of at most two labels per row; yProb: one probability of the positive label per row.
 * Empty bins are left out. A value on an edge belongs to the bin below.
 *
 * Counterpart: scikit-learn's calibration_curve, which returns a tuple.
 *
 * @throws DataError for more than two labels or values outside [0, 1]; OptionError where the positive label cannot be told
 * @example
 * const { probTrue, probPred } = calibrationCurve(yTrue, (await model.predictProba(X)).col(1), { nBins: 10 });
 */
export function calibrationCurve(yTrue: Labels, yProb: ArrayLike<number>, options: CalibrationCurveOptions = {}): CalibrationCurve {
  const owner = 'calibrationCurve';
  const { posLabel, nBins, strategy } = completeOptions<CalibrationCurveOptions>(owner, options, rules);
  checkRows(owner, { yTrue, yProb });
  const probabilities = scoreColumn(owner, 'yProb', yProb);
  checkUnitInterval(owner, new DenseMatrix(probabilities.length, 1, probabilities));
  const { classes, codes } = encodeTrue(owner, yTrue);
  if (classes.length > 2) {
    throw new DataError(`${owner}: yTrue must have at most two labels, got ${showList(classes.map(show))}. Compare one class with the rest.`);
  }
  const positive = classes.indexOf(curvePositive(owner, classes, posLabel));
  const edges = innerEdges(probabilities, nBins, strategy);
  const rows = new Float64Array(nBins);
  const positives = new Float64Array(nBins);
  const sums = new Float64Array(nBins);
  for (let i = 0; i < probabilities.length; i++) {
    const bin = edges.findIndex((edge) => edge >= probabilities[i]);
    const at = bin < 0 ? nBins - 1 : bin;
    rows[at]++;
    positives[at] += Number(codes[i] === positive);
    sums[at] += probabilities[i];
  }
  const filled = [...rows.keys()].filter((bin) => rows[bin] > 0);
  return {
    probTrue: Float64Array.from(filled, (bin) => positives[bin] / rows[bin]),
    probPred: Float64Array.from(filled, (bin) => sums[bin] / rows[bin]),
  };
}

/** Edges between bins, ascending: one fewer than bins. */
function innerEdges(probabilities: Float64Array, nBins: number, strategy: 'uniform' | 'quantile'): Float64Array {
  const step = 1 / nBins;
  const shares = Float64Array.from({ length: nBins - 1 }, (_, k) => (k + 1) * step);
  if (strategy === 'uniform') return shares;
  const sorted = probabilities.slice().sort();
  return shares.map((share) => {
    // By way of per cent, as numpy.percentile goes: the rounding can decide which bin an edge's rows fall in.
    const position = ((share * 100) / 100) * (sorted.length - 1);
    const below = Math.floor(position);
    const above = Math.min(below + 1, sorted.length - 1);
    const part = position - below;
    const gap = sorted[above] - sorted[below];
    // Interpolating from the nearer end makes the result exact at both.
    return part < 0.5 ? sorted[below] + gap * part : sorted[above] - gap * (1 - part);
  });
}
