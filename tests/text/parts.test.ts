import fc from 'fast-check';
import { murmurHash3 } from '../../src/core/murmur-hash3.ts';
import { asRunPattern, pythonPattern } from '../../src/text/python-pattern.ts';
import { RowSorter } from '../../src/text/row-sorter.ts';
import { stripAccentsAscii, stripAccentsUnicode } from '../../src/text/strip-accents.ts';

test('murmurHash3 gives the reference values', () => {
  // sklearn.utils.murmurhash3_32(text, seed) for every length of tail.
  expect(['', 'a', 'ab', 'abc', 'abcd', 'abcde', 'é', '😀'].map((t) => murmurHash3(t))).toEqual([0, 1009084850, -1681926305, -1277324294, 1139631978, -392455434, 269551495, -1095487750]);
  expect(murmurHash3('abc', 42)).toBe(1313807976);
});

test('RowSorter orders columns, sums repeats, keeps zeros and leaves nothing behind', () => {
  const entries = fc.array(fc.tuple(fc.nat(4999), fc.integer({ min: -3, max: 3 })), { maxLength: 60 });
  fc.assert(
    fc.property(fc.array(entries, { maxLength: 4 }), (rows) => {
      const sorter = new RowSorter(5000);
      for (const row of rows) {
        const expected = new Map<number, number>();
        for (const [col, value] of row) {
          sorter.add(col, value);
          expected.set(col, (expected.get(col) ?? 0) + value);
        }
        const cols = new Int32Array(row.length);
        const values = new Int32Array(row.length);
        const end = sorter.drain(cols, values, 0);
        const found = Array.from({ length: end }, (_, p) => [cols[p], values[p]]);
        expect(found).toEqual([...expected].sort((a, b) => a[0] - b[0]));
      }
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('accents go the way of NFKD', () => {
  expect(stripAccentsUnicode('Ångström ﬁ ½ क्षि e\u0301')).toBe('Angstrom fi 1⁄2 कषि e');
  expect(stripAccentsAscii('Ångström ﬁ ½ 中 e\u0301')).toBe('Angstrom fi 12  e');
});

test('patterns mean what they mean in Python', () => {
  const find = (pattern: RegExp, text: string): string[] => text.match(pythonPattern('test', pattern)) ?? [];
  expect(find(/\b\w+\b/, 'naïve 中文, x²')).toEqual(['naïve', '中文', 'x²']);
  expect(find(/\s/, ' \x1c\x85\ufeff')).toEqual([' ', '\x1c', '\x85']);
  expect(find(/[\S]/, '\x1f\ufeffa')).toEqual(['\ufeff', 'a']);
  expect(find(/\d+/, '१२ 3 ²')).toEqual(['१२', '3']);
  expect(find(/[\W]/, 'é_‿')).toEqual(['‿']);
  expect(find(/[\b]/, 'a\bb')).toEqual(['\b']);
});

test('runs of one class are recognised, other patterns are not', () => {
  const minLength = (pattern: RegExp): number | undefined => asRunPattern('test', pattern)?.minLength;
  expect([/\w+/, /\b\w\w+\b/, /(\w{3,})/, /(?:\w\w*)/, /[a-z'\]]+/, /\S{2,}/].map(minLength)).toEqual([1, 2, 3, 1, 1, 2]);
  expect([/\w/, /\w*/, /\w+?/, /\w{2}/, /\b\S+\b/, /\w+-/, /(\w)\w+/, /\w\d+/, /./].map(minLength)).toEqual(Array(9).fill(undefined));
});
