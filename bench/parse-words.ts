/** What `npm run bench -- …` was asked for. */
export interface BenchWords {
  /** Items; empty means all. */
  names: string[];
  runs: number;
  quick: boolean;
  write: boolean;
  profile: boolean;
}

export const USAGE = `npm run bench [-- names… --runs n --quick --write --profile]

  --runs n   measured processes of each side (default 5)
  --quick    one run, smaller inputs: to see that it works
  --write    put the table into bench/RESULTS.md, in place of the one there
  --profile  run our side once under the profiler and say where the time goes`;

/** @throws Error for an option that is not known or has no whole number. */
export function parseWords(words: readonly string[]): BenchWords {
  const asked: BenchWords = { names: [], runs: 0, quick: false, write: false, profile: false };
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--runs') {
      asked.runs = Number(words[++i]);
      if (!Number.isInteger(asked.runs) || asked.runs < 1) throw new Error(`bench: --runs must be a whole number above 0, got ${words[i] ?? 'nothing'}.`);
    } else if (word === '--quick' || word === '--write' || word === '--profile') {
      asked[word.slice(2) as 'quick' | 'write' | 'profile'] = true;
    } else if (word.startsWith('-')) {
      throw new Error(`bench: there is no option ${word}.\n\n${USAGE}`);
    } else {
      asked.names.push(word);
    }
  }
  if (asked.runs === 0) asked.runs = asked.quick ? 1 : 5;
  return asked;
}
