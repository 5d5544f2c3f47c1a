/**
 * The number of principal components, 1 … spectrum.length − 1, whose probabilistic model is likeliest given the
 * data: Minka's Laplace approximation of the evidence.
 *
 * @param spectrum variances along all components, descending
 * @param rows number of rows they were learned from
 * Counterpart: PCA(n_components="mle").
 * Source: Minka, "Automatic choice of dimensionality for PCA", NIPS 2000.
 */
export function minkaDimension(spectrum: Float64Array, rows: number): number {
  let best = 0;
  let highest = -Infinity;
  for (let rank = 1; rank < spectrum.length; rank++) {
    const evidence = logEvidence(spectrum, rank, rows);
    if (evidence > highest) {
      highest = evidence;
      best = rank;
    }
  }
  return best;
}

const SMALL = 1e-15;

function logEvidence(spectrum: Float64Array, rank: number, rows: number): number {
  const cols = spectrum.length;
  if (spectrum[rank - 1] < SMALL) return -Infinity;
  let evidence = -rank * Math.LN2;
  for (let i = 1; i <= rank; i++) {
    const dimensions = cols - i + 1;
    evidence += logGammaOfHalf(dimensions) - (Math.log(Math.PI) * dimensions) / 2;
  }
  let logs = 0;
  for (let i = 0; i < rank; i++) logs += Math.log(spectrum[i]);
  evidence -= (logs * rows) / 2;
  let rest = 0;
  for (let i = rank; i < cols; i++) rest += spectrum[i];
  const noise = Math.max(SMALL, rest / (cols - rank));
  evidence -= (Math.log(noise) * rows * (cols - rank)) / 2;
  const freedom = cols * rank - (rank * (rank + 1)) / 2;
  evidence += (Math.log(2 * Math.PI) * (freedom + rank)) / 2;
  let curvature = 0;
  for (let i = 0; i < rank; i++) {
    for (let j = i + 1; j < cols; j++) {
      const other = j < rank ? spectrum[j] : noise;
      curvature += Math.log((spectrum[i] - spectrum[j]) * (1 / other - 1 / spectrum[i])) + Math.log(rows);
    }
  }
  return evidence - curvature / 2 - (rank * Math.log(rows)) / 2;
}

/** ln Γ(n / 2) for a whole n ≥ 1, by Γ(x + 1) = x·Γ(x). */
function logGammaOfHalf(n: number): number {
  let sum = n % 2 === 1 ? Math.log(Math.PI) / 2 : 0;
  for (let m = n % 2 === 1 ? 1 : 2; m < n; m += 2) sum += Math.log(m / 2);
  return sum;
}
