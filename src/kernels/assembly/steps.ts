/** Pointers are byte addresses, lengths are elements. Twin: ../twins/steps.ts. */

/** end = x + direction; direction = end − x, what is left of it after rounding. */
export function roundStep(x: usize, direction: usize, end: usize, n: i32): void {
  const whole = x + ((<usize>(n & ~1)) << 3);
  while (x < whole) {
    const from = v128.load(x);
    const to = f64x2.add(from, v128.load(direction));
    v128.store(end, to);
    v128.store(direction, f64x2.sub(to, from));
    x += 16;
    direction += 16;
    end += 16;
  }
  if (n & 1) {
    const to = load<f64>(x) + load<f64>(direction);
    store<f64>(end, to);
    store<f64>(direction, to - load<f64>(x));
  }
}

/** x = step·direction + before. @returns 1 when an element of x changed, else 0 */
export function moveTo(x: usize, before: usize, direction: usize, step: f64, n: i32): i32 {
  const factor = f64x2.splat(step);
  let moved = i64x2.splat(0);
  const whole = x + ((<usize>(n & ~1)) << 3);
  while (x < whole) {
    const next = f64x2.add(f64x2.mul(factor, v128.load(direction)), v128.load(before));
    moved = v128.or(moved, f64x2.ne(next, v128.load(x)));
    v128.store(x, next);
    x += 16;
    before += 16;
    direction += 16;
  }
  let changed = <i32>v128.any_true(moved);
  if (n & 1) {
    const next = step * load<f64>(direction) + load<f64>(before);
    if (next != load<f64>(x)) changed = 1;
    store<f64>(x, next);
  }
  return changed;
}

/** out = x − out. */
export function subtractFrom(x: usize, out: usize, n: i32): void {
  const whole = x + ((<usize>(n & ~1)) << 3);
  while (x < whole) {
    v128.store(out, f64x2.sub(v128.load(x), v128.load(out)));
    x += 16;
    out += 16;
  }
  if (n & 1) store<f64>(out, load<f64>(x) - load<f64>(out));
}
