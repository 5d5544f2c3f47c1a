import { parseDate } from '../table/parse-date.ts';
import type { ColumnData } from '../table/column-data.ts';
import { Table } from '../table/table.ts';
import type { InputComponent } from './component.ts';
import { optionalNumber } from './inputs/number.ts';
import { optionalChoice } from './inputs/choice.ts';
import { text } from './inputs/text.ts';
import type { FormField, ModelForm } from './model-form.ts';
import { UserError } from './user-error.ts';

/** A value of a form's field; null where it is not known. */
export type FieldValue = string | number | null;

/** The inputs of a model's form: a text, or one input for each feature column. */
export function formInputs({ fields, features }: ModelForm): InputComponent<any>[] {
  if (fields === null) return [text({ label: features[0], lines: 8 })];
  return fields.map((field) => {
    const label = field.name;
    if (field.kind === 'number') {
      const help = field.min < field.max ? `${shown(field.min)} to ${shown(field.max)} in training` : undefined;
      return optionalNumber({ label, help, value: field.typical });
    }
    if (field.kind === 'choice') return optionalChoice({ label, choices: field.choices, value: field.typical });
    if (field.kind === 'boolean') return optionalChoice({ label, choices: ['true', 'false'], value: String(field.typical) as 'true' | 'false' });
    if (field.kind === 'sentences') return text({ label, lines: 4, value: '' });
    return text({ label, lines: 1, value: field.typical ?? '', ...(field.kind === 'date' && { help: 'A date such as 2024-05-31' }), maxLength: 2000 });
  });
}

/** Rows of a form as a model's X: texts, or a Table whose columns hold what they held in training. */
export function modelRows({ fields, kinds }: ModelForm, rows: readonly (readonly FieldValue[])[]): readonly string[] | Table {
  if (fields === null) return rows.map(([value]) => value as string);
  return new Table(fields.map((field, j) => [field.name, columnOf(field, kinds[field.name] ?? 'number', rows.map((row) => row[j]))]), rows.length);
}

function columnOf(field: FormField, kind: string, values: readonly FieldValue[]): ColumnData {
  const isMissing = (value: FieldValue): boolean => value === null || value === '';
  if (kind === 'number') return { kind: 'number', values: Float64Array.from(values, (value) => (isMissing(value) ? Number.NaN : (value as number))) };
  if (kind === 'boolean') return { kind: 'boolean', values: values.map((value) => (isMissing(value) ? null : value === 'true')) };
  if (kind === 'date') {
    return {
      kind: 'date',
      values: Float64Array.from(values, (value) => {
        if (isMissing(value)) return Number.NaN;
        const moment = parseDate(String(value));
        if (moment === undefined || Number.isNaN(moment)) throw new UserError(`${field.name}: it must be a date such as 2024-05-31, got ${JSON.stringify(value)}.`);
        return moment;
      }),
    };
  }
  return { kind: 'text', values: values.map((value) => (isMissing(value) ? null : String(value))) };
}

const shown = (value: number): string => String(Number(value.toPrecision(6)));
