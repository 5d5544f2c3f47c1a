import { DataError } from '../core/errors.ts';
import type { Arena } from './arena.ts';
import { checkLength } from './check-length.ts';
import type { GramTable } from './gram-table.ts';
import { kernelsFor } from './kernel-memory.ts';
import { type PackedTexts, SLACK } from './packed-texts.ts';
import * as twins from './twins/grams.ts';

/** How long the texts of all features together can be. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * The features' texts by column.
 *
 * In WebAssembly where the arena lies there, in plain TypeScript otherwise, with the same bytes.
 * @param columns as `orderGrams` returns them
 * @param tokens the tokens' texts by number, in the arena
 * @param separator what stands between two tokens
 * @param longest the most tokens that a sequence has
 * @throws DataError when the texts are longer than 2 GiB together
 */
export function gramTexts(
  arena: Arena,
  table: GramTable,
  columns: Int32Array,
  cols: number,
  tokens: PackedTexts,
  separator: '' | ' ',
  longest: number,
): PackedTexts {
  const { roots, size, parents, lasts } = table;
  checkLength('gramTexts', 'columns', columns, size);
  checkLength('gramTexts', 'tokens', tokens.starts, roots + 1);
  const starts = arena.int32(cols + 1);
  const nodeOf = arena.int32(cols);
  const lengths = arena.int32(size);
  const path = arena.int32(3 * longest);
  const width = separator.length;
  const kernels =
    table.kernels() && kernelsFor(columns, starts, nodeOf) && kernelsFor(lengths, path) && kernelsFor(tokens.bytes, tokens.starts);
  const total = kernels
    ? kernels.measureGrams(
        roots,
        size,
        parents.byteOffset,
        lasts.byteOffset,
        columns.byteOffset,
        tokens.starts.byteOffset,
        width,
        lengths.byteOffset,
        nodeOf.byteOffset,
      )
    : twins.measureGrams(roots, size, parents, lasts, columns, tokens.starts, width, nodeOf);
  if (total > MOST_BYTES) {
    throw new DataError(`gramTexts: all terms together must have fewer than 2 GiB, got ${total} bytes. Use smaller n-grams or fewer texts.`);
  }
  const bytes = arena.uint8(total + SLACK);
  if (kernels && kernelsFor(bytes)) {
    kernels.writeGrams(
      roots,
      cols,
      longest,
      parents.byteOffset,
      lasts.byteOffset,
      nodeOf.byteOffset,
      tokens.starts.byteOffset,
      tokens.bytes.byteOffset,
      width,
      path.byteOffset,
      starts.byteOffset,
      bytes.byteOffset,
    );
  } else {
    twins.writeGrams(roots, parents, lasts, nodeOf, tokens.starts, tokens.bytes, width, starts, bytes);
  }
  return { bytes, starts };
}
