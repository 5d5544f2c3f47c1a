import { addRows, scratchLength } from '../../src/kernels/row-sums.ts';
import { trainingKernelsFor, trainingVectors } from '../../src/kernels/training-memory.ts';
import { numbers } from './both.ts';

describe.each([1, 3, 4, 5, 32])('rows of %i numbers', (size) => {
  test.each([0, 1, 2000])('%i of them, through a scratch vector again and again', (count) => {
    const ids = Int32Array.from(numbers(count, 3), (value) => Math.abs(Math.trunc(value * 1000)) % 7);
    const rows = Float32Array.from(numbers(count * size, 5));
    const expected = new Float64Array(7 * size);
    for (let i = 0; i < count; i++) for (let j = 0; j < size; j++) expected[ids[i] * size + j] += rows[i * size + j];

    const [table, scratch] = trainingVectors([7 * size, 2 * size + 3]);
    const plain = new Float32Array(7 * size);
    expect(trainingKernelsFor(table, scratch)).toBeDefined();
    addRows(table, ids, rows, size, scratch);
    addRows(plain, ids, rows, size, scratch);
    expect(Float32Array.from(table)).toStrictEqual(plain);
    expect(Array.from(plain)).toBeAllClose(Array.from(expected), { relative: 1e-4, absolute: 1e-2 });
  });
});

test('rows must be as many as their ids', () => {
  const [table, scratch] = trainingVectors([8, scratchLength(2)]);
  expect(() => addRows(table, Int32Array.of(0, 1), new Float32Array(3), 2, scratch)).toThrow('addRows: rows must have 4 elements, got 3.');
});
