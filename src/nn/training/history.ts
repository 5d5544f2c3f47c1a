/** One epoch of a training. */
export interface EpochRecord {
  /** From 1. */
  epoch: number;
  /** Mean loss over the training samples, each as its batch met it. */
  loss: number;
  /** Mean loss over the validation samples after the epoch; null without a validation. */
  validationLoss: number | null;
  /** Metrics of the validation samples, by name; empty without a validation. */
  metrics: Readonly<Record<string, number>>;
  /** Of the epoch's last batch. */
  learningRate: number;
  /** The largest of the epoch's batches, before clipping. */
  gradNorm: number;
}

/** What a training went through: plain data, the same for the same seed. */
export interface History {
  epochs: readonly EpochRecord[];
  /** The epoch with the best value of what early stopping watches, else of the validation loss, else of the loss. */
  bestEpoch: number;
  /** Whether the training ended before the last epoch, since nothing became better. */
  stoppedEarly: boolean;
  /** What the training has to say: a loss that rose, an epoch that never ended better; usually nothing. */
  notes: readonly string[];
}
