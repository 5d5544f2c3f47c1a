const BITS = 11;
const BUCKETS = 1 << BITS;
/** So few values are put in place one by one: emptying the buckets would take longer. */
const FEW = 100;

/**
 * The positions of values in ascending order of value, without NaN; equal values keep their order, and −0 counts as 0.
 *
 * A radix sort of the bits, 11 a pass: several times as fast as comparing, on the columns of large tables.
 */
export function sortFloats(values: Float32Array): Int32Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  let keys = new Uint32Array(values.length);
  let order = new Int32Array(values.length);
  let count = 0;
  for (let p = 0; p < values.length; p++) {
    const value = values[p];
    if (value !== value) continue;
    const pattern = value === 0 ? 0 : bits[p];
    // As whole numbers, patterns ascend with positive values and descend with negative ones.
    keys[count] = pattern >>> 31 === 1 ? ~pattern : pattern | 0x80000000;
    order[count++] = p;
  }
  keys = keys.subarray(0, count);
  order = order.subarray(0, count);
  if (count <= FEW) {
    insert(keys, order);
    return order;
  }
  let otherKeys = new Uint32Array(count);
  let otherOrder = new Int32Array(count);
  for (let shift = 0; shift < 32; shift += BITS) {
    const starts = new Int32Array(BUCKETS + 1);
    for (let p = 0; p < count; p++) starts[((keys[p] >>> shift) & (BUCKETS - 1)) + 1]++;
    // A pass over equal digits would change nothing.
    if (count === 0 || starts[((keys[0] >>> shift) & (BUCKETS - 1)) + 1] === count) continue;
    for (let b = 0; b < BUCKETS; b++) starts[b + 1] += starts[b];
    for (let p = 0; p < count; p++) {
      const at = starts[(keys[p] >>> shift) & (BUCKETS - 1)]++;
      otherKeys[at] = keys[p];
      otherOrder[at] = order[p];
    }
    [keys, otherKeys] = [otherKeys, keys];
    [order, otherOrder] = [otherOrder, order];
  }
  return order;
}

/** Sorts both by keys; equal keys keep their order. */
function insert(keys: Uint32Array, order: Int32Array): void {
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i];
    const position = order[i];
    let j = i;
    for (; j > 0 && keys[j - 1] > key; j--) {
      keys[j] = keys[j - 1];
      order[j] = order[j - 1];
    }
    keys[j] = key;
    order[j] = position;
  }
}
