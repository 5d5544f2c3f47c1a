import { show } from '../../core/show.ts';
import type { InputComponent, InputOptions } from '../component.ts';
import { UserError } from '../user-error.ts';

export interface CheckboxOptions extends InputOptions {
  /** Taken where a caller leaves it out. Default false. */
  value?: boolean;
}

/** true or false. */
export function checkbox({ label = 'Checkbox', name, help, value = false }: CheckboxOptions = {}): InputComponent<boolean> {
  return {
    type: 'checkbox',
    label,
    name: name ?? null,
    initial: value,
    example: value,
    schema: { type: 'boolean' },
    pythonType: 'bool',
    page: { help: help ?? null },
    read(payload) {
      if (typeof payload !== 'boolean') throw new UserError(`${label}: it must be true or false, got ${show(payload)}.`);
      return payload;
    },
  };
}
