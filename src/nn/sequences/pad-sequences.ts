import { ShapeError } from '../../core/errors.ts';
import { completeOptions, choice, integer, optional, type Rules } from '../../core/rules.ts';
import type { NdArray } from '../data/nd-array.ts';

export interface PadSequencesOptions {
  /** Length of every row. Default null: that of the longest sequence. */
  maxLength?: number | null;
  /** Where shorter sequences are filled up. Default 'pre': a recurrent net then ends with what the sequence ends with. */
  padding?: 'pre' | 'post';
  /** Where longer sequences are cut. Default 'pre': the end is kept. */
  truncating?: 'pre' | 'post';
  /** What fills. Default 0. */
  value?: number;
}

const rules: Rules<PadSequencesOptions> = {
  maxLength: optional(integer(1, { min: 1 })),
  padding: choice('pre', ['pre', 'post']),
  truncating: choice('pre', ['pre', 'post']),
  value: integer(0),
};

/**
 * Sequences of numbers as rows of one length.
 *
 * Counterpart: Keras' pad_sequences, whose defaults these are; with padding and truncating 'post',
 * torch.nn.utils.rnn.pad_sequence(batch_first=True) of sequences that were cut.
 * @returns sequences × maxLength whole numbers
 *
 * @example
 * padSequences([[1, 2, 3], [4]], { maxLength: 2 }); // { shape: [2, 2], data: Int32Array [2, 3, 0, 4] }
 */
export function padSequences(sequences: readonly ArrayLike<number>[], options: PadSequencesOptions = {}): NdArray & { data: Int32Array } {
  const { maxLength, padding, truncating, value } = completeOptions<PadSequencesOptions>('padSequences', options, rules);
  const length = maxLength ?? sequences.reduce((longest, sequence) => Math.max(longest, sequence.length), 0);
  if (length === 0) throw new ShapeError('padSequences: at least one sequence must have an element, got none. Give maxLength.');
  const data = new Int32Array(sequences.length * length).fill(value);
  for (const [i, sequence] of sequences.entries()) {
    const kept = Math.min(length, sequence.length);
    const from = truncating === 'pre' ? sequence.length - kept : 0;
    const to = i * length + (padding === 'pre' ? length - kept : 0);
    for (let j = 0; j < kept; j++) data[to + j] = sequence[from + j];
  }
  return { shape: [sequences.length, length], data };
}
