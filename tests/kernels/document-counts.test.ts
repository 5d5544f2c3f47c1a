import fc from 'fast-check';
import { addDocumentFrequencies, numberFeatures, takeCounts } from '../../src/kernels/document-counts.ts';
import { onBoth } from './both.ts';

/** Rows of distinct ascending features with counts, and some of these rows, perhaps repeated or all. */
const documents = fc.record({
  rows: fc.array(fc.uniqueArray(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 9 })), { selector: ([feature]) => feature, maxLength: 12 }), { maxLength: 20 }),
  picks: fc.option(fc.array(fc.nat(1000), { maxLength: 25 })),
  columns: fc.array(fc.boolean(), { minLength: 31, maxLength: 31 }),
  isBinary: fc.boolean(),
});

test('frequencies, numbers and taken rows are those of a plain count', () => {
  fc.assert(
    fc.property(documents, ({ rows: unordered, picks, columns: isKept, isBinary }) => {
      const rows = unordered.map((row) => row.toSorted((a, b) => a[0] - b[0]));
      const rowIds = picks && (rows.length === 0 ? [] : picks.map((pick) => pick % rows.length));
      const meant = rowIds ? rowIds.map((row) => rows[row]) : rows;
      const indptr = [0];
      for (const row of rows) indptr.push(indptr[indptr.length - 1] + row.length);
      let next = 0;
      const columnOf = isKept.map((kept) => (kept ? next++ : -1));

      const result = onBoth((arena) => {
        const X = {
          indptr: arena.copyInt32(indptr),
          indices: arena.copyInt32(rows.flat().map(([feature]) => feature)),
          counts: isBinary ? null : arena.copyInt32(rows.flat().map(([, count]) => count)),
        };
        const ids = rowIds && arena.copyInt32(rowIds);
        const frequencies = arena.int32(31);
        addDocumentFrequencies(X, ids, frequencies);
        const columns = arena.int32(31);
        const within = numberFeatures(frequencies, 1, 3, columns);
        const room = meant.flat().length;
        const out = { indptr: arena.int32(meant.length + 1), indices: arena.int32(room), data: arena.float64(room) };
        const taken = takeCounts(X, ids, arena.copyInt32(columnOf), out);
        return {
          frequencies: [...frequencies],
          columns: [...columns],
          within,
          indptr: [...out.indptr],
          entries: Array.from({ length: taken }, (_, p) => [out.indices[p], out.data[p]]),
        };
      });

      const frequencies = Array.from({ length: 31 }, (_, f) => meant.filter((row) => row.some(([feature]) => feature === f)).length);
      const numbered = frequencies.map((df, f) => (df >= 1 && df <= 3 ? f : -1)).filter((f) => f >= 0);
      const kept = meant.map((row) => row.filter(([feature]) => isKept[feature]).map(([feature, count]) => [columnOf[feature], isBinary ? 1 : count]));
      expect(result.frequencies).toEqual(frequencies);
      expect(result.within).toBe(numbered.length);
      expect(result.columns).toEqual(frequencies.map((_, f) => numbered.indexOf(f)));
      expect(result.entries).toEqual(kept.flat());
      expect(result.indptr).toEqual(kept.reduce((offsets, row) => [...offsets, offsets[offsets.length - 1] + row.length], [0]));
    }),
  );
});

test('a feature counts from the least to the most, both included', () => {
  const [columns, within] = onBoth((arena) => {
    const numbers = arena.int32(5);
    const count = numberFeatures(arena.copyInt32([0, 2, 3, 4, 5]), 2, 4, numbers);
    return [[...numbers], count];
  });
  expect(columns).toEqual([-1, 0, 1, 2, -1]);
  expect(within).toBe(3);
});

test('room for entries and values must be equal', () => {
  expect(() =>
    onBoth((arena) => {
      const X = { indptr: arena.copyInt32([0, 1]), indices: arena.int32(1), counts: null };
      takeCounts(X, null, arena.int32(1), { indptr: arena.int32(2), indices: arena.int32(1), data: arena.float64(0) });
    }),
  ).toThrow('takeCounts: data must have 1 elements, got 0.');
});
