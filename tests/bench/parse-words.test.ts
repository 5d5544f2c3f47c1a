import { parseWords } from '../../bench/parse-words.ts';

test('takes names, runs and flags in any order', () => {
  expect(parseWords(['count-words', '--runs', '3', '--write', 'growth'])).toEqual({
    names: ['count-words', 'growth'], runs: 3, quick: false, write: true, profile: false,
  });
});

test('runs are five unless told, one for a quick look', () => {
  expect(parseWords([]).runs).toBe(5);
  expect(parseWords(['--quick']).runs).toBe(1);
  expect(parseWords(['--quick', '--runs', '2']).runs).toBe(2);
});

test.each([['--runs'], ['--runs', '0'], ['--runs', 'two'], ['--runs', '1.5']])('refuses %s %s', (...words) => {
  expect(() => parseWords(words)).toThrow('--runs must be a whole number above 0');
});

test('refuses an unknown option and shows those there are', () => {
  expect(() => parseWords(['--rnus'])).toThrow(/no option --rnus[\s\S]*--runs n/);
});
