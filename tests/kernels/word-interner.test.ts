import { type Arena, withArena } from '../../src/kernels/arena.ts';
import { ThreadTeam } from '../../src/kernels/thread-team.ts';
import { WordInterner, type WordPattern } from '../../src/kernels/word-interner.ts';
import { LENGTHS, numbers, onBoth } from './both.ts';

const WORD: WordPattern = { member: /[_\p{L}\p{N}]/u, minLength: 2 };
const SOLID: WordPattern = { member: /\S/u, minLength: 1 };

/** The words of each text, found the plain way. */
function expected(texts: readonly string[], { member, minLength }: WordPattern) {
  const run = new RegExp(`(?:${member.source})+`, 'gu');
  const all = texts.map((text) => text.match(run) ?? []);
  const kept = all.map((words) => words.filter((word) => [...word].length >= minLength));
  const terms = [...new Set(kept.flat())];
  return {
    terms,
    ids: kept.map((words) => words.map((word) => terms.indexOf(word))),
    tooShort: all.map((words, i) => words.length - kept[i].length),
  };
}

function interned(texts: readonly string[], pattern: WordPattern) {
  return onBoth((arena) => {
    const words = new WordInterner(arena, pattern, 10);
    const ends: number[] = [];
    const tooShort = texts.map((text) => {
      const dropped = words.add(text);
      ends.push(words.length);
      return dropped;
    });
    const ids = words.ids();
    return { terms: words.terms(), ids: ends.map((end, i) => [...ids.subarray(i === 0 ? 0 : ends[i - 1], end)]), tooShort };
  });
}

const CASES: Record<string, readonly string[]> = {
  'plain words': ['to be or not to be', 'that is the question'],
  'no text, nothing but separators, one word': ['', ' .,;', 'word'],
  'words of one character are too short': ['a bc d ef g', '1 22'],
  'words up to the very end, and 16 and 64 bytes long': ['abcdefghijklmnop', `${'x'.repeat(64)} ${'y'.repeat(63)}`, `.${'z'.repeat(16)}`],
  'words that differ in one character only': ['abcdefgh abcdefgi abcdefghi abcdefghj abcdefghijklmnopq abcdefghijklmnopr'],
  'words with zero characters and controls around': ['a\0b\x01c ab\0\x1fcd', 'x\ty\nzz'],
  'letters beyond ASCII, of two, three and four bytes': ['Straße über café ÀÉ', '日本語 テスト 中文', '𝒳𝒴 𐐷𐐷 a𐐷', 'Ⅷ ٣٤ naïve'],
  'short in code points though long in bytes': ['é 日 𐐷 éé 日日 𐐷𐐷'],
  'combining marks and symbols end a word': ['e\u0301e cafe\u0301 x€y z—w', '😀ab😀cd'],
  'half a surrogate pair': ['ab\ud800cd', '\udc00', 'x\ud800', '\ud800\udc00ef'],
  'a byte order mark is a character': ['\ufeffab \ufeff cd'],
};

describe.each(Object.entries({ 'runs of two or more word characters': WORD, 'runs of what is no space': SOLID }))('%s', (_, pattern) => {
  test.each(Object.entries(CASES))('%s', (_title, texts) => {
    expect(interned(texts, pattern)).toEqual(expected(texts, pattern));
  });

  test.each(LENGTHS)('a text of %i characters at every kind of boundary', (n) => {
    const text = [...numbers(n, 3)].map((v) => 'ab é1.日_'[Math.abs(Math.trunc(v * 97)) % 8]).join('');
    expect(interned([text, `${text} ${text}`], pattern)).toEqual(expected([text, `${text} ${text}`], pattern));
  });
});

test('a class of its own and a longer least length', () => {
  const pattern = { member: /[a-z'\u00e9]/u, minLength: 4 };
  const texts = ["don't do'nt éé éééé ABCDEF", "l'été it's"];
  expect(interned(texts, pattern)).toEqual(expected(texts, pattern));
});

test('tables grow: many distinct words, one long text among short ones', () => {
  const words = Array.from({ length: 30_000 }, (_v, i) => `w${(i * 7919) % 30_011}`);
  const texts = ['w1 w2', words.join(' '), 'w2 w3', words.slice(0, 500).join('-')];
  const found = interned(texts, WORD);
  expect(found.terms).toHaveLength(new Set(['w1', 'w2', 'w3', ...words]).size);
  expect(found.ids[3]).toEqual(words.slice(0, 500).map((word) => found.terms.indexOf(word)));
  expect(found.ids[1].map((id) => found.terms[id])).toEqual(words);
});

test.each<[string, (n: number) => string]>([
  ['ASCII', (n) => Array.from({ length: n % 90 }, (_, k) => `w${(n * 31 + k * k * 7) % 400}${k % 5 === 0 ? '.' : ' '}`).join('')],
  ['of all kinds, some empty', (n) => (n % 6 === 0 ? '' : 'ÀB é1 日本語 x ')[n % 2 === 0 ? 'toUpperCase' : 'trim']().repeat(n % 40)],
  ['longer than what is taken together', (n) => `word${n % 3} other `.repeat(n === 7 ? 9000 : 1)],
])('texts in parts, by several threads, get the numbers they get one after the other: %s', async (_, textOf) => {
  const texts = Array.from({ length: 700 }, (_v, n) => textOf(n));
  const preparation = { prepare: (text: string) => text.toLowerCase(), onAscii: 'lower' as const };
  const read = (arena: Arena, team?: ThreadTeam) => {
    const words = new WordInterner(arena, WORD, 10, preparation);
    words.add('before them');
    const [ends, tooShort] = [arena.int32(texts.length), arena.int32(texts.length)];
    words.addAll(texts, ends, tooShort, team);
    words.add('after them');
    return { terms: words.terms(), ids: words.ids(), ends: ends.slice(), tooShort: tooShort.slice() };
  };
  const one = onBoth((arena) => read(arena));
  const wanted = expected(['before them', ...texts.map((text) => text.toLowerCase()), 'after them'], WORD);
  expect([one.terms, [...one.ids], [...one.tooShort]]).toEqual([wanted.terms, wanted.ids.flat(), wanted.tooShort.slice(1, -1)]);
  const team = withArena(() => ThreadTeam.start(3));
  expect(team?.isWhole).toBe(true);
  // Threads start meanwhile.
  for (let round = 0; round < 15; round++) {
    expect(withArena((arena) => read(arena, team))).toEqual(one);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  team?.end();
});
