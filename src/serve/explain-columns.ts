import { strongest } from './explain-terms.ts';
import type { FormField } from './model-form.ts';
import type { FieldValue } from './model-rows.ts';
import type { Contribution } from './outputs/contributions.ts';

/** A field's typical value as the form has it. */
const typicalOf = (field: FormField): FieldValue => (field.kind === 'boolean' ? String(field.typical) : field.typical);

/** Fields where a row differs from what is typical. Of names and other free texts nothing is, and the model may not take them away. */
const untypical = (row: readonly FieldValue[], fields: readonly FormField[]): number[] =>
  fields.flatMap((field, j) => (row[j] === typicalOf(field) || typicalOf(field) === null ? [] : [j]));

/** The row once for each column that is not typical, with that column at its typical value: the median, or the most frequent. */
export function withTypicalValues(row: readonly FieldValue[], fields: readonly FormField[]): FieldValue[][] {
  return untypical(row, fields).map((j) => row.map((value, k) => (k === j ? typicalOf(fields[j]) : value)));
}

/**
 * How much each column pushes a row's score: the score less what it would be with the column at its typical value, all
 * others as they are. Effects of columns that only act together show in each of them; the pushes need not add up.
 *
 * @param score the row's @param changed those of `withTypicalValues`, in its order
 */
export function columnContributions(row: readonly FieldValue[], fields: readonly FormField[], score: number, changed: readonly number[]): Contribution[] {
  const pushes = untypical(row, fields).map((j, at) => ({ name: fields[j].name, value: row[j], push: score - changed[at] }));
  return strongest(pushes.filter(({ push }) => Math.abs(push) > 1e-12 && Number.isFinite(push)));
}

/** ln(p / (1 − p)), finite at 0 and 1. */
export function logOdds(p: number): number {
  const inside = Math.min(1 - 1e-12, Math.max(1e-12, p));
  return Math.log(inside / (1 - inside));
}
