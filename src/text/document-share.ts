import { custom, type Rule } from '../core/rules.ts';

/**
 * A number of documents: a whole number from 1 on is a count, a number below 1 is a share of all documents. JavaScript
 * cannot tell 1.0 from 1, so that the share of all is written `{ share: 1 }`; any other share may be, too.
 */
export type DocumentShare = number | { readonly share: number };

const isShare = (v: unknown): boolean => typeof v === 'number' && v >= 0 && v <= 1;

/** An option that is a number of documents. */
export const documentShareRule = (defaultValue: DocumentShare): Rule<DocumentShare> =>
  custom<DocumentShare>(
    defaultValue,
    'a whole number of documents from 1, a share in [0, 1), or { share } in [0, 1]',
    (v) =>
      (typeof v === 'number' && v >= 0 && (v < 1 || Number.isSafeInteger(v))) ||
      (typeof v === 'object' && v !== null && isShare((v as { share?: unknown }).share)),
    -1,
  );

/** The number of documents meant, not rounded: half of 3 documents is 1.5. */
export function documentCount(value: DocumentShare, documents: number): number {
  if (typeof value === 'object') return value.share * documents;
  return value < 1 ? value * documents : value;
}
