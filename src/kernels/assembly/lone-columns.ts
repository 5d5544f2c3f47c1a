/** Twin: ../twins/lone-columns.ts. */

/** A column without entries that count. */
const ABSENT: i32 = i32.MIN_VALUE;
/** A column with one entry, and one with several, before a row with it is met. */
const LONE: i32 = -1;
const SHARED: i32 = i32.MIN_VALUE + 1;
/** Between these, squares neither overflow nor lose digits. */
const SMALL: f64 = 1e-280;
const LARGE: f64 = 1e280;

/**
 * Puts the lone columns of each row into one, in place, and leaves out columns without entries; see ../lone-columns.ts for
 * `places` and `shares` (one per column) and `largest` (one per merged column). @returns the number of columns left
 */
export function mergeLoneColumns(rows: i32, cols: i32, indptr: usize, indices: usize, data: usize, places: usize, shares: usize, largest: usize): i32 {
  memory.fill(places, 0, (<usize>cols) << 2);
  const entries = <usize>load<i32>(indptr + ((<usize>rows) << 2));
  for (let c = indices, end = indices + (entries << 2); c < end; c += 4) {
    const place = places + ((<usize>load<u32>(c)) << 2);
    store<i32>(place, load<i32>(place) + 1);
  }
  let kept = 0;
  for (let place = places, end = places + ((<usize>cols) << 2); place < end; place += 4) {
    const count = load<i32>(place);
    store<i32>(place, count > 1 ? SHARED : count == 1 ? LONE : ABSENT);
    kept += <i32>(count > 1);
  }
  let met = 0;
  let merged = 0;
  let start = 0;
  let out = 0;
  for (let i = 0; i < rows; i++) {
    const end = load<i32>(indptr + ((<usize>i) << 2), 4);
    let most: f64 = 0;
    let squares: f64 = 0;
    for (let p = start; p < end; p++) {
      if (load<i32>(places + ((<usize>load<u32>(indices + ((<usize>p) << 2))) << 2)) != LONE) continue;
      const value = load<f64>(data + ((<usize>p) << 3));
      most = max<f64>(most, abs<f64>(value));
      squares += value * value;
    }
    let length = sqrt<f64>(squares);
    if (most > 0 && !(squares > SMALL && squares < LARGE)) {
      squares = 0;
      for (let p = start; p < end; p++) {
        if (load<i32>(places + ((<usize>load<u32>(indices + ((<usize>p) << 2))) << 2)) != LONE) continue;
        const share = load<f64>(data + ((<usize>p) << 3)) / most;
        squares += share * share;
      }
      length = most * sqrt<f64>(squares);
    }
    for (let p = start; p < end; p++) {
      const column = <usize>load<u32>(indices + ((<usize>p) << 2));
      const at = places + (column << 2);
      let place = load<i32>(at);
      const value = load<f64>(data + ((<usize>p) << 3));
      if (place == SHARED) store<i32>(at, (place = met++));
      if (place != LONE) {
        store<i32>(indices + ((<usize>out) << 2), place);
        store<f64>(data + ((<usize>out) << 3), value);
        out++;
      } else if (most > 0) {
        store<i32>(at, ~(kept + merged));
        store<f64>(shares + (column << 3), value / length);
      } else {
        store<i32>(at, ABSENT);
      }
    }
    if (most > 0) {
      store<f64>(largest + ((<usize>merged) << 3), most / length);
      store<i32>(indices + ((<usize>out) << 2), kept + merged++);
      store<f64>(data + ((<usize>out) << 3), length);
      out++;
    }
    store<i32>(indptr + ((<usize>i) << 2), out, 4);
    start = end;
  }
  return kept + merged;
}
