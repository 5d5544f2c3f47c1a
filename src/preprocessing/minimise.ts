const GOLDEN = 0.5 * (3 - Math.sqrt(5));
const GROWTH = 1.618034;

/** A value between two others where a function is lower than at both. */
interface Bracket {
  a: number;
  b: number;
  c: number;
  fb: number;
}

/**
 * Where f is least between two bounds, to `tolerance` and √ε·|x|: golden sections and parabolas.
 * Counterpart: scipy.optimize.fminbound, step by step.
 * Source: Brent, "Algorithms for Minimization without Derivatives", 1973, chapter 5.
 */
export function minimiseBetween(f: (x: number) => number, low: number, high: number, tolerance = 1.48e-8): number {
  const within = (x: number): number => Math.sqrt(2.2e-16) * Math.abs(x) + tolerance / 3;
  const move = (size: number, least: number): number => (size >= 0 ? 1 : -1) * Math.max(Math.abs(size), least);
  return brent(f, low, high, low + GOLDEN * (high - low), undefined, { within, move, maxIter: 500 });
}

/**
 * Where f is least, starting from two points; no bounds.
 * Counterpart: scipy.optimize.brent(brack=(a, b)), step by step.
 * Source: as minimiseBetween; bracketing after Press et al., "Numerical Recipes", §10.1.
 */
export function minimiseFrom(f: (x: number) => number, start: number, next: number, tolerance = 1.48e-8): number {
  const { a, b, c, fb } = bracket(f, start, next);
  const within = (x: number): number => tolerance * Math.abs(x) + 1e-11;
  const move = (size: number, least: number): number => (Math.abs(size) < least ? (size >= 0 ? least : -least) : size);
  return brent(f, Math.min(a, c), Math.max(a, c), b, fb, { within, move, maxIter: 500 });
}

interface BrentSettings {
  /** How close to x two points count as one. */
  within: (x: number) => number;
  /** A step of at least a certain length. */
  move: (size: number, least: number) => number;
  maxIter: number;
}

/** The common part: keeps the best three points, and an interval around the best. */
function brent(f: (x: number) => number, low: number, high: number, start: number, fStart: number | undefined, { within, move, maxIter }: BrentSettings): number {
  let [a, b] = [low, high];
  let x = start;
  let w = start;
  let v = start;
  let fx = fStart ?? f(start);
  let fw = fx;
  let fv = fx;
  let step = 0;
  let before = 0;
  for (let iteration = 0; iteration < maxIter; iteration++) {
    const middle = 0.5 * (a + b);
    const least = within(x);
    if (Math.abs(x - middle) <= 2 * least - 0.5 * (b - a)) break;
    let parabolic = false;
    if (Math.abs(before) > least) {
      const r = (x - w) * (fx - fv);
      let q = (x - v) * (fx - fw);
      let p = (x - v) * q - (x - w) * r;
      q = 2 * (q - r);
      if (q > 0) p = -p;
      q = Math.abs(q);
      const last = before;
      before = step;
      if (Math.abs(p) < Math.abs(0.5 * q * last) && p > q * (a - x) && p < q * (b - x)) {
        parabolic = true;
        step = p / q;
        const u = x + step;
        if (u - a < 2 * least || b - u < 2 * least) step = middle - x >= 0 ? least : -least;
      }
    }
    if (!parabolic) {
      before = x >= middle ? a - x : b - x;
      step = GOLDEN * before;
    }
    const u = x + move(step, least);
    const fu = f(u);
    if (fu > fx) {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) {
        [v, fv] = [w, fw];
        [w, fw] = [u, fu];
      } else if (fu <= fv || v === x || v === w) {
        [v, fv] = [u, fu];
      }
    } else {
      if (u >= x) a = x;
      else b = x;
      [v, fv] = [w, fw];
      [w, fw] = [x, fx];
      [x, fx] = [u, fu];
    }
  }
  return x;
}

/** Goes downhill by growing steps until f rises again. */
function bracket(f: (x: number) => number, start: number, next: number): Bracket {
  let [a, b] = [start, next];
  let [fa, fb] = [f(a), f(b)];
  if (fa < fb) [a, b, fa, fb] = [b, a, fb, fa];
  let c = b + GROWTH * (b - a);
  let fc = f(c);
  for (let iteration = 0; fc < fb && iteration <= 1000; iteration++) {
    const left = (b - a) * (fb - fc);
    const right = (b - c) * (fb - fa);
    const difference = right - left;
    let w = b - ((b - c) * right - (b - a) * left) / (2 * (Math.abs(difference) < 1e-21 ? 1e-21 : difference));
    const limit = b + 110 * (c - b);
    let fw: number;
    if ((w - c) * (b - w) > 0) {
      fw = f(w);
      if (fw < fc) return { a: b, b: w, c, fb: fw };
      if (fw > fb) return { a, b, c: w, fb };
      w = c + GROWTH * (c - b);
      fw = f(w);
    } else if ((w - limit) * (limit - c) >= 0) {
      w = limit;
      fw = f(w);
    } else if ((w - limit) * (c - w) > 0) {
      fw = f(w);
      if (fw < fc) {
        [b, c] = [c, w];
        w = c + GROWTH * (c - b);
        [fb, fc] = [fc, fw];
        fw = f(w);
      }
    } else {
      w = c + GROWTH * (c - b);
      fw = f(w);
    }
    [a, b, c] = [b, c, w];
    [fa, fb, fc] = [fb, fc, fw];
  }
  return { a, b, c, fb };
}
