/** A change of the target's scale that both ways are known of by name, so that it can be saved and sent. */
export type TargetFunctionName = 'log1p' | 'log' | 'sqrt' | 'standardize';

/** A function of one value of y. */
export type TargetFunction = (value: number) => number;

/** There and back. 'standardize' is not here: what it does depends on y. */
export const targetFunctions: Readonly<Record<Exclude<TargetFunctionName, 'standardize'>, { func: TargetFunction; inverseFunc: TargetFunction }>> = {
  /** ln(1 + y), for y above −1; back by eᵗ − 1. */
  log1p: { func: Math.log1p, inverseFunc: Math.expm1 },
  /** ln y, for y above 0; back by eᵗ. */
  log: { func: Math.log, inverseFunc: Math.exp },
  /** √y, for y of at least 0; back by t². */
  sqrt: { func: Math.sqrt, inverseFunc: (t) => t * t },
};
