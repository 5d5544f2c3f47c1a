/**
 * Twins of assembly/grams.ts, on the same arrays. `slots` holds four numbers per entry: parent, last token, node
 * (0 where free) and mark. `state` holds the number of nodes and of entries.
 */

/** The tables that find a sequence's node. */
export interface GramTables {
  readonly slots: Int32Array;
  readonly state: Int32Array;
  readonly parents: Int32Array;
  readonly lasts: Int32Array;
  /** 1 per node that is counted. */
  readonly isFeature: Uint8Array;
}

/** What documents have: positions as in CSR. */
export interface GramEntries {
  readonly items: Int32Array;
  readonly counts: Int32Array;
  readonly indptr: Int32Array;
}

function slotOf(parent: number, token: number): number {
  let h = Math.imul(parent, 0x9e3779b1) ^ Math.imul(token, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}

/** Where the entry of the node of `node` followed by `token` begins; the node is made when it is new. */
function child(node: number, token: number, { slots, state, parents, lasts }: GramTables): number {
  const mask = (slots.length >> 2) - 1;
  let slot = slotOf(node, token) & mask;
  for (; slots[4 * slot + 2] !== 0; slot = (slot + 1) & mask) {
    if (slots[4 * slot] === node && slots[4 * slot + 1] === token) return 4 * slot;
  }
  const made = state[0]++;
  slots[4 * slot] = node;
  slots[4 * slot + 1] = token;
  slots[4 * slot + 2] = made;
  slots[4 * slot + 3] = -1;
  parents[made] = node;
  lasts[made] = token;
  return 4 * slot;
}

export function rehashGrams(from: Int32Array, to: Int32Array): void {
  const mask = (to.length >> 2) - 1;
  for (let s = 0; s < from.length; s += 4) {
    if (from[s + 2] === 0) continue;
    let slot = slotOf(from[s], from[s + 1]) & mask;
    while (to[4 * slot + 2] !== 0) slot = (slot + 1) & mask;
    to.set(from.subarray(s, s + 4), 4 * slot);
  }
}

export function countSequences(
  from: number,
  to: number,
  offsets: Int32Array,
  ids: Int32Array,
  dropped: Uint8Array | undefined,
  kept: Int32Array,
  smallest: number,
  largest: number,
  tables: GramTables,
  rootMarks: Int32Array,
  { items, counts, indptr }: GramEntries,
): void {
  const { slots, state, isFeature } = tables;
  for (let i = from; i < to; i++) {
    const start = state[1];
    let sequence = ids;
    let p = offsets[i];
    let end = offsets[i + 1];
    if (dropped) {
      let length = 0;
      for (; p < end; p++) if (dropped[ids[p]] === 0) kept[length++] = ids[p];
      sequence = kept;
      p = 0;
      end = length;
    }
    for (; p < end; p++) {
      let node = sequence[p];
      for (let n = 1; n <= Math.min(largest, end - p); n++) {
        let marks = rootMarks;
        let mark = node;
        if (n > 1) {
          marks = slots;
          mark = child(node, sequence[p + n - 1], tables) + 3;
          node = slots[mark - 1];
        }
        if (n < smallest) continue;
        if (marks[mark] >= start) {
          counts[marks[mark]]++;
          continue;
        }
        isFeature[node] = 1;
        marks[mark] = state[1];
        items[state[1]] = node;
        counts[state[1]++] = 1;
      }
    }
    indptr[i + 1] = state[1];
  }
}

export function listGrams(
  n: number,
  from: number,
  to: number,
  starts: Int32Array,
  letters: Int32Array,
  nodes: Int32Array,
  smallest: number,
  tables: GramTables,
  gramStarts: Int32Array,
  grams: Int32Array,
): void {
  const { slots, isFeature } = tables;
  for (let w = from; w < to; w++) {
    const end = starts[w + 1];
    const size = end - starts[w];
    const least = Math.min(smallest, size);
    let gram = gramStarts[w];
    for (let m = least; m < n; m++) gram += Math.max(0, size - m + 1);
    for (let p = starts[w]; p + n <= end; p++) {
      let node = n <= 2 ? letters[p] : nodes[p];
      if (n > 1) node = nodes[p] = slots[child(node, letters[p + n - 1], tables) + 2];
      if (n < least) continue;
      isFeature[node] = 1;
      grams[gram++] = node;
    }
  }
}

export function countListed(
  from: number,
  to: number,
  offsets: Int32Array,
  ids: Int32Array,
  gramStarts: Int32Array,
  grams: Int32Array,
  wordMarks: Int32Array,
  words: Int32Array,
  times: Int32Array,
  marks: Int32Array,
  state: Int32Array,
  { items, counts, indptr }: GramEntries,
): void {
  for (let i = from; i < to; i++) {
    const start = state[1];
    let distinct = 0;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const word = ids[p];
      if (wordMarks[word] >= 0) {
        times[wordMarks[word]]++;
      } else {
        wordMarks[word] = distinct;
        words[distinct] = word;
        times[distinct++] = 1;
      }
    }
    for (let d = 0; d < distinct; d++) {
      const word = words[d];
      wordMarks[word] = -1;
      for (let g = gramStarts[word]; g < gramStarts[word + 1]; g++) {
        const node = grams[g];
        if (marks[node] >= start) {
          counts[marks[node]] += times[d];
        } else {
          marks[node] = state[1];
          items[state[1]] = node;
          counts[state[1]++] = times[d];
        }
      }
    }
    indptr[i + 1] = state[1];
  }
}

