/** n! / (size!·(n − size)!): how many sets of `size` of n things there are; inexact above 2⁵³. */
export function countCombinations(n: number, size: number): number {
  let count = 1;
  // Each step is a binomial coefficient, hence whole.
  for (let i = 1; i <= size; i++) count = (count * (n - size + i)) / i;
  return count;
}

/**
 * Every set of `size` of the numbers 0 … n − 1, ascending, in lexicographic order; in one array, which the next step writes over.
 * Counterpart: Python's itertools.combinations(range(n), size).
 */
export function* combinations(n: number, size: number): Generator<Int32Array> {
  const set = Int32Array.from({ length: size }, (_, i) => i);
  for (;;) {
    yield set;
    let last = size - 1;
    while (last >= 0 && set[last] === n - size + last) last--;
    if (last < 0) return;
    set[last]++;
    for (let i = last + 1; i < size; i++) set[i] = set[i - 1] + 1;
  }
}
