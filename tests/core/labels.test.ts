import fc from 'fast-check';
import { encodeLabels, labelCodes, uniqueLabels, type Label } from '../../src/core/labels.ts';

test('labels are encoded in one pass as by their classes and then by their codes', () => {
  const lists = fc.oneof(fc.array(fc.string({ maxLength: 2 })), fc.array(fc.constantFrom(-0, 0, 2, 10, -3.5, Infinity)), fc.array(fc.boolean()));
  fc.assert(
    fc.property(lists, (y: Label[]) => {
      const classes = uniqueLabels('test', y);
      expect(encodeLabels('test', y)).toEqual({ classes, codes: labelCodes('test', y, classes) });
    }),
    { seed: 7 },
  );
});

test.each([
  [['a', 'b', null, undefined], 'test: every row must have a label, row 2 has null. Fill or drop it.'],
  [[1, 2, NaN], 'test: every row must have a label, row 2 has NaN. Fill or drop it.'],
  [['a', 'a', 3, null], 'test: labels must be of one type, got string and number (3 in row 2).'],
])('what is no label is told of with its row, %#', (y, message) => {
  expect(() => encodeLabels('test', y as Label[])).toThrow(message);
  expect(() => uniqueLabels('test', y as Label[])).toThrow(message);
});
