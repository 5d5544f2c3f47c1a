/** A column's distinct values, or its bins, ascending. */
export interface RankedValues {
  lows: Float32Array;
  highs: Float32Array;
  /** The rank of 0, which `ranks` are counted from; 0 where all values are given. */
  zero: number;
}

/**
 * Replaces values by ranks; NaN gets the number of ranks.
 * @param zeros how many further values are 0, of a sparse column
 * @param ranks where one rank per value is written, less the rank of 0 when there are further zeros
 */
export function rankValues(values: Float32Array, zeros: number, maxBins: number | null, ranks: Int32Array): RankedValues {
  const sorted = values.slice().sort();
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1])) count--;
  // Distinct values with how often each comes.
  const distinct = new Float32Array(count + 1);
  const counts = new Float64Array(count + 1);
  let n = 0;
  let isZeroIn = zeros === 0;
  const put = (value: number, times: number): void => {
    if (n > 0 && distinct[n - 1] === value) counts[n - 1] += times;
    else {
      // −0 counts as 0.
      distinct[n] = value + 0;
      counts[n++] = times;
    }
  };
  for (let p = 0; p < count; p++) {
    if (!isZeroIn && sorted[p] >= 0) {
      put(0, zeros);
      isZeroIn = true;
    }
    put(sorted[p], 1);
  }
  if (!isZeroIn) put(0, zeros);
  const { lows, highs } = maxBins === null || n <= maxBins ? whole(distinct, n) : binned(distinct, counts, n, maxBins);
  const zero = zeros > 0 ? rankOf(highs, 0) : 0;
  for (let p = 0; p < values.length; p++) ranks[p] = (Number.isNaN(values[p]) ? highs.length : rankOf(highs, values[p])) - zero;
  return { lows, highs, zero };
}

function whole(distinct: Float32Array, n: number): { lows: Float32Array; highs: Float32Array } {
  const values = distinct.slice(0, n);
  return { lows: values, highs: values };
}

/** Cuts distinct values into bins of about as many rows each; a value that fills a bin has one to itself. */
function binned(distinct: Float32Array, counts: Float64Array, n: number, bins: number): { lows: Float32Array; highs: Float32Array } {
  const lows = new Float32Array(bins);
  const highs = new Float32Array(bins);
  let left = 0;
  for (let d = 0; d < n; d++) left += counts[d];
  let d = 0;
  let b = 0;
  while (d < n) {
    // What is left is shared anew after each bin, and every bin left gets at least one value.
    const share = left / (bins - b);
    lows[b] = distinct[d];
    let rows = counts[d];
    left -= counts[d++];
    while (d < n && n - d > bins - b - 1 && (b === bins - 1 || rows + counts[d] / 2 <= share)) {
      rows += counts[d];
      left -= counts[d++];
    }
    highs[b++] = distinct[d - 1];
  }
  return { lows: lows.slice(0, b), highs: highs.slice(0, b) };
}

/** The first rank whose highest value is not below a value. */
function rankOf(highs: Float32Array, value: number): number {
  let low = 0;
  let high = highs.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (highs[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
