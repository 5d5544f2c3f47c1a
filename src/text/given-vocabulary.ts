import { OptionError } from '../core/errors.ts';
import { compareCodePoints } from '../core/labels.ts';
import { custom, type Rule } from '../core/rules.ts';
import { show, showList } from '../core/show.ts';

/** Terms by column, as a list; terms as a Set (columns then in code-point order); or term → column. */
export type GivenVocabulary =
  | readonly string[]
  | ReadonlySet<string>
  | ReadonlyMap<string, number>
  | Readonly<Record<string, number>>;

/** The `vocabulary` option; null, to learn it, by default. */
export const vocabularyRule = (): Rule<GivenVocabulary | null> =>
  custom<GivenVocabulary | null>(
    null,
    'a list or Set of terms, a Map or an object of term → column, or null',
    (v) => v === null || (typeof v === 'object' && !ArrayBuffer.isView(v)),
    'words',
  );

/**
 * The terms by column.
 * @throws OptionError for no terms, a term given twice, a term that is no text, and columns that are not 0 … n − 1
 */
export function termsByColumn(owner: string, vocabulary: GivenVocabulary): string[] {
  const terms = isList(vocabulary) ? listedTerms(owner, vocabulary) : mappedTerms(owner, vocabulary);
  if (terms.length === 0) throw new OptionError(`${owner}: vocabulary must have at least one term, got none.`);
  return terms;
}

function isList(vocabulary: GivenVocabulary): vocabulary is readonly string[] | ReadonlySet<string> {
  return Array.isArray(vocabulary) || vocabulary instanceof Set;
}

function listedTerms(owner: string, vocabulary: readonly string[] | ReadonlySet<string>): string[] {
  const terms = [...vocabulary];
  const seen = new Set<string>();
  for (const term of terms) {
    checkTerm(owner, term);
    if (seen.has(term)) throw new OptionError(`${owner}: vocabulary must hold each term once, got ${show(term)} twice.`);
    seen.add(term);
  }
  return vocabulary instanceof Set ? terms.sort(compareCodePoints) : terms;
}

function mappedTerms(owner: string, vocabulary: ReadonlyMap<string, number> | Readonly<Record<string, number>>): string[] {
  const entries = vocabulary instanceof Map ? [...vocabulary] : Object.entries(vocabulary as Record<string, number>);
  const terms = Array.from<string | undefined>({ length: entries.length });
  for (const [term, column] of entries) {
    checkTerm(owner, term);
    if (!Number.isInteger(column) || column < 0 || column >= entries.length) {
      throw new OptionError(
        `${owner}: vocabulary of ${entries.length} terms must use every column from 0 to ${entries.length - 1}, ` +
          `got ${show(column)} for ${show(term)}.`,
      );
    }
    if (terms[column] !== undefined) {
      throw new OptionError(
        `${owner}: vocabulary must give each term its own column, got ${column} for both ${showList([terms[column], term].map(show))}.`,
      );
    }
    terms[column] = term;
  }
  return terms as string[];
}

function checkTerm(owner: string, term: unknown): void {
  if (typeof term !== 'string') throw new OptionError(`${owner}: vocabulary must hold texts, got ${show(term)} among them.`);
}
