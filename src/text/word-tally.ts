import type { Corpus } from './corpus.ts';

/** How many words tokenPattern kept, and how many it dropped because they were too short. */
export interface WordTally {
  kept: number;
  dropped: number;
}

/** @param rowIds documents to look at; null for all */
export function wordTally({ offsets, tooShort }: Corpus, rowIds: Int32Array | null): WordTally {
  let kept = 0;
  let dropped = 0;
  const rows = rowIds ? rowIds.length : tooShort.length;
  for (let i = 0; i < rows; i++) {
    const row = rowIds ? rowIds[i] : i;
    dropped += tooShort[row];
    kept += offsets[row + 1] - offsets[row];
  }
  return { kept, dropped };
}
