import type { Batch } from '../runtime/feed-batch.ts';

/** A mean of batches' means, each counting for what its samples weigh. */
export class WeightedMean {
  #sum = 0;
  #weight = 0;

  /** @param rows samples of the batch, each weighing 1 unless the batch says otherwise */
  add(value: number, { weight }: Batch, rows: number): void {
    const total = weight === undefined ? rows : Array.from(weight).reduce((sum, one) => sum + one, 0);
    // A batch whose samples all weigh nothing has no mean.
    if (total === 0) return;
    this.#sum += value * total;
    this.#weight += total;
  }

  get value(): number {
    return this.#sum / this.#weight;
  }
}
