import type { History } from '../training/history.ts';

/** What NeuralClassifier and NeuralRegressor have learned besides their own. */
export interface NeuralFitted {
  /** The trained net as an ONNX file: from X's rows as `x` to `output`, the batch of any size. Predictions come from it alone. */
  onnx: Uint8Array;
  history: History;
  /** What the training has to say; usually nothing. */
  notes: readonly string[];
}
