let made: readonly string[] | undefined;

/** Every character that a text can hold, in two strings: halves of pairs lie between. Made when first asked for. */
function all(): readonly string[] {
  return (made ??= [charactersBetween(0, 0xd7ff), charactersBetween(0xe000, 0x10ffff)]);
}

function charactersBetween(from: number, to: number): string {
  const parts: string[] = [];
  for (let code = from; code <= to; code += 0x1000) {
    parts.push(String.fromCodePoint(...Array.from({ length: Math.min(0x1000, to - code + 1) }, (_, i) => code + i)));
  }
  return parts.join('');
}

/** Runs of neighbouring characters that a pattern of one character accepts: first and last. */
function runsOf(member: RegExp): [first: number, last: number][] {
  const runs = new RegExp(`(?:${member.source})+`, `${member.flags.replace('g', '')}g`);
  return all().flatMap((text) =>
    Array.from(text.matchAll(runs), ([run]): [number, number] => {
      const last = run.codePointAt(run.length - 2) ?? 0;
      return [run.codePointAt(0) as number, last > 0xffff ? last : run.charCodeAt(run.length - 1)];
    }),
  );
}

/** Every character that a pattern of one character accepts. */
export function charactersOf(member: RegExp): string[] {
  return runsOf(member).flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)));
}

/** A class of RE2 with exactly the characters that a pattern of one character accepts, whichever Unicode version RE2 has. */
export function re2Class(member: RegExp): string {
  const hex = (code: number): string => `\\x{${code.toString(16)}}`;
  return `[${runsOf(member).map(([first, last]) => (first === last ? hex(first) : `${hex(first)}-${hex(last)}`)).join('')}]`;
}

/**
 * Characters that a change of texts, made of one character at a time, does not leave as they are: with what becomes of them.
 * Characters that Unicode has not given out, or has left to others, are passed over: nothing changes them.
 */
export function changedCharacters(change: (text: string) => string): [before: string, after: string][] {
  const changed: [string, string][] = [];
  for (const [first, last] of runsOf(/[^\p{Cn}\p{Co}\p{Cs}]/u)) {
    for (let code = first; code <= last; code++) {
      const character = String.fromCodePoint(code);
      const after = change(character);
      if (after !== character) changed.push([character, after]);
    }
  }
  return changed;
}
