import { show } from '../../core/show.ts';
import type { OutputComponent, OutputOptions } from '../component.ts';

/** A number; NaN and the infinities, which JSON lacks, travel as null. */
export function number({ label = 'Number' }: OutputOptions = {}): OutputComponent<number> {
  return {
    type: 'number',
    label,
    schema: { type: ['number', 'null'] },
    pythonType: 'float',
    page: {},
    write(value) {
      if (typeof value !== 'number') throw new TypeError(`${label}: the function must return a number, got ${show(value)}.`);
      return Number.isFinite(value) ? value : null;
    },
  };
}
