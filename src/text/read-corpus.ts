import type { Arena } from '../kernels/arena.ts';
import { sharedTeam } from '../kernels/shared-team.ts';
import { analysisSignature, type CompleteAnalyzerOptions } from './analysis.ts';
import type { Corpus } from './corpus.ts';
import { checkTexts, type Texts } from './texts.ts';
import { tokenReader } from './token-reader.ts';

/** What a character costs, in multiplications. */
const CHARACTER_COST = 12;

/**
 * Tokenizes texts. The arrays lie in the arena as far as kernels filled them, and are good until it ends.
 * @param owner the name that starts error messages
 * @throws DataError naming the row that holds no text
 */
export function readCorpus(owner: string, X: Texts, options: CompleteAnalyzerOptions, arena: Arena): Corpus {
  checkTexts(owner, X);
  let characters = 0;
  for (let i = 0; i < X.length; i++) characters += X[i].length;
  const reader = tokenReader(owner, options, arena, characters);
  const offsets = arena.int32(X.length + 1);
  const tooShort = arena.int32(X.length);
  reader.addAll(X, offsets.subarray(1), tooShort, sharedTeam(characters * CHARACTER_COST));
  return { signature: analysisSignature(options), terms: reader.packedTerms(), ids: reader.heldIds(), offsets, tooShort };
}
