import type { DenseMatrix } from '../matrix/dense-matrix.ts';

/** Scores constantₖ − ½·‖(x − meanₖ)·Wₖ‖². */
export interface QuadraticRule {
  constants: Float64Array;
  /** Wₖ, columns × columns. */
  whitenings: DenseMatrix[];
}

/** ln P(class) + ln P(x | class) of normal classes, up to a term that all share, by the axes of each class and the variances along them. */
export function quadraticRule(priors: Float64Array, rotations: readonly DenseMatrix[], scalings: readonly Float64Array[]): QuadraticRule {
  const whitenings = rotations.map((rotation, k) => {
    const whitening = rotation.copy();
    const scale = scalings[k].map((v) => 1 / Math.sqrt(v));
    for (let p = 0; p < whitening.data.length; ) for (let c = 0; c < scale.length; c++, p++) whitening.data[p] *= scale[c];
    return whitening;
  });
  const constants = priors.map((prior, k) => Math.log(prior) - 0.5 * scalings[k].reduce((sum, v) => sum + Math.log(v), 0));
  return { constants, whitenings };
}
