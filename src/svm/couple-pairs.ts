/**
 * Class probabilities p from pairwise ones, r[i·k + j] = P(i | i or j): the p that minimises
 * Σᵢ Σⱼ (rⱼᵢ·pᵢ − rᵢⱼ·pⱼ)² with Σp = 1, improved component by component until no condition is violated by 0.005/k.
 *
 * Counterpart: libsvm's multiclass_probability.
 * Source: Wu, Lin, Weng, "Probability estimates for multi-class classification by pairwise coupling", JMLR 5,
 * 2004, second method.
 *
 * @param p k values; overwritten
 */
export function couplePairs(r: Float64Array, k: number, p: Float64Array): void {
  const Q = new Float64Array(k * k);
  const Qp = new Float64Array(k);
  p.fill(1 / k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      if (j === i) continue;
      Q[i * k + i] += r[j * k + i] * r[j * k + i];
      Q[i * k + j] = -r[j * k + i] * r[i * k + j];
    }
  }
  const enough = 0.005 / k;
  for (let round = 0; round < Math.max(100, k); round++) {
    let pQp = 0;
    for (let i = 0; i < k; i++) {
      Qp[i] = 0;
      for (let j = 0; j < k; j++) Qp[i] += Q[i * k + j] * p[j];
      pQp += p[i] * Qp[i];
    }
    let worst = 0;
    for (let i = 0; i < k; i++) worst = Math.max(worst, Math.abs(Qp[i] - pQp));
    if (worst < enough) return;
    for (let i = 0; i < k; i++) {
      const own = Q[i * k + i];
      const change = (pQp - Qp[i]) / own;
      p[i] += change;
      pQp = (pQp + change * (change * own + 2 * Qp[i])) / (1 + change) / (1 + change);
      for (let j = 0; j < k; j++) {
        Qp[j] = (Qp[j] + change * Q[i * k + j]) / (1 + change);
        p[j] /= 1 + change;
      }
    }
  }
}
