/** A table for the terminal: the first columns to the left, the others to the right, two blanks between. @param left how many go to the left */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[], left = 1): string {
  const widths = head.map((title, j) => Math.max(width(title), ...rows.map((row) => width(row[j]))));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, j) => (j < left ? cell + ' '.repeat(widths[j] - width(cell)) : ' '.repeat(widths[j] - width(cell)) + cell)).join('  ').trimEnd();
  return [line(head), line(widths.map((w) => '─'.repeat(w))), ...rows.map(line)].join('\n');
}

/** Columns a text takes on a terminal: East Asian wide characters take two. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += /[\u1100-\u115f\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(character) ? 2 : 1;
  return columns;
}
