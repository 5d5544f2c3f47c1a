/**
 * Steps of optimisers over float32 vectors. Pointers are byte addresses, lengths are elements; a pointer of 0 stands
 * for a vector that is left out. Each loop goes four numbers at a time; what is left over is done in the first lane of
 * the same code, so that all numbers round alike. Twin: ../../twins/optimizer-steps.ts, which says what `settled` is for.
 */

/** Loads four floats, or one where fewer are left. */
// @ts-ignore: decorator
@inline
function get(pointer: usize, whole: bool): v128 {
  return whole ? v128.load(pointer) : v128.load32_zero(pointer);
}

// @ts-ignore: decorator
@inline
function put(pointer: usize, value: v128, whole: bool): void {
  if (whole) v128.store(pointer, value);
  else v128.store32_lane(pointer, value, 0);
}

/** Numbers nearer to zero than a limit become zero. */
// @ts-ignore: decorator
@inline
function settled(x: v128, limit: f32): v128 {
  return v128.and(x, f32x4.ge(f32x4.abs(x), f32x4.splat(limit)));
}

/** 2⁻⁵⁸, for gradients, and 2⁻¹⁰⁰, for what an optimiser remembers. */
const SMALL: f32 = 3.469446951953614e-18;
const TINY: f32 = 7.888609052210118e-31;

// @ts-ignore: decorator
@inline
function adamLanes(values: usize, gradient: usize, first: usize, second: usize, a: v128, b: v128, c: v128, eps: v128, stepSize: v128, scale: v128, decay: v128, keep: v128, whole: bool): void {
  const value = get(values, whole);
  const g = settled(f32x4.add(get(gradient, whole), f32x4.mul(decay, value)), SMALL);
  const before = get(first, whole);
  const m = settled(f32x4.add(before, f32x4.mul(f32x4.sub(g, before), a)), TINY);
  const v = settled(f32x4.add(f32x4.mul(b, get(second, whole)), f32x4.mul(f32x4.mul(c, g), g)), TINY);
  const root = f32x4.add(f32x4.mul(f32x4.sqrt(v), scale), eps);
  put(first, m, whole);
  put(second, v, whole);
  put(values, f32x4.sub(f32x4.mul(keep, value), f32x4.div(f32x4.mul(stepSize, m), root)), whole);
}

export function adamStep(n: i32, values: usize, gradient: usize, first: usize, second: usize, oneLessBeta1: f32, beta2: f32, oneLessBeta2: f32, eps: f32, stepSize: f32, scale: f32, decay: f32, keep: f32): void {
  const a = f32x4.splat(oneLessBeta1);
  const b = f32x4.splat(beta2);
  const c = f32x4.splat(oneLessBeta2);
  const e = f32x4.splat(eps);
  const s = f32x4.splat(stepSize);
  const r = f32x4.splat(scale);
  const d = f32x4.splat(decay);
  const k = f32x4.splat(keep);
  const whole = (<usize>(n & ~3)) << 2;
  const end = (<usize>n) << 2;
  let i: usize = 0;
  for (; i < whole; i += 16) adamLanes(values + i, gradient + i, first + i, second + i, a, b, c, e, s, r, d, k, true);
  for (; i < end; i += 4) adamLanes(values + i, gradient + i, first + i, second + i, a, b, c, e, s, r, d, k, false);
}

// @ts-ignore: decorator
@inline
function sgdLanes(values: usize, gradient: usize, velocity: usize, hasVelocity: bool, lr: v128, momentum: v128, share: v128, decay: v128, nesterov: bool, whole: bool): void {
  const value = get(values, whole);
  const g = settled(f32x4.add(get(gradient, whole), f32x4.mul(decay, value)), SMALL);
  let direction = g;
  if (hasVelocity) {
    const v = settled(f32x4.add(f32x4.mul(momentum, get(velocity, whole)), f32x4.mul(share, g)), TINY);
    put(velocity, v, whole);
    direction = nesterov ? f32x4.add(g, f32x4.mul(momentum, v)) : v;
  }
  put(values, f32x4.sub(value, f32x4.mul(lr, direction)), whole);
}

