/** Twins of assembly/steps.ts: the same operations in the same order, so the same bits. */

export function roundStep(x: Float64Array, direction: Float64Array, end: Float64Array): void {
  for (let e = 0; e < x.length; e++) {
    end[e] = x[e] + direction[e];
    direction[e] = end[e] - x[e];
  }
}

export function moveTo(x: Float64Array, before: Float64Array, direction: Float64Array, step: number): boolean {
  let moved = false;
  for (let e = 0; e < x.length; e++) {
    const next = step * direction[e] + before[e];
    if (next !== x[e]) moved = true;
    x[e] = next;
  }
  return moved;
}

export function subtractFrom(x: Float64Array, out: Float64Array): void {
  for (let e = 0; e < x.length; e++) out[e] = x[e] - out[e];
}
