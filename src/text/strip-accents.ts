const ASCII_ONLY = /^[\0-\x7f]*$/;
const NOT_ASCII = /[^\0-\x7f]/g;

const combining = new Map<string, boolean>();

/**
 * Whether a character has a canonical combining class other than 0 (Python's `unicodedata.combining`).
 * JavaScript has no property for it, but normalization shows it: marks are put in the order of their
 * classes, so that one changes places with U+0334 (class 1) after it, or with U+0345 (class 240) before it.
 */
function isCombining(character: string): boolean {
  let known = combining.get(character);
  if (known === undefined) {
    known =
      `${character}\u0334`.normalize('NFD') !== `${character}\u0334` || `\u0345${character}`.normalize('NFD') !== `\u0345${character}`;
    combining.set(character, known);
  }
  return known;
}

/**
 * Decomposes (NFKD) and drops every combining mark: `é` → `e`, `ﬁ` → `fi`, `Ⅳ` → `IV`.
 * Counterpart: scikit-learn's strip_accents_unicode.
 */
export function stripAccentsUnicode(text: string): string {
  if (ASCII_ONLY.test(text)) return text;
  let stripped = '';
  for (const character of text.normalize('NFKD')) {
    if (character < '\u0300' || !isCombining(character)) stripped += character;
  }
  return stripped;
}

/**
 * Decomposes (NFKD) and drops whatever is not ASCII: `é` → `e`, `中` → nothing.
 * Counterpart: scikit-learn's strip_accents_ascii.
 */
export function stripAccentsAscii(text: string): string {
  return ASCII_ONLY.test(text) ? text : text.normalize('NFKD').replace(NOT_ASCII, '');
}
