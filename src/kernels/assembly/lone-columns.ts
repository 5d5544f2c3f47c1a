/** Twin: ../twins/lone-columns.ts. */

/** A column without entries that count. */
const ABSENT: i32 = i32.MIN_VALUE;
/** A column with one entry, before its row is met. */
const LONE: i32 = -1;
/** A column of class c, before a row with it is met: this + c. */
const SHARED: i32 = i32.MIN_VALUE;
/** How many classes of columns there are. */
const CLASSES: i32 = 64;
/** Between these, squares neither overflow nor lose digits. */
const SMALL: f64 = 1e-280;
const LARGE: f64 = 1e280;

/** The class of a column with that many entries: their number up to 31, then by powers of two. */
function classOf(count: i32): i32 {
  return count < 32 ? count : 58 - clz(count);
}

/**
 * Puts the lone columns of each row into one, in place, and leaves out columns without entries; see ../lone-columns.ts for
 * `places` and `shares` (one per column) and `largest` (one per merged column). `next` is room for CLASSES zeros: the next number of
 * a column of each class. It is no static, as those lie where all threads see them, and each thread that starts sets them anew.
 * @returns the number of columns left
 */
export function mergeLoneColumns(rows: i32, cols: i32, indptr: usize, indices: usize, data: usize, places: usize, shares: usize, largest: usize, next: usize): i32 {
  memory.fill(places, 0, (<usize>cols) << 2);
  const entries = <usize>load<i32>(indptr + ((<usize>rows) << 2));
  for (let c = indices, end = indices + (entries << 2); c < end; c += 4) {
    const place = places + ((<usize>load<u32>(c)) << 2);
    store<i32>(place, load<i32>(place) + 1);
  }
  let kept = 0;
  for (let place = places, end = places + ((<usize>cols) << 2); place < end; place += 4) {
    const count = load<i32>(place);
    const own = next + ((<usize>classOf(count)) << 2);
    store<i32>(place, count > 1 ? SHARED + classOf(count) : count == 1 ? LONE : ABSENT);
    if (count > 1) {
      store<i32>(own, load<i32>(own) + 1);
    }
  }
  for (let c = CLASSES - 1; c > 1; c--) {
    const own = next + ((<usize>c) << 2);
    const count = load<i32>(own);
    store<i32>(own, kept);
    kept += count;
  }
  let merged = 0;
  let start = 0;
  let out = 0;
  for (let i = 0; i < rows; i++) {
    const end = load<i32>(indptr + ((<usize>i) << 2), 4);
    // The row's lone columns are met once in all of X: until the row ends, `places` chains them and `shares` keeps their values.
    let first: i32 = -1;
    let last: i32 = -1;
    let most: f64 = 0;
    let squares: f64 = 0;
    for (let p = start; p < end; p++) {
      const column = load<i32>(indices + ((<usize>p) << 2));
      const at = places + ((<usize>column) << 2);
      const value = load<f64>(data + ((<usize>p) << 3));
      let place = load<i32>(at);
      if (place == LONE) {
        store<f64>(shares + ((<usize>column) << 3), value);
        if (first < 0) first = column;
        else store<i32>(places + ((<usize>last) << 2), column);
        last = column;
        most = max<f64>(most, abs<f64>(value));
        squares += value * value;
        continue;
      }
      if (place < 0) {
        const own = next + ((<usize>(place - SHARED)) << 2);
        place = load<i32>(own);
        store<i32>(own, place + 1);
        store<i32>(at, place);
      }
      store<i32>(indices + ((<usize>out) << 2), place);
      store<f64>(data + ((<usize>out) << 3), value);
      out++;
    }
    start = end;
    if (first >= 0) store<i32>(places + ((<usize>last) << 2), LONE);
    let length = sqrt<f64>(squares);
    if (most > 0 && !(squares > SMALL && squares < LARGE)) {
      squares = 0;
      for (let column = first; column >= 0; column = load<i32>(places + ((<usize>column) << 2))) {
        const share = load<f64>(shares + ((<usize>column) << 3)) / most;
        squares += share * share;
      }
      length = most * sqrt<f64>(squares);
    }
    for (let column = first; column >= 0; ) {
      const at = places + ((<usize>column) << 2);
      const share = shares + ((<usize>column) << 3);
      column = load<i32>(at);
      store<i32>(at, most > 0 ? ~(kept + merged) : ABSENT);
      if (most > 0) store<f64>(share, load<f64>(share) / length);
    }
    if (most > 0) {
      store<f64>(largest + ((<usize>merged) << 3), most / length);
      store<i32>(indices + ((<usize>out) << 2), kept + merged++);
      store<f64>(data + ((<usize>out) << 3), length);
      out++;
    }
    store<i32>(indptr + ((<usize>i) << 2), out, 4);
  }
  return kept + merged;
}

/** out[j] = w[m] where column j became m, shares[j]·w[m] where it was merged into m, 0 where it was left out. */
export function spreadLoneColumns(cols: i32, places: usize, shares: usize, w: usize, out: usize): void {
  for (let j: usize = 0; j < <usize>cols; j++) {
    const place = load<i32>(places + (j << 2));
    let value: f64 = 0;
    if (place >= 0) value = load<f64>(w + ((<usize>place) << 3));
    else if (place != ABSENT) value = load<f64>(shares + (j << 3)) * load<f64>(w + ((<usize>~place) << 3));
    store<f64>(out + (j << 3), value);
  }
}
