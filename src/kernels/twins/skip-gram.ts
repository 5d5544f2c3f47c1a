/** Twin of assembly/skip-gram.ts: the same operations in the same order, so the same bits. */
const ENTRIES = 1000;
const MOST = 6;
const { fround } = Math;

export interface SkipGramModel {
  /** Words × size, what is learned. */
  readonly input: Float32Array;
  /** Words × size, the other side of each product. */
  readonly output: Float32Array;
  readonly size: number;
  /** Farthest place of a word that is predicted. */
  readonly window: number;
  /** Words drawn against each one that is there. */
  readonly negative: number;
  /** Per word, the 32 random bits, unsigned, below which it stays; −1, all bits set, stays always. */
  readonly keep: Int32Array;
  /** Words to draw from, a power of two of them. */
  readonly table: Int32Array;
  /** The sigmoid in the middles of 1000 equal steps over (−6, 6), and one more against rounding. */
  readonly sigmoids: Float32Array;
  /** Room for one vector: zeros, before and after. */
  readonly error: Float32Array;
  /** Room for the words of the longest text. */
  readonly kept: Int32Array;
}

export function trainSkipGram(model: SkipGramModel, words: Int32Array, from: number, to: number, rate: number, seed: number): number {
  const { input, output, size, window, negative, keep, table, sigmoids, error, kept } = model;
  const mask = table.length - 1;
  let state = seed >>> 0;
  let length = 0;
  for (let p = from; p < to; p++) {
    const limit = keep[words[p]] >>> 0;
    if (limit !== 0xffffffff) {
      state = next(state);
      if (state >= limit) continue;
    }
    kept[length++] = words[p];
  }
  for (let p = 0; p < length; p++) {
    state = next(state);
    const reach = 1 + ((state >>> 8) % window);
    const last = Math.min(length - 1, p + reach);
    for (let q = Math.max(0, p - reach); q <= last; q++) {
      if (q === p) continue;
      const x = kept[q] * size;
      for (let d = 0; d <= negative; d++) {
        let word = kept[p];
        if (d > 0) {
          state = next(state);
          word = table[(state >>> 4) & mask];
          if (word === kept[p]) continue;
        }
        const y = word * size;
        const sum = dot(input, x, output, y, size);
        const chance = sum >= MOST ? 1 : sum <= -MOST ? 0 : sigmoids[Math.trunc(fround(fround(sum + MOST) * fround(ENTRIES / (MOST * 2))))];
        const step = fround(fround((d === 0 ? 1 : 0) - chance) * rate);
        if (step === 0) continue;
        for (let c = 0; c < size; c++) error[c] = fround(error[c] + fround(step * output[y + c]));
        for (let c = 0; c < size; c++) output[y + c] = fround(output[y + c] + fround(step * input[x + c]));
      }
      for (let c = 0; c < size; c++) input[x + c] = fround(input[x + c] + error[c]);
      error.fill(0);
    }
  }
  return state;
}

function next(state: number): number {
  let s = state;
  s ^= s << 13;
  s ^= s >>> 17;
  return (s ^ (s << 5)) >>> 0;
}

/** Sixteen lanes, of which the last, incomplete round takes the first ones. */
function dot(x: Float32Array, xStart: number, y: Float32Array, yStart: number, n: number): number {
  const lanes = new Float32Array(16);
  const whole = n - (n % 16);
  for (let c = 0; c < n; c++) {
    const lane = c < whole ? c % 16 : c % 4;
    lanes[lane] += fround(x[xStart + c] * y[yStart + c]);
  }
  for (let lane = 0; lane < 4; lane++) lanes[lane] = fround(lanes[lane] + lanes[lane + 4]) + fround(lanes[lane + 8] + lanes[lane + 12]);
  return fround(fround(lanes[0] + lanes[1]) + fround(lanes[2] + lanes[3]));
}
