export function partitionRows(rows: Int32Array, from: number, to: number, bins: Uint8Array, left: Uint8Array): number {
  const right: number[] = [];
  let l = from;
  for (let p = from; p < to; p++) {
    const row = rows[p];
    if (left[bins[row]] === 1) rows[l++] = row;
    else right.push(row);
  }
  rows.set(right, l);
  return l - from;
}

export function markRows(rows: Int32Array, from: number, to: number, leaf: number, leaves: Uint16Array): void {
  for (let p = from; p < to; p++) leaves[rows[p]] = leaf;
}

export function addLeafValues(leaves: Uint16Array, values: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] += values[leaves[i]];
}

export function permute(values: Uint8Array | Float64Array, order: Int32Array): void {
  const before = values.slice();
  for (let i = 0; i < order.length; i++) values[i] = before[order[i]];
}

export function layOutRows(byColumn: Uint8Array, height: number, cols: number, count: number, byRow: Uint8Array, stride: number): void {
  for (let i = 0; i < count; i++) for (let j = 0; j < cols; j++) byRow[i * stride + j] = byColumn[j * height + i];
}