export function sgdStep(n: i32, values: usize, gradient: usize, velocity: usize, lr: f32, momentum: f32, share: f32, decay: f32, nesterov: bool): void {
  const l = f32x4.splat(lr);
  const m = f32x4.splat(momentum);
  const s = f32x4.splat(share);
  const d = f32x4.splat(decay);
  const hasVelocity = velocity != 0;
  const whole = (<usize>(n & ~3)) << 2;
  const end = (<usize>n) << 2;
  let i: usize = 0;
  for (; i < whole; i += 16) sgdLanes(values + i, gradient + i, velocity + i, hasVelocity, l, m, s, d, nesterov, true);
  for (; i < end; i += 4) sgdLanes(values + i, gradient + i, velocity + i, hasVelocity, l, m, s, d, nesterov, false);
}

// @ts-ignore: decorator
@inline
function rmspropLanes(values: usize, gradient: usize, squares: usize, velocity: usize, mean: usize, hasVelocity: bool, hasMean: bool, lr: v128, alpha: v128, share: v128, eps: v128, decay: v128, momentum: v128, whole: bool): void {
  const value = get(values, whole);
  const g = settled(f32x4.add(get(gradient, whole), f32x4.mul(decay, value)), SMALL);
  const s = settled(f32x4.add(f32x4.mul(alpha, get(squares, whole)), f32x4.mul(f32x4.mul(share, g), g)), TINY);
  put(squares, s, whole);
  let spread = s;
  if (hasMean) {
    const before = get(mean, whole);
    const m = settled(f32x4.add(before, f32x4.mul(f32x4.sub(g, before), share)), TINY);
    put(mean, m, whole);
    spread = f32x4.sub(s, f32x4.mul(m, m));
  }
  let direction = f32x4.div(g, f32x4.add(f32x4.sqrt(spread), eps));
  if (hasVelocity) {
    direction = settled(f32x4.add(f32x4.mul(momentum, get(velocity, whole)), direction), TINY);
    put(velocity, direction, whole);
  }
  put(values, f32x4.sub(value, f32x4.mul(lr, direction)), whole);
}

export function rmspropStep(n: i32, values: usize, gradient: usize, squares: usize, velocity: usize, mean: usize, lr: f32, alpha: f32, oneLessAlpha: f32, eps: f32, decay: f32, momentum: f32): void {
  const l = f32x4.splat(lr);
  const a = f32x4.splat(alpha);
  const s = f32x4.splat(oneLessAlpha);
  const e = f32x4.splat(eps);
  const d = f32x4.splat(decay);
  const m = f32x4.splat(momentum);
  const hasVelocity = velocity != 0;
  const hasMean = mean != 0;
  const whole = (<usize>(n & ~3)) << 2;
  const end = (<usize>n) << 2;
  let i: usize = 0;
  for (; i < whole; i += 16) rmspropLanes(values + i, gradient + i, squares + i, velocity + i, mean + i, hasVelocity, hasMean, l, a, s, e, d, m, true);
  for (; i < end; i += 4) rmspropLanes(values + i, gradient + i, squares + i, velocity + i, mean + i, hasVelocity, hasMean, l, a, s, e, d, m, false);
}

/** Σ x², in doubles and four lanes. */
export function squaredNorm(n: i32, x: usize): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  const whole = x + ((<usize>(n & ~3)) << 2);
  const end = x + ((<usize>n) << 2);
  while (x < whole) {
    const value = v128.load(x);
    const first = f64x2.promote_low_f32x4(value);
    const second = f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(first, first));
    high = f64x2.add(high, f64x2.mul(second, second));
    x += 16;
  }
  let sum = f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1) + (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1));
  while (x < end) {
    const value = <f64>load<f32>(x);
    sum += value * value;
    x += 4;
  }
  return sum;
}
