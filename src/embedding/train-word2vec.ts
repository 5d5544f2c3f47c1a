import type { RandomState } from '../core/random-state.ts';
import { withArena } from '../kernels/arena.ts';
import { trainSkipGram } from '../kernels/skip-gram.ts';

/** A corpus as numbers. */
export interface NumberedTexts {
  /** Words of all texts, one after the other, as positions in the vocabulary. */
  ids: Int32Array;
  /** texts + 1 positions in `ids`. */
  offsets: Int32Array;
  /** How often each word of the vocabulary occurs. */
  counts: Float64Array;
}

export interface TrainingSettings {
  vectorSize: number;
  window: number;
  negative: number;
  sample: number;
  nsExponent: number;
  epochs: number;
  alpha: number;
  minAlpha: number;
}

/** Places of the table that negatives are drawn from. */
const TABLE = 2 ** 20;
const SIGMOIDS = 1000;

/** Learns vectors, words × vectorSize. The same for the same random state, on every machine. */
export function trainWord2Vec({ ids, offsets, counts }: NumberedTexts, settings: TrainingSettings, random: RandomState): Float32Array {
  const { vectorSize, window, negative, epochs, alpha, minAlpha } = settings;
  const words = counts.length;
  // Kernels work on four numbers at a time; what is added stays zero.
  const size = Math.ceil(vectorSize / 4) * 4;
  let longest = 0;
  for (let t = 0; t + 1 < offsets.length; t++) longest = Math.max(longest, offsets[t + 1] - offsets[t]);
  return withArena((arena) => {
    const input = arena.float32(words * size);
    for (let w = 0; w < words; w++) for (let c = 0; c < vectorSize; c++) input[w * size + c] = random.uniform(-0.5, 0.5) / vectorSize;
    const keep = arena.int32(words);
    keep.set(keepLimits(counts, settings.sample));
    const table = arena.int32(TABLE);
    fillTable(table, counts, settings.nsExponent);
    const sigmoids = arena.float32(SIGMOIDS + 1);
    for (let i = 0; i <= SIGMOIDS; i++) sigmoids[i] = 1 / (1 + Math.exp(6 - (12 * (i + 0.5)) / SIGMOIDS));
    const model = { input, output: arena.float32(words * size), size, window, negative, keep, table, sigmoids, error: arena.float32(size), kept: arena.int32(longest) };
    const corpus = arena.copyInt32(ids);
    const total = epochs * ids.length;
    let done = 0;
    let state = (random.nextUint32() | 1) >>> 0;
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let t = 0; t + 1 < offsets.length; t++) {
        const rate = Math.max(minAlpha, alpha - (alpha - minAlpha) * (done / total));
        state = trainSkipGram(model, corpus, offsets[t], offsets[t + 1], rate, state);
        done += offsets[t + 1] - offsets[t];
      }
    }
    const vectors = new Float32Array(words * vectorSize);
    for (let w = 0; w < words; w++) vectors.set(input.subarray(w * size, w * size + vectorSize), w * vectorSize);
    return vectors;
  });
}

/** As unsigned 32-bit numbers: a word stays when a random one is less. Common words stay with a chance of about √(sample / share). */
function keepLimits(counts: Float64Array, sample: number): Int32Array {
  const total = counts.reduce((a, b) => a + b, 0);
  return Int32Array.from(counts, (count) => {
    const threshold = sample * total;
    const chance = sample === 0 ? 1 : (Math.sqrt(count / threshold) + 1) * (threshold / count);
    return chance >= 1 ? -1 : Math.floor(chance * 2 ** 32) | 0;
  });
}

/** Each word in as many places as its count to a power asks for. */
function fillTable(table: Int32Array, counts: Float64Array, exponent: number): void {
  let total = 0;
  for (const count of counts) total += count ** exponent;
  let sum = 0;
  let at = 0;
  counts.forEach((count, w) => {
    sum += count ** exponent;
    const end = w === counts.length - 1 ? table.length : Math.round((sum / total) * table.length);
    table.fill(w, at, end);
    at = Math.max(at, end);
  });
}
