import { sortFloats } from './sort-floats.ts';

/** A column's distinct values, or its bins, ascending. */
export interface RankedValues {
  lows: Float32Array;
  highs: Float32Array;
  /** The rank of 0, which `ranks` are counted from; 0 where all values are given. */
  zero: number;
  /** Whether there was NaN. */
  hasMissing: boolean;
}

/** Room for so few distinct values, which is used again: thousands of columns of words ask for it. */
const FEW = 128;
const fewDistinct = new Float32Array(FEW);
const fewCounts = new Float64Array(FEW);

/**
 * Replaces values by ranks; NaN gets the number of ranks.
 * @param zeros how many further values are 0, of a sparse column
 * @param ranks where one rank per value is written, less the rank of 0 when there are further zeros
 */
export function rankValues(values: Float32Array, zeros: number, maxBins: number | null, ranks: Int32Array): RankedValues {
  if (zeros > 0 && maxBins !== 1 && isOneValue(values)) return rankOneValue(values[0], ranks);
  const order = sortFloats(values);
  // Distinct values with how often each comes; −0 counts as 0.
  const isFew = order.length < FEW;
  const distinct = isFew ? fewDistinct : new Float32Array(order.length + 1);
  const counts = isFew ? fewCounts.fill(0, 0, order.length + 1) : new Float64Array(order.length + 1);
  let n = 0;
  let zeroRank = -1;
  const addZeros = (): void => {
    if (n === 0 || distinct[n - 1] !== 0) distinct[n++] = 0;
    counts[n - 1] += zeros;
    zeroRank = n - 1;
  };
  for (let p = 0; p < order.length; p++) {
    const value = values[order[p]];
    if (zeros > 0 && zeroRank < 0 && value >= 0) addZeros();
    if (n === 0 || distinct[n - 1] !== value) distinct[n++] = value + 0;
    counts[n - 1]++;
    ranks[order[p]] = n - 1;
  }
  if (zeros > 0 && zeroRank < 0) addZeros();
  const zero = Math.max(0, zeroRank);
  const hasMissing = order.length < values.length;
  if (maxBins === null || n <= maxBins) {
    const lows = distinct.slice(0, n);
    number(values, ranks, zero, n);
    return { lows, highs: lows, zero, hasMissing };
  }
  const { binOf, lows, highs } = binned(distinct, counts, n, maxBins);
  for (const row of order) ranks[row] = binOf[ranks[row]];
  const bin = zeroRank < 0 ? 0 : binOf[zero];
  number(values, ranks, bin, lows.length);
  return { lows, highs, zero: bin, hasMissing };
}

/** Whether all values are one number that is not 0: most columns of words are so. */
function isOneValue(values: Float32Array): boolean {
  const [first] = values;
  for (let p = 1; p < values.length; p++) if (values[p] !== first) return false;
  return values.length > 0 && first !== 0 && first === first;
}

/** See rankValues, beside zeros. */
function rankOneValue(value: number, ranks: Int32Array): RankedValues {
  const lows = value > 0 ? Float32Array.of(0, value) : Float32Array.of(value, 0);
  ranks.fill(Math.sign(value));
  return { lows, highs: lows, zero: value > 0 ? 0 : 1, hasMissing: false };
}

/** Counts ranks from that of 0, and gives NaN the one after the last. */
function number(values: Float32Array, ranks: Int32Array, zero: number, missing: number): void {
  for (let p = 0; p < values.length; p++) ranks[p] = (values[p] !== values[p] ? missing : ranks[p]) - zero;
}

interface Bins {
  /** The bin of each distinct value. */
  binOf: Int32Array;
  lows: Float32Array;
  highs: Float32Array;
}

/** Cuts distinct values into bins of about as many rows each; a value that fills a bin has one to itself. */
function binned(distinct: Float32Array, counts: Float64Array, n: number, bins: number): Bins {
  const binOf = new Int32Array(n);
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
    binOf[d++] = b;
    while (d < n && n - d > bins - b - 1 && (b === bins - 1 || rows + counts[d] / 2 <= share)) {
      rows += counts[d];
      binOf[d++] = b;
    }
    left -= rows;
    highs[b++] = distinct[d - 1];
  }
  return { binOf, lows: lows.slice(0, b), highs: highs.slice(0, b) };
}
