/** 1 / (1 + e⁻ˣ), exact to the last bits at both ends. Counterpart: scipy.special.expit. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}
