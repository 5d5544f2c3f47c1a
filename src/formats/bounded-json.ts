import { ParseError } from '../core/errors.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * JSON of a file that may have been made by anyone: refused before it is parsed where it nests deeper than `maxDepth`,
 * since a parser's memory grows with every open bracket, whether it is ever closed or not.
 *
 * @param owner starts every message
 * @throws ParseError for bytes that are not UTF-8, text that is not JSON, and deeper nesting.
 */
export function parseBoundedJson(owner: string, bytes: Uint8Array, maxDepth: number): unknown {
  checkDepth(owner, bytes, maxDepth);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new ParseError(`${owner}: text must be UTF-8. The file is damaged or of another kind.`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ParseError(`${owner}: text must be JSON, got ${(error as Error).message.slice(0, 100)}. The file is damaged or of another kind.`, { cause: error });
  }
}

/** Counts brackets outside of strings; all that matters here is ASCII, which occurs in UTF-8 as itself only. */
function checkDepth(owner: string, bytes: Uint8Array, maxDepth: number): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (inString) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if ((byte | 0x20) === 0x7b) {
      if (++depth > maxDepth) throw new ParseError(`${owner}: JSON must nest at most ${maxDepth} deep. The file is damaged or was made to do harm.`);
    } else if ((byte | 0x20) === 0x7d) depth--;
  }
}
