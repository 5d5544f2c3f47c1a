/** Up to so many values are sorted one by one. */
const FEW = 24;

/**
 * Puts some of the values where they would stand if all were sorted: those from `firsts[k]` to `lasts[k]`, for every k. What lies
 * between them stays unsorted, but between them.
 *
 * In time linear in the number of values, as a rule: parts them about a pivot again and again, and goes on where a position
 * that is wanted lies; what does not get shorter that way is sorted.
 *
 * @param values none of them NaN
 * Source: Hoare, "Algorithm 65: Find", Communications of the ACM 4(7), 1961.
 */
export function sortAround(values: Float64Array, firsts: ArrayLike<number>, lasts: ArrayLike<number>): void {
  part(values, 0, values.length - 1, firsts, lasts, 2 * Math.log2(values.length + 1));
}

function part(values: Float64Array, low: number, high: number, firsts: ArrayLike<number>, lasts: ArrayLike<number>, depth: number): void {
  while (isWanted(low, high, firsts, lasts)) {
    if (high - low < FEW) return insertionSort(values, low, high);
    if (depth-- <= 0) {
      values.subarray(low, high + 1).sort();
      return;
    }
    const pivot = middleOf(values[low], values[(low + high) >>> 1], values[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const moved = values[i];
      values[i++] = values[j];
      values[j--] = moved;
    }
    part(values, low, j, firsts, lasts, depth);
    low = i;
  }
}

/** Whether a wanted position lies from `low` to `high`, with another one to be told from. */
function isWanted(low: number, high: number, firsts: ArrayLike<number>, lasts: ArrayLike<number>): boolean {
  if (low >= high) return false;
  for (let k = 0; k < firsts.length; k++) if (firsts[k] <= high && lasts[k] >= low) return true;
  return false;
}

function insertionSort(values: Float64Array, low: number, high: number): void {
  for (let i = low + 1; i <= high; i++) {
    const value = values[i];
    let at = i - 1;
    while (at >= low && values[at] > value) values[at + 1] = values[at--];
    values[at + 1] = value;
  }
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
