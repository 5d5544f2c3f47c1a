/** Twin of assembly/memory.ts: isCsr. */
export function isCsr(rows: number, cols: number, entries: number, indptr: Int32Array, indices: Int32Array): boolean {
  if (indptr[0] !== 0 || indptr[rows] !== entries) return false;
  for (let i = 0; i < rows; i++) if (indptr[i + 1] < indptr[i]) return false;
  for (let p = 0; p < entries; p++) if (indices[p] < 0 || indices[p] >= cols) return false;
  return true;
}
