import { cholesky } from './cholesky.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { multiply, selfProduct } from './multiply.ts';
import { QrFactors } from './qr.ts';

/** An orthonormal basis of the columns of Y, and how far from orthonormal they were. */
export interface Basis {
  /** rows × min(rows, cols). */
  q: DenseMatrix;
  /** An upper bound of the ratio of Y's largest to its smallest singular value; Infinity where they depend on each other. */
  condition: number;
}

/** Beyond it the Gram matrix has lost the small directions: 1/√ε is 6.7e7. */
const MOST_CONDITION = 1e7;
/** Below it one pass is orthonormal to about 1e-14. */
const WELL_CONDITIONED = 10;

/**
 * Columns that span what Y's span, orthonormal to working precision; with `rough`, to half of it, which
 * suffices where only overflow and drowning directions are to be kept away.
 *
 * Cholesky QR, twice: YᵀY = L·Lᵀ, Q = Y·L⁻ᵀ, all in blocked products. Columns that are nearly dependent are
 * left to Householder reflections.
 * Source: Yamamoto, Nakatsukasa, Yanagisawa and Fukaya, "Roundoff error analysis of the CholeskyQR2 algorithm",
 * ETNA 44, 2015.
 */
export function orthonormalise(Y: DenseMatrix, { rough = false }: { rough?: boolean } = {}): Basis {
  const first = Y.rows >= Y.cols ? choleskyPass(Y) : undefined;
  if (!first || first.condition > MOST_CONDITION) return { q: new QrFactors(Y).q(), condition: Infinity };
  if (rough || first.condition < WELL_CONDITIONED) return first;
  const second = choleskyPass(first.q);
  return second ? { q: second.q, condition: first.condition } : { q: new QrFactors(Y).q(), condition: Infinity };
}

function choleskyPass(Y: DenseMatrix): Basis | undefined {
  const factor = inverseFactor(selfProduct(Y));
  return factor && { q: multiply(Y, factor.inverse), condition: factor.condition };
}

/**
 * R⁻¹, upper triangular, of the R in Y = Q·R, for the Gram matrix G = YᵀY, whose lower triangle is read and overwritten.
 * @returns undefined where G is not positive definite to working precision
 */
export function inverseFactor(G: DenseMatrix): { inverse: DenseMatrix; condition: number } | undefined {
  if (!cholesky(G)) return undefined;
  const n = G.rows;
  const inverse = inverseOfLower(G);
  let norm = 0;
  let inverseNorm = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      norm += G.data[i * n + j] ** 2;
      inverseNorm += inverse.data[j * n + i] ** 2;
    }
  }
  return { inverse, condition: Math.sqrt(norm) * Math.sqrt(inverseNorm) };
}

/** L⁻ᵀ, upper triangular. */
function inverseOfLower(L: DenseMatrix): DenseMatrix {
  const { rows: n, data } = L;
  const inverse = new DenseMatrix(n, n);
  // Row j of the result is column j of L⁻¹.
  for (let j = 0; j < n; j++) {
    const row = inverse.row(j);
    row[j] = 1 / data[j * n + j];
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum += data[i * n + k] * row[k];
      row[i] = -sum / data[i * n + i];
    }
  }
  return inverse;
}
