/** Values in order, for counting those near a given one. */
export class SortedValues {
  readonly #sorted: Float64Array;

  constructor(values: Float64Array) {
    this.#sorted = values.slice().sort();
  }

  /** How many values v have |x − v| ≤ radius, the difference being rounded as it stands here. */
  within(x: number, radius: number): number {
    const sorted = this.#sorted;
    return firstWhere(sorted, (v) => v - x > radius) - firstWhere(sorted, (v) => x - v <= radius);
  }
}

/** Position of the first value that `holds`, where all after it do too. */
function firstWhere(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** For each value, the largest number below its distance to the k-th nearest other value. */
export function largestRadii(x: Float64Array, k: number): Float64Array {
  return radiiInPlane(x, new Float64Array(x.length), k);
}

/**
 * For each point (x, y), the largest number below its Chebyshev distance, max(|Δx|, |Δy|), to the k-th nearest
 * other point. Goes outwards along x until no nearer point can follow: about √(n·k) points on scattered data.
 */
export function radiiInPlane(x: Float64Array, y: Float64Array, k: number): Float64Array {
  const n = x.length;
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => x[a] - x[b]);
  const radii = new Float64Array(n);
  const nearest = new Float64Array(k);
  for (let at = 0; at < n; at++) {
    const i = order[at];
    nearest.fill(Infinity);
    let left = at - 1;
    let right = at + 1;
    for (;;) {
      const toLeft = left >= 0 ? x[i] - x[order[left]] : Infinity;
      const toRight = right < n ? x[order[right]] - x[i] : Infinity;
      const along = Math.min(toLeft, toRight);
      if (!(along < nearest[k - 1])) break;
      const other = toLeft <= toRight ? order[left--] : order[right++];
      const distance = Math.max(along, Math.abs(y[other] - y[i]));
      let slot = k - 1;
      if (!(distance < nearest[slot])) continue;
      for (; slot > 0 && nearest[slot - 1] > distance; slot--) nearest[slot] = nearest[slot - 1];
      nearest[slot] = distance;
    }
    radii[i] = below(nearest[k - 1]);
  }
  return radii;
}

const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);

/** The largest double below a positive x; 0 for 0. Counterpart: numpy.nextafter(x, 0). */
function below(x: number): number {
  if (x === 0) return 0;
  float[0] = x;
  bits[0] -= 1n;
  return float[0];
}
