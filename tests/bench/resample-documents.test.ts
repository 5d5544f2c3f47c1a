import fc from 'fast-check';
import { resampleDocuments, type Document } from '../../bench/resample-documents.ts';
import { RandomState } from '../../src/core/random-state.ts';

/** Two labels with words of their own (0–199 and 200–399), few of them frequent. */
const documents: Document[] = Array.from({ length: 200 }, (_, i) => {
  const random = new RandomState(i);
  return { label: i % 2, tokens: Array.from({ length: 40 }, () => (i % 2) * 200 + Math.floor(random.randomSample() ** 3 * 200)) };
});

test('the first documents are the given ones, and there are as many more as asked for', () => {
  const more = resampleDocuments(documents, 3);
  expect(more).toHaveLength(600);
  expect(more.slice(0, 200)).toEqual(documents);
  expect(more.map(({ label }) => label)).toEqual([...documents, ...documents, ...documents].map(({ label }) => label));
  expect(more.map(({ tokens }) => tokens.length)).toEqual([...documents, ...documents, ...documents].map(({ tokens }) => tokens.length));
});

test('the same documents and seed give the same', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 4 }), (seed, times) => {
      expect(resampleDocuments(documents.slice(0, 10), times, seed)).toEqual(resampleDocuments(documents.slice(0, 10), times, seed));
    }),
    { seed: 7, numRuns: 20 },
  );
});

test('fewer documents are the beginning of more', () => {
  expect(resampleDocuments(documents, 4).slice(0, 400)).toEqual(resampleDocuments(documents, 2));
});

test('the vocabulary grows, and slower than the text', () => {
  const words = (times: number): number => new Set(resampleDocuments(documents, times).flatMap(({ tokens }) => tokens)).size;
  expect(words(2)).toBeGreaterThan(words(1));
  expect(words(8)).toBeGreaterThan(words(4));
  expect(words(8)).toBeLessThan(8 * words(1));
});

test('known words come from documents of the same label', () => {
  for (const { label, tokens } of resampleDocuments(documents, 3)) {
    for (const token of tokens) if (token < 400) expect(token >= 200).toBe(label === 1);
  }
});
