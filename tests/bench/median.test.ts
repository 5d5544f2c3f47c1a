import { median } from '../../bench/median.ts';

test('the median is the middle value, whatever the order', () => {
  expect(median([9, 1, 4])).toBe(4);
  expect(median([10, 9, 100])).toBe(10);
});

test('the median of an even number of values is the mean of the middle two', () => {
  expect(median([4, 1, 10, 2])).toBe(3);
});

test('the median leaves its values in their order', () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

test('the median of nothing is NaN', () => {
  expect(median([])).toBeNaN();
});
