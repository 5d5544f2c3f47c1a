import type { Label } from '../core/labels.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Prediction, Scorer } from '../metrics/make-scorer.ts';

/** What is blended: predictions of the same rows by several pipelines, as rows × classes, or one column of numbers. */
export interface BlendTask {
  /** One for each pipeline; a pipeline without probabilities gives 1 for the class it chose. */
  predictions: readonly DenseMatrix[];
  y: readonly Label[];
  /** Ascending; null for regression. */
  classes: readonly Label[] | null;
  scorer: Scorer;
}

/** A blend that has been tuned. */
export interface Blend {
  /** What it says of rows that each pipeline has predicted. */
  combine(predictions: readonly DenseMatrix[]): Promise<DenseMatrix>;
  /** How much each pipeline counts; what that means is the method's. */
  weights: number[];
}

/** Tunes a blend on some rows, and looks at no other. */
export type Blender = (task: BlendTask, rows: Int32Array) => Promise<Blend>;

/** A blend's numbers as scorers take them: the largest probability is the label. */
export function asPrediction(combined: DenseMatrix, classes: readonly Label[] | null): Prediction {
  if (classes === null) return { values: Float64Array.from(combined.data) };
  const labels = Array.from({ length: combined.rows }, (_, i) => {
    const row = combined.row(i);
    let best = 0;
    for (let k = 1; k < row.length; k++) if (row[k] > row[best]) best = k;
    return classes[best];
  });
  return { classes, labels, probabilities: combined, ...(classes.length === 2 && { scores: Float64Array.from(combined.col(1)) }) };
}
