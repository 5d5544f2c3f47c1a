import fc from 'fast-check';
import { withArena } from '../../src/kernels/arena.ts';
import { countSequences } from '../../src/kernels/gram-counts.ts';
import { gramTexts } from '../../src/kernels/gram-texts.ts';
import { orderGrams } from '../../src/kernels/order-grams.ts';
import { orderTexts } from '../../src/kernels/order-texts.ts';
import { comparePacked, packTexts, unpackTexts } from '../../src/kernels/packed-texts.ts';
import { WordInterner } from '../../src/kernels/word-interner.ts';
import { onBoth } from './both.ts';

/** Any UTF-16 units, halves of surrogate pairs among them. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('a', 'b', '\0', 'é', '\ud83d', '\ude00', '\uffff'), maxLength: 20 }),
);

/** By code point, halves of pairs by their own number. */
function byCodePoint(a: string, b: string): number {
  const p = Array.from(a, (c) => c.codePointAt(0) as number);
  const q = Array.from(b, (c) => c.codePointAt(0) as number);
  const k = p.findIndex((c, i) => c !== q[i]);
  return k < 0 ? p.length - q.length : k < q.length ? p[k] - q[k] : 1;
}

const ordered = (texts: readonly string[]): string[] =>
  onBoth((arena) => Array.from(orderTexts(arena, arena.heldTexts(packTexts(texts))), (t) => texts[t]));

test('packed texts come back as they were, and compare by code point', () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 30 }), (texts) => {
      const packed = packTexts(texts);
      expect(unpackTexts(packed)).toEqual(texts);
      for (let t = 1; t < texts.length; t++) {
        expect(Math.sign(comparePacked(packed, t - 1, packed, t))).toBe(Math.sign(byCodePoint(texts[t - 1], texts[t])));
      }
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('orderTexts sorts by code point', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyText, { maxLength: 80 }), (texts) => {
      expect(ordered(texts)).toEqual([...texts].sort(byCodePoint));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test.each([0, 1, 2, 7, 8, 9, 15, 16, 17, 20_000])('orderTexts sorts texts whose first %i bytes are equal', (length) => {
  const ends = ['', ...Array.from({ length: 40 }, (_, i) => String.fromCharCode(97 + ((i * 7) % 40)).repeat(1 + (i % 11)))];
  const texts = ends.map((end) => 'x'.repeat(length) + end);
  expect(ordered(texts)).toEqual([...texts].sort());
});

test('orderTexts puts equal texts side by side', () => {
  expect(ordered(['b', 'a', 'bcdefghij', 'b', '', 'bcdefghij', '', 'b\0'])).toEqual(['', '', 'a', 'b', 'b', 'b\0', 'bcdefghij', 'bcdefghij']);
});

test('orderTexts sorts many texts', () => {
  const texts = Array.from({ length: 50_000 }, (_, i) => `w${Math.imul(i, 7919) >>> (i % 13)}-${i}`);
  expect(ordered(texts)).toEqual([...texts].sort());
});

test.each(['', ' '] as const)('gramTexts joins tokens with "%s"', (separator) => {
  const tokens = ['to', 'be', 'é', '', 'a longer token', '😀'];
  const ids = Int32Array.from([0, 1, 2, 3, 4, 5, 0, 4, 4, 1, 0, 1, 2, 3]);
  const found = onBoth((arena) => {
    const lists = { offsets: Int32Array.of(0, 6, 6, 14), ids };
    const { table } = countSequences(arena, lists, tokens.length, { smallest: 1, largest: 3 });
    const columns = orderGrams(arena, table, Int32Array.of(3, 1, 4, 0, 2, 5));
    const cols = columns.filter((col) => col >= 0).length;
    return unpackTexts(gramTexts(arena, table, columns, cols, arena.heldTexts(packTexts(tokens)), separator, 3));
  });
  const rank = [3, 1, 4, 0, 2, 5];
  const sequences = new Map<string, number[]>();
  for (const document of [[...ids.subarray(0, 6)], [...ids.subarray(6)]]) {
    for (let n = 1; n <= 3; n++) for (let p = 0; p + n <= document.length; p++) sequences.set(document.slice(p, p + n).join(), document.slice(p, p + n));
  }
  const byRank = [...sequences.values()].sort((a, b) => {
    const k = a.findIndex((token, i) => token !== b[i]);
    return k < 0 ? a.length - b.length : k < b.length ? rank[a[k]] - rank[b[k]] : 1;
  });
  expect(found).toEqual(byRank.map((sequence) => sequence.map((token) => tokens[token]).join(separator)));
});

test('what is done to ASCII at once is what preparation does', () => {
  const texts = ['@AZ[`az{ To BE', 'ÄÖ Straße İI', '', 'X'.repeat(100), 'plain'];
  const pattern = { member: /\S/u, minLength: 1 };
  const prepare = (text: string): string => text.toLowerCase();
  const words = (onAscii: 'lower' | null): string[] =>
    onBoth((arena) => {
      const interner = new WordInterner(arena, pattern, 0, { prepare, onAscii });
      for (const text of texts) interner.add(text);
      return [...interner.heldIds()].map((id) => unpackTexts(interner.packedTerms())[id]);
    });
  expect(words('lower')).toEqual(words(null));
  expect(words('lower')).toEqual(texts.map(prepare).join(' ').split(/\s+/u));
});

test('packed texts taken out of an arena are held where they lie', () => {
  withArena((arena) => {
    const held = arena.heldTexts(packTexts(['a', 'b']));
    expect(arena.heldTexts(held)).toEqual(held);
  });
});
