/**
 * ψ(x) = d ln Γ(x)/dx for x above 0: the recurrence up to 10, then the asymptotic series.
 * Counterpart: scipy.special.digamma. Source: Abramowitz and Stegun, 6.3.5 and 6.3.18.
 */
export function digamma(x: number): number {
  let lifted = 0;
  let shifted = x;
  while (shifted < 10) lifted += 1 / shifted++;
  const t = 1 / (shifted * shifted);
  const series = t * (1 / 12 + t * (-1 / 120 + t * (1 / 252 + t * (-1 / 240 + t * (1 / 132 + t * (-691 / 32760 + t / 12))))));
  return Math.log(shifted) - 0.5 / shifted - series - lifted;
}
