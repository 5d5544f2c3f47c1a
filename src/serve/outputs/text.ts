import { show } from '../../core/show.ts';
import type { OutputComponent, OutputOptions } from '../component.ts';

/** A text. */
export function text({ label = 'Text' }: OutputOptions = {}): OutputComponent<string> {
  return {
    type: 'textbox',
    label,
    schema: { type: 'string' },
    pythonType: 'str',
    page: {},
    write(value) {
      if (typeof value !== 'string') throw new TypeError(`${label}: the function must return a text, got ${show(value)}.`);
      return value;
    },
  };
}
