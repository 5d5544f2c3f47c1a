/**
 * Skip-gram with negative sampling, float32. Vectors are rows of `size` floats, `size` a multiple of four.
 * Twin: ../twins/skip-gram.ts. Source: Mikolov et al., "Distributed representations of words and phrases and their
 * compositionality", NIPS 2013.
 */

/** Entries of the table of sigmoids, which covers sums in (−6, 6). */
const ENTRIES: f32 = 1000;
const MOST: f32 = 6;

/** The next state of a 32-bit xorshift generator (Marsaglia 2003). */
// @ts-ignore: decorator
@inline
function next(state: u32): u32 {
  state ^= state << 13;
  state ^= state >> 17;
  return state ^ (state << 5);
}

/** Σ x·y in sixteen lanes, four registers side by side: one alone would wait for itself. */
// @ts-ignore: decorator
@inline
function dot(x: usize, y: usize, bytes: usize): f32 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  const end = x + bytes;
  const whole = x + (bytes & ~63);
  while (x < whole) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(x), v128.load(y)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(x, 16), v128.load(y, 16)));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(x, 32), v128.load(y, 32)));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(x, 48), v128.load(y, 48)));
    x += 64;
    y += 64;
  }
  while (x < end) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(x), v128.load(y)));
    x += 16;
    y += 16;
  }
  s0 = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  return f32x4.extract_lane(s0, 0) + f32x4.extract_lane(s0, 1) + (f32x4.extract_lane(s0, 2) + f32x4.extract_lane(s0, 3));
}

/** error += factor·y, then y += factor·x, for four numbers. */
// @ts-ignore: decorator
@inline
function stepLanes(f: v128, x: usize, y: usize, error: usize): void {
  const before = v128.load(y);
  v128.store(error, f32x4.add(v128.load(error), f32x4.mul(f, before)));
  v128.store(y, f32x4.add(before, f32x4.mul(f, v128.load(x))));
}

/** error += factor·y, then y += factor·x. */
// @ts-ignore: decorator
@inline
function step(factor: f32, x: usize, y: usize, error: usize, bytes: usize): void {
  const f = f32x4.splat(factor);
  const end = x + bytes;
  const whole = x + (bytes & ~63);
  while (x < whole) {
    stepLanes(f, x, y, error);
    stepLanes(f, x + 16, y + 16, error + 16);
    stepLanes(f, x + 32, y + 32, error + 32);
    stepLanes(f, x + 48, y + 48, error + 48);
    x += 64;
    y += 64;
    error += 64;
  }
  while (x < end) {
    stepLanes(f, x, y, error);
    x += 16;
    y += 16;
    error += 16;
  }
}

/** y += x, then x = 0. */
// @ts-ignore: decorator
@inline
function drain(x: usize, y: usize, bytes: usize): void {
  const end = x + bytes;
  const zero = f32x4.splat(0);
  while (x < end) {
    v128.store(y, f32x4.add(v128.load(y), v128.load(x)));
    v128.store(x, zero);
    x += 16;
    y += 16;
  }
}

/**
 * Learns from the words of one text, from … to − 1 of `words`: each predicts those up to a random number of places
 * away. Returns the generator's next state.
 *
 * @param kept where the words that stay after subsampling are listed; room for to − from numbers
 * @param keep one number per word: it stays when 32 random bits are less; 2³² − 1 stays always
 * @param table word numbers in proportion to how often they are drawn as negatives, `mask` + 1 of them, a power of two
 * @param sigmoids ENTRIES values of the sigmoid at the middles of equal steps over (−6, 6), and one more against rounding
 * @param error room for one vector; zeros, before and after
 */
export function trainSkipGram(
  words: usize,
  from: i32,
  to: i32,
  kept: usize,
  keep: usize,
  size: i32,
  window: i32,
  negative: i32,
  rate: f32,
  input: usize,
  output: usize,
  table: usize,
  mask: u32,
  sigmoids: usize,
  error: usize,
  seed: u32,
): u32 {
  let state = seed;
  let length = 0;
  for (let p = from; p < to; p++) {
    const word = load<u32>(words + ((<usize>p) << 2));
    const limit = load<u32>(keep + ((<usize>word) << 2));
    if (limit != 0xffffffff) {
      state = next(state);
      if (state >= limit) continue;
    }
    store<u32>(kept + ((<usize>length) << 2), word);
    length++;
  }
  const bytes = (<usize>size) << 2;
  for (let p = 0; p < length; p++) {
    state = next(state);
    const reach = 1 + <i32>((state >>> 8) % <u32>window);
    const target = load<u32>(kept + ((<usize>p) << 2));
    const last = min(length - 1, p + reach);
    for (let q = max(0, p - reach); q <= last; q++) {
      if (q == p) continue;
      const x = input + <usize>load<u32>(kept + ((<usize>q) << 2)) * bytes;
      for (let d = 0; d <= negative; d++) {
        let word = target;
        let label: f32 = 1;
        if (d > 0) {
          state = next(state);
          word = load<u32>(table + ((<usize>((state >>> 4) & mask)) << 2));
          if (word == target) continue;
          label = 0;
        }
        const y = output + <usize>word * bytes;
        const sum = dot(x, y, bytes);
        let p1: f32;
        if (sum >= MOST) p1 = 1;
        else if (sum <= -MOST) p1 = 0;
        else p1 = load<f32>(sigmoids + ((<usize>(<i32>((sum + MOST) * (ENTRIES / (MOST * 2))))) << 2));
        const factor = (label - p1) * rate;
        if (factor != 0) step(factor, x, y, error, bytes);
      }
      drain(error, x, bytes);
    }
  }
  return state;
}
