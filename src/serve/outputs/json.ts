import { show } from '../../core/show.ts';
import type { OutputComponent, OutputOptions, Payload } from '../component.ts';

let warned = false;

/**
 * Anything that JSON can hold.
 *
 * Gradio's Python client takes any object with a text called `path` for a file and tries to fetch it: call such a
 * member something else. The server says so once on its log.
 */
export function json({ label = 'JSON' }: OutputOptions = {}): OutputComponent<unknown> {
  return {
    type: 'json',
    label,
    schema: {},
    pythonType: 'dict | list | str | float | bool | None',
    page: {},
    write(value) {
      const written = JSON.stringify(value);
      if (written === undefined) throw new TypeError(`${label}: the function must return what JSON can hold, got ${show(value)}.`);
      if (!warned && written.includes('"path":"')) {
        warned = true;
        console.warn(`${label}: Gradio's Python client takes an object with a text called "path" for a file and fails to fetch it. Call this member something else.`);
      }
      return JSON.parse(written) as Payload;
    },
  };
}
