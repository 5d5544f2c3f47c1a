import { RandomState } from '../../src/core/random-state.ts';
import { sortFloats } from '../../src/tree/sort-floats.ts';

test.each([0, 1, 2, 99, 100, 101, 3000])('%i values are ordered as a stable comparison orders them, without NaN', (length) => {
  const special = [Number.NaN, 0, -0, Infinity, -Infinity, 1e-45, -1e-45];
  const random = new RandomState(length);
  const values = Float32Array.from(random.standardNormal(length), (value, p) => (p % 5 === 2 ? special[p % 7] : Math.round(value * 8) / 8));
  const expected = Array.from(values.keys()).filter((p) => !Number.isNaN(values[p])).sort((i, j) => values[i] - values[j] || i - j);
  // Infinities of one sign differ by NaN, which counts as equal above.
  expect([...sortFloats(values)]).toEqual(expected);
});
