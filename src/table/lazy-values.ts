import type { TextData } from './column-data.ts';

/** A column's values, made when they are first asked for; what they are made of is then let go. */
export function lazyValues<T>(length: number, make: () => T[]): { readonly length: number; readonly values: T[] } {
  let pending: (() => T[]) | undefined = make;
  let values: T[] = [];
  return {
    length,
    get values() {
      if (pending !== undefined) {
        values = pending();
        pending = undefined;
      }
      return values;
    },
  };
}

/** A column of text whose values are made when they are first asked for. */
export function lazyText(length: number, make: () => (string | null)[]): TextData {
  return Object.defineProperty(lazyValues(length, make), 'kind', { value: 'text', enumerable: true }) as unknown as TextData;
}
