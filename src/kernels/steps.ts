import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/steps.ts';

/**
 * Steps of a minimiser along a direction. In WebAssembly where the arrays come from one arena, in plain
 * TypeScript otherwise, with the same bits.
 */

/** end = x + direction; then direction = end − x, what is left of it after rounding. */
export function roundStep(x: Float64Array, direction: Float64Array, end: Float64Array): void {
  checkLength('roundStep', 'direction', direction, x.length);
  checkLength('roundStep', 'end', end, x.length);
  const kernels = kernelsFor(x, direction, end);
  if (kernels) kernels.roundStep(x.byteOffset, direction.byteOffset, end.byteOffset, x.length);
  else twins.roundStep(x, direction, end);
}

/** x = step·direction + before. @returns whether an element of x changed */
export function moveTo(x: Float64Array, before: Float64Array, direction: Float64Array, step: number): boolean {
  checkLength('moveTo', 'before', before, x.length);
  checkLength('moveTo', 'direction', direction, x.length);
  const kernels = kernelsFor(x, before, direction);
  if (!kernels) return twins.moveTo(x, before, direction, step);
  return kernels.moveTo(x.byteOffset, before.byteOffset, direction.byteOffset, step, x.length) !== 0;
}

/** out = x − out. */
export function subtractFrom(x: Float64Array, out: Float64Array): void {
  checkLength('subtractFrom', 'out', out, x.length);
  const kernels = kernelsFor(x, out);
  if (kernels) kernels.subtractFrom(x.byteOffset, out.byteOffset, x.length);
  else twins.subtractFrom(x, out);
}
