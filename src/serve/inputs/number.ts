import { OptionError } from '../../core/errors.ts';
import { show } from '../../core/show.ts';
import type { InputComponent, InputOptions } from '../component.ts';
import { UserError } from '../user-error.ts';

export interface NumberInputOptions extends InputOptions {
  /** Smallest value it takes. Default none. */
  min?: number;
  /** Largest value it takes. Default none. */
  max?: number;
  /** Distance of the values that the page's arrows reach; any value between is taken, unless `whole`. */
  step?: number;
  /** Whether only whole numbers are taken. Default false. */
  whole?: boolean;
  /** Taken where a caller leaves it out. */
  value?: number;
}

/** A finite number. */
export function number(options: NumberInputOptions = {}): InputComponent<number> {
  return numeric('number', 'Number', options);
}

/** A finite number, or null where the field is left empty: a value that is not known. */
export function optionalNumber(options: NumberInputOptions = {}): InputComponent<number | null> {
  const inner = number(options);
  return {
    ...inner,
    initial: inner.initial ?? null,
    schema: { ...inner.schema, type: ['number', 'null'] },
    pythonType: 'float | None',
    page: { ...inner.page, optional: true },
    read: (payload, files) => (payload === null ? null : inner.read(payload, files)),
  };
}

export interface SliderOptions extends NumberInputOptions {
  min?: number;
  max?: number;
}

/** A number between two ends, 0 and 100 unless told, that the page shows as a slider. */
export function slider({ min = 0, max = 100, ...options }: SliderOptions = {}): InputComponent<number> {
  return numeric('slider', 'Value', { min, max, value: min, ...options });
}

function numeric(
  type: 'number' | 'slider',
  standardLabel: string,
  { label = standardLabel, name, help, min = -Infinity, max = Infinity, step, whole = false, value }: NumberInputOptions,
): InputComponent<number> {
  if (!(min <= max)) throw new OptionError(`${label}: min must not exceed max, got ${min} and ${max}.`);
  const kind = whole ? 'a whole number' : 'a number';
  const expected = min === -Infinity && max === Infinity ? kind : max === Infinity ? `${kind} from ${min}` : min === -Infinity ? `${kind} up to ${max}` : `${kind} from ${min} to ${max}`;
  const bounds = { ...(min > -Infinity && { minimum: min }), ...(max < Infinity && { maximum: max }) };
  return {
    type,
    label,
    name: name ?? null,
    initial: value,
    example: value ?? Math.min(max, Math.max(min, 1)),
    schema: { type: whole ? 'integer' : 'number', ...bounds },
    pythonType: whole ? 'int' : 'float',
    page: { min: finite(min), max: finite(max), step: step ?? (whole ? 1 : null), whole, help: help ?? null },
    read(payload) {
      if (typeof payload !== 'number' || !Number.isFinite(payload) || payload < min || payload > max || (whole && !Number.isInteger(payload))) {
        throw new UserError(`${label}: it must be ${expected}, got ${show(payload)}.`);
      }
      return payload;
    },
  };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
