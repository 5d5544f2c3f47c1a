/** Rows of each class, ascending: list k holds the positions where codes is k. */
export function rowsOfClasses(codes: Int32Array, classes: number): Int32Array[] {
  const counts = new Int32Array(classes);
  for (let i = 0; i < codes.length; i++) counts[codes[i]]++;
  const rows = Array.from(counts, (count) => new Int32Array(count));
  const filled = new Int32Array(classes);
  for (let i = 0; i < codes.length; i++) rows[codes[i]][filled[codes[i]]++] = i;
  return rows;
}
