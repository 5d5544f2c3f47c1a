/** Below this length a comparison sort is faster than counting digits. */
const SHORT = 512;
const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
/** Six digits of 11 bits cover 64. */
const PASSES = 6;

/**
 * Positions of finite values from largest to smallest; equal values keep their order, as numpy's stable
 * argsort does.
 *
 * A double's 64 bits, with all bits of negatives and the sign of the others flipped, order as unsigned
 * integers; these are sorted digit by digit from the lowest, in time linear in the length.
 */
export function argsortDescending(values: Float64Array): Uint32Array {
  return values.length < SHORT ? comparisonSort(values) : radixSort(values);
}

function comparisonSort(values: Float64Array): Uint32Array {
  return Uint32Array.from(values, (_, i) => i).sort((i, j) => values[j] - values[i] || i - j);
}

function radixSort(values: Float64Array): Uint32Array {
  const n = values.length;
  const low = new Uint32Array(n);
  const high = new Uint32Array(n);
  let order = new Uint32Array(n);
  const float = new Float64Array(1);
  const words = new Uint32Array(float.buffer);
  const counts = Array.from({ length: PASSES }, () => new Uint32Array(BUCKETS));
  for (let i = 0; i < n; i++) {
    order[i] = i;
    // Adding 0 turns −0 into 0, which equals it. Inverting the order makes it descending.
    float[0] = values[i] + 0;
    const negative = words[1] >>> 31 === 1;
    low[i] = negative ? words[0] : ~words[0];
    high[i] = negative ? words[1] : words[1] ^ 0x7fffffff;
    for (let pass = 0; pass < PASSES; pass++) counts[pass][digit(low[i], high[i], pass)]++;
  }
  let next = new Uint32Array(n);
  for (let pass = 0; pass < PASSES; pass++) {
    const count = counts[pass];
    if (count[digit(low[0], high[0], pass)] === n) continue;
    let position = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const size = count[bucket];
      count[bucket] = position;
      position += size;
    }
    for (let at = 0; at < n; at++) {
      const i = order[at];
      next[count[digit(low[i], high[i], pass)]++] = i;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** Digit `pass` of a 64-bit key; the third straddles the two words. */
function digit(low: number, high: number, pass: number): number {
  if (pass < 2) return (low >>> (pass * DIGIT_BITS)) & (BUCKETS - 1);
  if (pass === 2) return ((low >>> 22) | (high << 10)) & (BUCKETS - 1);
  return (high >>> (pass * DIGIT_BITS - 32)) & (BUCKETS - 1);
}
