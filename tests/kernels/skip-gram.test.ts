import { trainSkipGram } from '../../src/kernels/skip-gram.ts';
import { LENGTHS, numbers, onBoth } from './both.ts';

const WORDS = 7;
const tiny = (values: Float64Array): Float32Array => Float32Array.from(values, (v) => (v % 1) * 0.3);

test.each(LENGTHS.filter((n) => n > 0 && n % 4 === 0).concat(4, 12, 16, 20, 100))('learns vectors of %i numbers to the same bits', (size) => {
  const words = Int32Array.from(numbers(60, 5), (v) => Math.abs(Math.trunc(v * 13)) % WORDS);
  const result = onBoth((arena) => {
    const copy = (values: Float32Array): Float32Array => {
      const own = arena.float32(values.length);
      own.set(values);
      return own;
    };
    const model = {
      input: copy(tiny(numbers(WORDS * size, 1))),
      output: copy(tiny(numbers(WORDS * size, 2))),
      size,
      window: 3,
      negative: 4,
      keep: arena.copyInt32([-1, -1, 2 ** 30, -(2 ** 30), -1, -1, 0]),
      table: arena.copyInt32(Array.from({ length: 16 }, (_, i) => i % WORDS)),
      sigmoids: copy(Float32Array.from({ length: 1001 }, (_, i) => 1 / (1 + Math.exp(6 - (12 * (i + 0.5)) / 1000)))),
      error: arena.float32(size),
      kept: arena.int32(60),
    };
    const corpus = arena.copyInt32(words);
    let state = 12345;
    for (const [from, to] of [[0, 20], [20, 20], [20, 21], [21, 60]]) state = trainSkipGram(model, corpus, from, to, 0.1, state);
    return { state, input: Float32Array.from(model.input), output: Float32Array.from(model.output) };
  });
  expect(result.input).not.toEqual(tiny(numbers(WORDS * size, 1)));
  expect(result.input.every(Number.isFinite)).toBe(true);
});

test('refuses arrays of the wrong length', () => {
  const short = new Float32Array(3);
  const model = { input: short, output: short, size: 4, window: 1, negative: 1, keep: new Int32Array(1), table: new Int32Array(2), sigmoids: short, error: short, kept: new Int32Array(1) };
  expect(() => trainSkipGram(model, new Int32Array(1), 0, 1, 0.1, 1)).toThrow('trainSkipGram: input must have 4 elements, got 3.');
});
