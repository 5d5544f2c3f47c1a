/** The functions that tests/fixtures/make/text.py knows by the same names. */
const functions = {
  splitOnDashes: (text: string) => text.split('-'),
  splitOnSpaces: (text: string) => text.split(' '),
  shout: (text: string) => `${text.toUpperCase()} END`,
  vowelsToStars: (text: string) => text.replace(/[aeiou]/g, '*'),
  firstLetters: (text: string) => text.split(' ').filter(Boolean).map((word) => [...word][0]),
  wordAndSpaced: (text: string) => text.split(' ').flatMap((word) => [word, `${word} ${word}`, `\t${word}`]),
};

/** Options as the fixture writes them, with patterns and functions in place of their descriptions. */
export function vectorizerOptions(options: Record<string, any>): any {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => {
      if (name === 'tokenPattern') return [name, new RegExp(value.pattern, value.flags)];
      return [name, value?.function ? functions[value.function as keyof typeof functions] : value];
    }),
  );
}
