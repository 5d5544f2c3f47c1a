/** Sorting a node's rows by a column, and parting them at a rank. Twin: ../twins/split-keys.ts. */

@inline
function rankAt(ranks: usize, wide: bool, row: usize): i32 {
  return wide ? load<i32>(ranks + (row << 2)) : <i32>load<u16>(ranks + (row << 1));
}

/**
 * Moves the rows whose rank is at most `cut` to the front of samples[start … end); those with the rank `missing` too if
 * missingLeft. ranks: u16 or, if `wide`, i32 by row, to which `base` is added. @returns where the others begin
 */
export function partitionByRank(ranks: usize, wide: bool, base: i32, missing: i32, samples: usize, start: i32, end: i32, cut: i32, missingLeft: bool): i32 {
  let left = start;
  let right = end;
  while (left < right) {
    const at = samples + ((<usize>left) << 2);
    const row = load<u32>(at);
    const key = rankAt(ranks, wide, <usize>row) + base;
    if (key == missing ? missingLeft : key <= cut) {
      left++;
    } else {
      right--;
      const other = samples + ((<usize>right) << 2);
      store<u32>(at, load<u32>(other));
      store<u32>(other, row);
    }
  }
  return right;
}
