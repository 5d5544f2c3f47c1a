import { printable } from './escape-html.ts';

/** Width of a character as a share of the font size: a guess that errs on the wide side for sans-serif fonts. */
function characterWidth(character: string): number {
  if (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f000}-\u{3ffff}]/u.test(character)) return 1.02;
  if (/[ijlI|.,:;'!()[\]{} ft]/.test(character)) return 0.34;
  if (/[mwMW@%]/.test(character)) return 0.9;
  if (/[A-Z]/.test(character)) return 0.7;
  return 0.59;
}

/** About how many pixels wide a line of text is; nothing here can measure a font. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width * size;
}

/** One printable line of at most `width` pixels, cut with an ellipsis where it is longer. */
export function fitText(text: string, size: number, width: number): string {
  const line = printable(text);
  if (textWidth(line, size) <= width) return line;
  let fitted = '';
  let used = textWidth('…', size);
  for (const character of line) {
    used += characterWidth(character) * size;
    if (used > width) break;
    fitted += character;
  }
  return `${fitted.trimEnd()}…`;
}

/** Breaks text at spaces into at most `lines` printable lines of `width` pixels; the last is cut. */
export function wrapText(text: string, size: number, width: number, lines: number): string[] {
  const wrapped: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && wrapped.length < lines - 1 && textWidth(longer, size) > width) {
      wrapped.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  wrapped.push(line);
  return wrapped.map((text) => fitText(text, size, width));
}
