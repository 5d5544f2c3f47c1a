import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import { type SkipGramModel, trainSkipGram as twin } from './twins/skip-gram.ts';

export type { SkipGramModel };

/**
 * One pass of skip-gram training over the words of one text, from … to − 1 of `words`, in place. In WebAssembly
 * where all arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 *
 * @param rate step size; float32 is used
 * @param seed state of a 32-bit xorshift generator, not 0
 * @returns its next state
 */
export function trainSkipGram(model: SkipGramModel, words: Int32Array, from: number, to: number, rate: number, seed: number): number {
  const { input, output, size, window, negative, keep, table, sigmoids, error, kept } = model;
  checkLength('trainSkipGram', 'input', input, keep.length * size);
  checkLength('trainSkipGram', 'output', output, keep.length * size);
  checkLength('trainSkipGram', 'error', error, size);
  checkLength('trainSkipGram', 'sigmoids', sigmoids, 1001);
  const step = Math.fround(rate);
  const kernels = kernelsFor(input, output, keep) && kernelsFor(table, sigmoids, error) && kernelsFor(words, kept);
  if (!kernels) return twin(model, words, from, to, step, seed);
  return (
    kernels.trainSkipGram(
      words.byteOffset,
      from,
      to,
      kept.byteOffset,
      keep.byteOffset,
      size,
      window,
      negative,
      step,
      input.byteOffset,
      output.byteOffset,
      table.byteOffset,
      table.length - 1,
      sigmoids.byteOffset,
      error.byteOffset,
      seed,
    ) >>> 0
  );
}
