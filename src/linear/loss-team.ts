import { lossParts } from '../kernels/loss-parts.ts';
import type { CsrArrays } from '../kernels/matrix-arrays.ts';
import { sharedTeam } from '../kernels/shared-team.ts';
import type { ThreadTeam } from '../kernels/thread-team.ts';

/** About how often a model is evaluated. */
const EVALUATIONS = 15;
/** What an entry costs in an evaluation, in multiplications. */
const ENTRY_COST = 4;

/** In how many parts a minimiser's evaluations of so many models go through X, and threads for them where they pay. */
export function lossTeam(X: CsrArrays, models: number): { parts: number; team: ThreadTeam | undefined } {
  const parts = lossParts(X);
  return { parts, team: parts > 1 ? sharedTeam(X.data.length * models * EVALUATIONS * ENTRY_COST) : undefined };
}
