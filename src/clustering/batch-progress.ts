/** Watches the inertia of batches, smoothed, and says when to stop. */
export class BatchProgress {
  readonly #batchSize: number;
  readonly #share: number;
  readonly #tol: number;
  readonly #patience: number | null;
  #step = 0;
  #smoothed: number | undefined;
  #least = Infinity;
  #without = 0;

  /** @param patience batches in a row without a lower smoothed inertia; null for any number */
  constructor(batchSize: number, rows: number, tol: number, patience: number | null) {
    this.#batchSize = batchSize;
    this.#share = Math.min((batchSize * 2) / (rows + 1), 1);
    this.#tol = tol;
    this.#patience = patience;
  }

  /** Takes in one batch's inertia and the squared shift of centres it caused. */
  isDone(inertia: number, shift: number): boolean {
    // The first batch tells of the start only.
    if (++this.#step === 1) return false;
    const mean = inertia / this.#batchSize;
    this.#smoothed = this.#smoothed === undefined ? mean : this.#smoothed * (1 - this.#share) + mean * this.#share;
    if (this.#tol > 0 && shift <= this.#tol) return true;
    if (this.#smoothed < this.#least) {
      this.#least = this.#smoothed;
      this.#without = 0;
    } else {
      this.#without++;
    }
    return this.#patience !== null && this.#without >= this.#patience;
  }
}
