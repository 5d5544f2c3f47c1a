import { RandomState } from '../src/core/random-state.ts';

/** Tokens of a document by number, and its label. */
export interface Document {
  label: number;
  tokens: readonly number[];
}

/** Share of a document's tokens that are drawn anew; the others stay, so that words still come in bursts. */
const DRAWN = 0.3;
/** Heaps' law, V ∝ N^β: a text of N tokens meets β·V/N new words per token. β of English mail is near this. */
const HEAPS = 0.7;

/**
 * `times` as many documents: the given ones, then variations of them. A variation keeps most tokens of its document;
 * the others are drawn from all tokens of the same label so far (frequent ones more often), or are words never seen,
 * at the rate of Heaps' law: the vocabulary grows as it would with real text. The same in, the same out.
 */
export function resampleDocuments(documents: readonly Document[], times: number, seed = 43): Document[] {
  const random = new RandomState(seed);
  const all = [...documents];
  const byLabel = new Map<number, number[]>();
  let newest = -1;
  let total = 0;
  for (const { label, tokens } of documents) {
    const stream = byLabel.get(label) ?? [];
    byLabel.set(label, stream);
    for (const token of tokens) {
      stream.push(token);
      newest = Math.max(newest, token);
    }
    total += tokens.length;
  }
  for (let copy = 1; copy < times; copy++) {
    for (const { label, tokens } of documents) {
      const stream = byLabel.get(label) as number[];
      const varied = tokens.map((token) => {
        const chance = random.randomSample();
        if (chance >= DRAWN) return token;
        return chance < (HEAPS * (newest + 1)) / total ? ++newest : stream[Math.floor(random.randomSample() * stream.length)];
      });
      for (const token of varied) stream.push(token);
      total += varied.length;
      all.push({ label, tokens: varied });
    }
  }
  return all;
}
