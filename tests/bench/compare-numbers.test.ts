import { compareNumbers } from '../../bench/compare-numbers.ts';

test('equal records agree', () => {
  const numbers = { iterations: 13, hash: 'ab', accuracy: 0.25, confusion: [[1, 2], [3, 4]] };
  expect(compareNumbers(numbers, structuredClone(numbers))).toEqual([]);
});

test('whole numbers must be equal even where a tolerance would cover them', () => {
  expect(compareNumbers({ iterations: 24 }, { iterations: 25 }, { tolerance: 0.5 })).toEqual(['iterations: 24 ≠ 25']);
});

test('a tolerance given by name covers whole numbers too', () => {
  const tolerances = { iterations: 0.1 };
  expect(compareNumbers({ iterations: 24 }, { iterations: 25 }, { tolerances })).toEqual([]);
  expect(compareNumbers({ iterations: 24 }, { iterations: 34 }, { tolerances })).toHaveLength(1);
});

test('other numbers may differ by the tolerance, relative to 1 or their size', () => {
  expect(compareNumbers({ small: 0.1, large: 1000.5 }, { small: 0.1 + 0.9e-6, large: 1000.5009 }, { tolerance: 1e-6 })).toEqual([]);
  expect(compareNumbers({ small: 0.1 }, { small: 0.1 + 1.1e-6 }, { tolerance: 1e-6 })).toHaveLength(1);
  expect(compareNumbers({ large: 1000.5 }, { large: 1000.502 }, { tolerance: 1e-6 })).toHaveLength(1);
});

test('without a tolerance every digit counts', () => {
  expect(compareNumbers({ sum: 0.3 }, { sum: 0.1 + 0.2 })).toHaveLength(1);
});

test('a whole number may meet one that is not', () => {
  expect(compareNumbers({ auc: 1 }, { auc: 1 - 1e-12 }, { tolerance: 1e-9 })).toEqual([]);
});

test('lists must be of one length and agree throughout', () => {
  expect(compareNumbers({ a: [1, 2] }, { a: [1, 2, 3] })).toEqual(['a: [1,2] ≠ [1,2,3]']);
  expect(compareNumbers({ a: [[1], [2]] }, { a: [[1], [3]] })).toEqual(['a: [[1],[2]] ≠ [[1],[3]]']);
});

test('a name that one side lacks is a difference', () => {
  expect(compareNumbers({ a: 1 }, { b: 1 })).toEqual(['a: 1 ≠ nothing', 'b: nothing ≠ 1']);
});

test('NaN agrees with NaN only, and a number is not its text', () => {
  expect(compareNumbers({ a: NaN }, { a: NaN })).toEqual([]);
  expect(compareNumbers({ a: NaN }, { a: 0 }, { tolerance: 1 })).toHaveLength(1);
  expect(compareNumbers({ a: 1 }, { a: '1' })).toHaveLength(1);
});

test('long values are cut in the message', () => {
  const [message] = compareNumbers({ hash: 'a'.repeat(64) }, { hash: 'b'.repeat(64) });
  expect(message.length).toBeLessThan(100);
  expect(message).toContain('…');
});
