/** Writes a value the way error messages show it: short, quoted where it is text, never multi-line. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
  if (typeof value === 'number' || typeof value === 'boolean' || value == null) return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof RegExp) return String(value);
  if (typeof value === 'function') return value.name ? `the function ${value.name}` : 'a function';
  if (Array.isArray(value)) return value.length > 5 ? `an array of ${value.length}` : `[${value.map(show).join(', ')}]`;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name} of ${(value as unknown as ArrayLike<number>).length}`;
  if (typeof value === 'object') {
    const name = value.constructor?.name;
    return name && name !== 'Object' ? `a ${name}` : `{${Object.keys(value).slice(0, 5).join(', ')}}`;
  }
  return String(value);
}

/** Names in a list for a message: `a, b, c … (12 more)`. */
export function showList(values: readonly unknown[], most = 10): string {
  const shown = values.slice(0, most).map((v) => (typeof v === 'string' ? v : show(v))).join(', ');
  return values.length > most ? `${shown} … (${values.length - most} more)` : shown;
}
