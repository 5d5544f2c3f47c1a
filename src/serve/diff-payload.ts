import type { Payload } from './component.ts';

/** One change of a value as Gradio's clients apply it: an operation, where, and with what. */
export type Change = [operation: 'replace' | 'append', path: (string | number)[], value: Payload];

/** What changes a value into the next: nothing, what was written behind a text, or the whole. */
export function diffPayload(before: Payload, after: Payload): Change[] {
  if (before === after) return [];
  if (typeof before === 'string' && typeof after === 'string' && after.startsWith(before)) return [['append', [], after.slice(before.length)]];
  if (typeof after === 'object' && after !== null && JSON.stringify(before) === JSON.stringify(after)) return [];
  return [['replace', [], after]];
}
