import { show } from '../../core/show.ts';
import type { InputComponent, InputOptions } from '../component.ts';
import { UserError } from '../user-error.ts';

export interface TextInputOptions extends InputOptions {
  /** Rows of the box; one makes a single line. Default 3. */
  lines?: number;
  /** Shown while it is empty. */
  placeholder?: string;
  /** Most characters (UTF-16 units) it takes. Default 100,000. */
  maxLength?: number;
  /** Taken where a caller leaves it out. Default '' on the page, none in the API. */
  value?: string;
}

/** A text as the caller wrote it, to the character. */
export function text({ label = 'Text', name, help, lines = 3, placeholder = '', maxLength = 100_000, value }: TextInputOptions = {}): InputComponent<string> {
  return {
    type: 'textbox',
    label,
    name: name ?? null,
    initial: value,
    example: value ?? (placeholder || 'Hello'),
    schema: { type: 'string', maxLength },
    pythonType: 'str',
    page: { lines, placeholder, maxLength, help: help ?? null },
    read(payload) {
      if (typeof payload !== 'string') throw new UserError(`${label}: it must be a text, got ${show(payload)}.`);
      if (payload.length > maxLength) throw new UserError(`${label}: it must have at most ${maxLength} characters, got ${payload.length}. Shorten it.`);
      return payload;
    },
  };
}
