import { pseudoWord } from '../../bench/pseudo-word.ts';

test('every number has a word of its own, of lower-case letters', () => {
  const words = Array.from({ length: 100_000 }, (_, i) => pseudoWord(i));
  expect(new Set(words).size).toBe(words.length);
  expect(words.every((word) => /^[a-z]+$/.test(word))).toBe(true);
});

test('small numbers, which stand for frequent words, have short ones', () => {
  expect([0, 89, 90, 8189, 8190].map((n) => pseudoWord(n).length)).toEqual([2, 2, 4, 4, 6]);
});
