import { log } from '../kernels/twins/elementary.ts';

/** The impurity of a side, from the weight of each class and of all. */
export type ClassImpurity = (classWeights: Float64Array, weight: number) => number;

/** 1 − Σ shareₖ²: how likely two rows drawn from the node are of different classes. */
export const gini: ClassImpurity = (classWeights, weight) => {
  let squares = 0;
  for (const w of classWeights) squares += w * w;
  return 1 - squares / (weight * weight);
};

/** −Σ shareₖ log₂ shareₖ, in bits. */
export const entropy: ClassImpurity = (classWeights, weight) => {
  let sum = 0;
  for (const w of classWeights) if (w > 0) sum -= (w / weight) * (log(w / weight) / Math.LN2);
  return sum;
};
