/** Rows that count, those of the first class first; in their own order within a class. */
export function rowsByClass(codes: Int32Array, classes: number, sampleWeight: Float64Array | undefined): Int32Array {
  const starts = new Int32Array(classes + 1);
  const counts = (i: number): boolean => !sampleWeight || sampleWeight[i] > 0;
  for (let i = 0; i < codes.length; i++) if (counts(i)) starts[codes[i] + 1]++;
  for (let k = 0; k < classes; k++) starts[k + 1] += starts[k];
  const order = new Int32Array(starts[classes]);
  for (let i = 0; i < codes.length; i++) if (counts(i)) order[starts[codes[i]]++] = i;
  return order;
}