export function orderGrams(
  roots: number,
  size: number,
  parents: Int32Array,
  lasts: Int32Array,
  rank: Int32Array,
  isFeature: Uint8Array,
  columns: Int32Array,
): void {
  const below = new Int32Array(size);
  const byRank: number[][] = Array.from({ length: roots }, () => []);
  for (let node = size - 1; node >= 0; node--) {
    below[node] += isFeature[node];
    if (node >= roots) below[parents[node]] += below[node];
  }
  const depths = new Int32Array(size);
  let deepest = 0;
  for (let node = 0; node < size; node++) {
    if (node >= roots) depths[node] = depths[parents[node]] + 1;
    deepest = Math.max(deepest, depths[node]);
    byRank[rank[node < roots ? node : lasts[node]]].push(node);
  }
  const inOrder = byRank.flat();
  let next = 0;
  for (let depth = 0; depth <= deepest; depth++) {
    for (const node of inOrder) {
      if (depths[node] !== depth) continue;
      const begin = depth === 0 ? next : below[parents[node]];
      if (depth === 0) next += below[node];
      else below[parents[node]] += below[node];
      columns[node] = isFeature[node] === 1 ? begin : -1;
      // From now on, where the next child's features begin.
      below[node] = begin + isFeature[node];
    }
  }
}

export function sortRows({ items, counts, indptr }: GramEntries, columns: Int32Array): void {
  let at = 0;
  let p = 0;
  for (let i = 0; i + 1 < indptr.length; i++) {
    const end = indptr[i + 1];
    const order = Array.from({ length: end - p }, (_, k) => p + k).sort((a, b) => columns[items[a]] - columns[items[b]]);
    const row = order.map((k) => ({ col: columns[items[k]], count: counts[k] }));
    const start = at;
    for (const { col, count } of row) {
      if (at > start && items[at - 1] === col) {
        counts[at - 1] += count;
      } else {
        items[at] = col;
        counts[at++] = count;
      }
    }
    p = end;
    indptr[i + 1] = at;
  }
}

/** Columns of each document's tokens with their counts, one document after the other. */
export function countTokens(offsets: Int32Array, ids: Int32Array, columns: Int32Array, { items, counts, indptr }: GramEntries): void {
  let at = 0;
  for (let i = 0; i + 1 < offsets.length; i++) {
    const row = ids.slice(offsets[i], offsets[i + 1]).map((id) => columns[id]).sort();
    const start = at;
    for (const col of row) {
      if (col < 0) continue;
      if (at > start && items[at - 1] === col) {
        counts[at - 1]++;
      } else {
        items[at] = col;
        counts[at++] = 1;
      }
    }
    indptr[i + 1] = at;
  }
}

export function allBelow(numbers: Int32Array, limit: number): boolean {
  return numbers.every((number) => number >= 0 && number < limit);
}

export function measureGrams(
  roots: number,
  size: number,
  parents: Int32Array,
  lasts: Int32Array,
  columns: Int32Array,
  tokenStarts: Int32Array,
  separator: number,
  nodeOf: Int32Array,
): number {
  const lengths = new Int32Array(size);
  let total = 0;
  for (let node = 0; node < size; node++) {
    const token = node < roots ? node : lasts[node];
    lengths[node] = tokenStarts[token + 1] - tokenStarts[token] + (node < roots ? 0 : separator + lengths[parents[node]]);
    if (columns[node] < 0) continue;
    nodeOf[columns[node]] = node;
    total += lengths[node];
  }
  return total;
}

export function writeGrams(
  roots: number,
  parents: Int32Array,
  lasts: Int32Array,
  nodeOf: Int32Array,
  tokenStarts: Int32Array,
  tokenPool: Uint8Array,
  separator: number,
  starts: Int32Array,
  bytes: Uint8Array,
): void {
  let at = 0;
  nodeOf.forEach((last, col) => {
    const path: number[] = [];
    let node = last;
    for (; node >= roots; node = parents[node]) path.push(lasts[node]);
    for (path.push(node); path.length > 0; ) {
      const token = path.pop() as number;
      bytes.set(tokenPool.subarray(tokenStarts[token], tokenStarts[token + 1]), at);
      at += tokenStarts[token + 1] - tokenStarts[token];
      if (separator === 1 && path.length > 0) bytes[at++] = 0x20;
    }
    starts[col + 1] = at;
  });
}
