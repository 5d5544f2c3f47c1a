/** Twin of ../assembly/training/row-sums.ts. */
export function addRows(table: Float32Array, ids: Int32Array, rows: Float32Array, size: number): void {
  for (let i = 0, from = 0; i < ids.length; i++) {
    const start = ids[i] * size;
    for (let at = start; at < start + size; at++) table[at] += rows[from++];
  }
}
