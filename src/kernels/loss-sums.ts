import { checkLength } from './check-length.ts';
import { BOOSTING_LOSSES, ROWS_OF_SUM, type ScoredLoss } from './gradient-arrays.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/loss-sums.ts';

/** What the kernels know a loss by. */
export const numberOf = ({ kind }: ScoredLoss): number => (kind === 'softmax' ? BOOSTING_LOSSES.length : BOOSTING_LOSSES.indexOf(kind));

/**
 * Σ weight × loss over each ROWS_OF_SUM rows, in WebAssembly where all arrays come from one arena, in plain TypeScript
 * otherwise, with the same bits. @param sums overwritten, one per part
 */
export function lossSums(loss: ScoredLoss, y: Float64Array, weights: Float64Array | undefined, raw: Float64Array, sums: Float64Array): void {
  const n = y.length;
  checkLength('lossSums', 'sums', sums, Math.ceil(n / ROWS_OF_SUM));
  if (weights) checkLength('lossSums', 'weights', weights, n);
  const kernels = kernelsFor(y, raw, weights ?? raw) && kernelsFor(sums, raw);
  if (!kernels) return twins.lossSums(loss, y, weights, raw, sums);
  kernels.lossSums(numberOf(loss), loss.parameter, loss.outputs, loss.height, 0, sums.length, n, y.byteOffset, weights?.byteOffset ?? 0, raw.byteOffset, sums.byteOffset);
}
