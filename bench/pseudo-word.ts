const CONSONANTS = 'bcdfghjklmnprstvwz';
const VOWELS = 'aeiou';

/** A word for a number: syllables of a consonant and a vowel, short for small numbers, different for each. */
export function pseudoWord(number: number): string {
  let word = '';
  for (let rest = number; rest >= 0; rest = Math.floor(rest / 90) - 1) {
    const syllable = rest % 90;
    word += CONSONANTS[Math.floor(syllable / 5)] + VOWELS[syllable % 5];
  }
  return word;
}
