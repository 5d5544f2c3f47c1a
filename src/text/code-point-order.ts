/**
 * The positions of distinct texts in ascending order by code point, as Python sorts them.
 *
 * Three-way radix quicksort on UTF-16 units in one pool: a text's unit is read where a comparison sort would
 * compare whole texts. Source: Bentley and Sedgewick, Fast Algorithms for Sorting and Searching Strings (1997).
 * Equal texts stand side by side, in no particular order.
 */
export function codePointOrder(texts: readonly string[]): Int32Array {
  const starts = new Int32Array(texts.length + 1);
  for (let t = 0; t < texts.length; t++) starts[t + 1] = starts[t] + texts[t].length + 1;
  // One more than the unit, so that 0 ends a text and sorts before every unit.
  const units = new Int32Array(starts[texts.length]);
  for (let t = 0; t < texts.length; t++) {
    const text = texts[t];
    for (let k = 0, at = starts[t]; k < text.length; k++, at++) units[at] = codePointRank(text.charCodeAt(k)) + 1;
  }
  const order = new Int32Array(texts.length);
  for (let t = 0; t < texts.length; t++) order[t] = t;
  sortRange(order, units, starts);
  return order;
}

/** Surrogates stand for code points above 0xFFFF: they sort after 0xE000–0xFFFF, which their units come before. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

function sortRange(order: Int32Array, units: Int32Array, starts: Int32Array): void {
  // An own stack of (from, to, depth): equal prefixes of any length must not overflow the call stack.
  const stack: number[] = [0, order.length, 0];
  while (stack.length > 0) {
    const depth = stack.pop() as number;
    const to = stack.pop() as number;
    const from = stack.pop() as number;
    if (to - from < 12) {
      insertionSort(order, from, to, depth, units, starts);
      continue;
    }
    const a = units[starts[order[from]] + depth];
    const b = units[starts[order[(from + to) >>> 1]] + depth];
    const c = units[starts[order[to - 1]] + depth];
    const pivot = a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
    let less = from;
    let greater = to;
    for (let i = from; i < greater; ) {
      const text = order[i];
      const unit = units[starts[text] + depth];
      if (unit < pivot) {
        order[i++] = order[less];
        order[less++] = text;
      } else if (unit > pivot) {
        order[i] = order[--greater];
        order[greater] = text;
      } else {
        i++;
      }
    }
    if (less - from > 1) stack.push(from, less, depth);
    if (to - greater > 1) stack.push(greater, to, depth);
    if (pivot !== 0 && greater - less > 1) stack.push(less, greater, depth + 1);
  }
}

function insertionSort(order: Int32Array, from: number, to: number, depth: number, units: Int32Array, starts: Int32Array): void {
  for (let i = from + 1; i < to; i++) {
    const text = order[i];
    let j = i - 1;
    while (j >= from && isBefore(text, order[j], depth, units, starts)) {
      order[j + 1] = order[j];
      j--;
    }
    order[j + 1] = text;
  }
}

function isBefore(a: number, b: number, depth: number, units: Int32Array, starts: Int32Array): boolean {
  let p = starts[a] + depth;
  let q = starts[b] + depth;
  while (units[p] === units[q] && units[p] !== 0) {
    p++;
    q++;
  }
  return units[p] < units[q];
}
