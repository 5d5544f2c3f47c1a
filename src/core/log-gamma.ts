const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * What Stirling's formula leaves out: ln Γ(x) − [(x − ½)·ln x − x + ½·ln 2π], for x of at least 10.
 * Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 6.1.40.
 */
export function stirlingRest(x: number): number {
  const t = 1 / (x * x);
  // B₂ₖ / (2k(2k − 1)); at x = 10 the first term left out is below 1e-17.
  return (
    (1 / 12 + t * (-1 / 360 + t * (1 / 1260 + t * (-1 / 1680 + t * (1 / 1188 + t * (-691 / 360360 + t * (1 / 156 - (t * 3617) / 122400))))))) / x
  );
}

/** ln Γ(x) for x above 0, to about 1e-15 relative to the larger of 1 and the result. Counterpart: scipy.special.gammaln. */
export function logGamma(x: number): number {
  let product = 1;
  let shifted = x;
  while (shifted < 10) product *= shifted++;
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingRest(shifted) - Math.log(product);
}

/**
 * ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b) for positive a and b, without the cancellation of that formula
 * where an argument is large. Counterpart: scipy.special.betaln.
 */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const rest = stirlingRest(large) - stirlingRest(small + large);
  if (small < 10) return logGamma(small) + rest + small - small * Math.log(small + large) + (large - 0.5) * Math.log1p(-small / (small + large));
  return (
    HALF_LOG_TWO_PI -
    0.5 * Math.log(large) +
    stirlingRest(small) +
    rest +
    (small - 0.5) * Math.log(small / (small + large)) +
    large * Math.log1p(-small / (small + large))
  );
}
