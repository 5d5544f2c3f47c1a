/** Pointers are byte addresses, lengths are elements. Twin: ../twins/tree-leaves.ts. */

/** The next node: the left child or the one after it. */
@inline
function next(nodes: usize, at: usize, row: usize): usize {
  const node = nodes + (at << 4);
  const word = load<u32>(node, 4);
  const x = load<f32>(row + ((<usize>(word >> 1)) << 2));
  const goesLeft = i32(x <= load<f32>(node)) | (i32(x != x) & <i32>(word & 1));
  return <usize>(load<i32>(node, 8) + 1 - goesLeft);
}

@inline
function numberOf(nodes: usize, at: usize): i32 {
  return load<i32>(nodes + (at << 4), 12);
}

/**
 * Writes the number of the leaf that each row ends in.
 *
 * @param X rows × cols, f32
 * @param nodes 16 bytes each, see ../packed-nodes.ts
 * @param leaves i32 by row
 */
export function findLeaves(rows: i32, cols: i32, X: usize, nodes: usize, leaves: usize): void {
  const stride = (<usize>cols) << 2;
  let row = X;
  let i = 0;
  // Four at a time, so that their loads overlap; a row that has arrived stays where it is.
  for (; i + 3 < rows; i += 4) {
    const rowB = row + stride;
    const rowC = rowB + stride;
    const rowD = rowC + stride;
    let a: usize = 0;
    let b: usize = 0;
    let c: usize = 0;
    let d: usize = 0;
    for (;;) {
      const nextA = next(nodes, a, row);
      const nextB = next(nodes, b, rowB);
      const nextC = next(nodes, c, rowC);
      const nextD = next(nodes, d, rowD);
      if (((a ^ nextA) | (b ^ nextB) | (c ^ nextC) | (d ^ nextD)) == 0) break;
      a = nextA;
      b = nextB;
      c = nextC;
      d = nextD;
    }
    const to = leaves + ((<usize>i) << 2);
    store<i32>(to, numberOf(nodes, a));
    store<i32>(to, numberOf(nodes, b), 4);
    store<i32>(to, numberOf(nodes, c), 8);
    store<i32>(to, numberOf(nodes, d), 12);
    row = rowD + stride;
  }
  for (; i < rows; i++) {
    let a: usize = 0;
    for (;;) {
      const b = next(nodes, a, row);
      if (a == b) break;
      a = b;
    }
    store<i32>(leaves + ((<usize>i) << 2), numberOf(nodes, a));
    row += stride;
  }
}
