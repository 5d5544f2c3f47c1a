import { bestFirst } from '../../src/competition/best-first.ts';

const { NaN: none } = Number;

test.each([
  ['higher', [0.2, none, 0.9, none, 0.5], [0.9, 0.5, 0.2, none, none]],
  ['lower', [0.2, none, 0.9, none, 0.5], [0.2, 0.5, 0.9, none, none]],
] as const)('where %s is better the best comes first, and what is not defined last', (better, scores, expected) => {
  expect([...scores].sort(bestFirst(better))).toEqual(expected);
});

test('equal scores stay in their order', () => {
  const rows = [['a', 1], ['b', none], ['c', 1], ['d', none]] as const;
  expect([...rows].sort(([, a], [, b]) => bestFirst('higher')(a, b)).map(([name]) => name)).toEqual(['a', 'c', 'b', 'd']);
});
