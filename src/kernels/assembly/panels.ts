/**
 * Products of packed panels, the inner part of a blocked matrix product. A panel holds four rows of the left
 * factor, or four columns of the right one, side by side: element p of lane r is at 4p + r. Twin: ../twins/panels.ts.
 *
 * Source: Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34(3), 2008.
 */

/**
 * out[4i + r, 4j + c] += Σ a[i][p, r]·b[j][p, c] over p < depth, for all pairs of panels; with `lower` for j ≤ i + offset only.
 * out is row-major with `width` elements a row; a and b hold their panels one after the other.
 */
export function multiplyPanels(left: i32, right: i32, depth: i32, a: usize, b: usize, out: usize, width: i32, lower: i32, offset: i32): void {
  const bytes = (<usize>depth) << 5;
  const row = (<usize>width) << 3;
  for (let i = 0; i < left; i++) {
    const from = a + <usize>i * bytes;
    const last = lower ? min(right, i + offset + 1) : right;
    for (let j = 0; j < last; j++) {
      let x = from;
      let y = b + <usize>j * bytes;
      const end = x + bytes;
      let s00 = f64x2.splat(0);
      let s01 = f64x2.splat(0);
      let s10 = f64x2.splat(0);
      let s11 = f64x2.splat(0);
      let s20 = f64x2.splat(0);
      let s21 = f64x2.splat(0);
      let s30 = f64x2.splat(0);
      let s31 = f64x2.splat(0);
      while (x < end) {
        const y0 = v128.load(y);
        const y1 = v128.load(y, 16);
        let f = v128.load64_splat(x);
        s00 = f64x2.add(s00, f64x2.mul(f, y0));
        s01 = f64x2.add(s01, f64x2.mul(f, y1));
        f = v128.load64_splat(x, 8);
        s10 = f64x2.add(s10, f64x2.mul(f, y0));
        s11 = f64x2.add(s11, f64x2.mul(f, y1));
        f = v128.load64_splat(x, 16);
        s20 = f64x2.add(s20, f64x2.mul(f, y0));
        s21 = f64x2.add(s21, f64x2.mul(f, y1));
        f = v128.load64_splat(x, 24);
        s30 = f64x2.add(s30, f64x2.mul(f, y0));
        s31 = f64x2.add(s31, f64x2.mul(f, y1));
        x += 32;
        y += 32;
      }
      let q = out + ((<usize>(i << 2)) * <usize>width + (<usize>(j << 2)) << 3);
      v128.store(q, f64x2.add(v128.load(q), s00));
      v128.store(q, f64x2.add(v128.load(q, 16), s01), 16);
      q += row;
      v128.store(q, f64x2.add(v128.load(q), s10));
      v128.store(q, f64x2.add(v128.load(q, 16), s11), 16);
      q += row;
      v128.store(q, f64x2.add(v128.load(q), s20));
      v128.store(q, f64x2.add(v128.load(q, 16), s21), 16);
      q += row;
      v128.store(q, f64x2.add(v128.load(q), s30));
      v128.store(q, f64x2.add(v128.load(q, 16), s31), 16);
    }
  }
}

/**
 * out[i, j] += Σ x[p, i]·x[p, j] over the rows p of x, in blocks of 4 × 4 on and below the diagonal. x and out are
 * row-major with `width` elements a row, a multiple of 4.
 */
export function addSelfProduct(rows: i32, width: i32, x: usize, out: usize): void {
  const row = (<usize>width) << 3;
  const end = x + <usize>rows * row;
  for (let i = 0; i < width; i += 4) {
    const left = (<usize>i) << 3;
    for (let j = 0; j <= i; j += 4) {
      const right = (<usize>j) << 3;
      let s00 = f64x2.splat(0);
      let s01 = f64x2.splat(0);
      let s10 = f64x2.splat(0);
      let s11 = f64x2.splat(0);
      let s20 = f64x2.splat(0);
      let s21 = f64x2.splat(0);
      let s30 = f64x2.splat(0);
      let s31 = f64x2.splat(0);
      for (let p = x; p < end; p += row) {
        const y0 = v128.load(p + right);
        const y1 = v128.load(p + right, 16);
        let f = v128.load64_splat(p + left);
        s00 = f64x2.add(s00, f64x2.mul(f, y0));
        s01 = f64x2.add(s01, f64x2.mul(f, y1));
        f = v128.load64_splat(p + left, 8);
        s10 = f64x2.add(s10, f64x2.mul(f, y0));
        s11 = f64x2.add(s11, f64x2.mul(f, y1));
        f = v128.load64_splat(p + left, 16);
        s20 = f64x2.add(s20, f64x2.mul(f, y0));
        s21 = f64x2.add(s21, f64x2.mul(f, y1));
        f = v128.load64_splat(p + left, 24);
        s30 = f64x2.add(s30, f64x2.mul(f, y0));
        s31 = f64x2.add(s31, f64x2.mul(f, y1));
      }
      let q = out + (<usize>i) * row + right;
      v128.store(q, f64x2.add(v128.load(q), s00));
      v128.store(q, f64x2.add(v128.load(q, 16), s01), 16);
      q += row;
      v128.store(q, f64x2.add(v128.load(q), s10));
      v128.store(q, f64x2.add(v128.load(q, 16), s11), 16);
      q += row;
      v128.store(q, f64x2.add(v128.load(q), s20));
      v128.store(q, f64x2.add(v128.load(q, 16), s21), 16);
      q += row;
      v128.store(q, f64x2.add(v128.load(q), s30));
      v128.store(q, f64x2.add(v128.load(q, 16), s31), 16);
    }
  }
}

/** x[p, j] −= shift[j] in every row p of x, row-major with `width` elements a row, an even number. */
export function subtractFromRows(rows: i32, width: i32, x: usize, shift: usize): void {
  const bytes = (<usize>width) << 3;
  for (let p = 0; p < rows; p++) {
    for (let j: usize = 0; j < bytes; j += 16, x += 16) v128.store(x, f64x2.sub(v128.load(x), v128.load(shift + j)));
  }
}
