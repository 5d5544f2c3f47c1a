import { euclideanNorm } from '../matrix/vector.ts';

/** A linear map and its transpose; `out` is overwritten and returned. */
export interface LinearMap {
  readonly rows: number;
  readonly cols: number;
  times(v: Float64Array, out: Float64Array): Float64Array;
  transposedTimes(u: Float64Array, out: Float64Array): Float64Array;
}

export interface LsqrOptions {
  /** Weight of ‖x‖: minimises ‖A·x − b‖² + damp²·‖x‖². Default 0. */
  damp?: number;
  /** Relative accuracy asked of A and b. Default 1e-6. */
  tol?: number;
  /** Most iterations. Default 2 · columns. */
  maxIter?: number | null;
}

export interface LsqrResult {
  x: Float64Array;
  iterations: number;
  /** Whether a tolerance was met before maxIter. */
  converged: boolean;
}

const EPSILON = 2.220446049250313e-16;
const CONDITION_LIMIT = 1e8;

/**
 * Solves sparse least squares by Golub–Kahan bidiagonalisation, starting from zero, so that of several
 * solutions it approaches the shortest. Stops where scipy's lsqr stops.
 *
 * Counterpart: scipy.sparse.linalg.lsqr(A, b, damp, atol=tol, btol=tol).
 * Source: Paige and Saunders, "LSQR: An algorithm for sparse linear equations and sparse least squares",
 * ACM TOMS 8(1), 1982.
 */
export function lsqr(A: LinearMap, b: Float64Array, { damp = 0, tol = 1e-6, maxIter = null }: LsqrOptions = {}): LsqrResult {
  const { rows: m, cols: n } = A;
  const most = maxIter ?? 2 * n;
  const x = new Float64Array(n);
  const u = b.slice();
  const bNorm = euclideanNorm(b);
  let beta = bNorm;
  let alfa = 0;
  let v = new Float64Array(n);
  if (beta > 0) {
    scale(u, 1 / beta);
    v = A.transposedTimes(u, v) as typeof v;
    alfa = euclideanNorm(v);
  }
  if (alfa > 0) scale(v, 1 / alfa);
  if (alfa * beta === 0) return { x, iterations: 0, converged: true };

  const w = v.slice();
  const nextU = new Float64Array(m);
  const nextV = new Float64Array(n);
  let rhoBar = alfa;
  let phiBar = beta;
  let aNorm = 0;
  let ddNorm = 0;
  let res2 = 0;
  let xxNorm = 0;
  let z = 0;
  let cs2 = -1;
  let sn2 = 0;
  for (let iteration = 1; iteration <= most; iteration++) {
    A.times(v, nextU);
    for (let i = 0; i < m; i++) u[i] = nextU[i] - alfa * u[i];
    beta = euclideanNorm(u);
    if (beta > 0) {
      scale(u, 1 / beta);
      aNorm = Math.sqrt(aNorm ** 2 + alfa ** 2 + beta ** 2 + damp ** 2);
      A.transposedTimes(u, nextV);
      for (let j = 0; j < n; j++) v[j] = nextV[j] - beta * v[j];
      alfa = euclideanNorm(v);
      if (alfa > 0) scale(v, 1 / alfa);
    }

    // Turn the damping out of the bidiagonal matrix, then its subdiagonal.
    let damped = rhoBar;
    let psi = 0;
    if (damp > 0) {
      damped = Math.sqrt(rhoBar ** 2 + damp ** 2);
      psi = (damp / damped) * phiBar;
      phiBar *= rhoBar / damped;
    }
    const rho = Math.hypot(damped, beta);
    const cs = damped / rho;
    const sn = beta / rho;
    const theta = sn * alfa;
    rhoBar = -cs * alfa;
    const phi = cs * phiBar;
    phiBar *= sn;
    const tau = sn * phi;
    let step = 0;
    for (let j = 0; j < n; j++) {
      step += (w[j] / rho) ** 2;
      x[j] += (phi / rho) * w[j];
      w[j] = v[j] - (theta / rho) * w[j];
    }
    ddNorm += step;

    const delta = sn2 * rho;
    const gammaBar = -cs2 * rho;
    const rhs = phi - delta * z;
    const xNorm = Math.sqrt(xxNorm + (rhs / gammaBar) ** 2);
    const gamma = Math.sqrt(gammaBar ** 2 + theta ** 2);
    cs2 = gammaBar / gamma;
    sn2 = theta / gamma;
    z = rhs / gamma;
    xxNorm += z ** 2;

    const condition = aNorm * Math.sqrt(ddNorm);
    res2 += psi ** 2;
    const rNorm = Math.sqrt(phiBar ** 2 + res2);
    const compatible = rNorm / bNorm;
    const leastSquares = (alfa * Math.abs(tau)) / (aNorm * rNorm + EPSILON);
    const inverseCondition = 1 / (condition + EPSILON);
    const relative = compatible / (1 + (aNorm * xNorm) / bNorm);
    const met =
      compatible <= tol + (tol * aNorm * xNorm) / bNorm ||
      leastSquares <= tol ||
      inverseCondition <= 1 / CONDITION_LIMIT ||
      1 + relative <= 1 ||
      1 + leastSquares <= 1 ||
      1 + inverseCondition <= 1;
    if (met) return { x, iterations: iteration, converged: true };
  }
  return { x, iterations: most, converged: false };
}

function scale(x: Float64Array, factor: number): void {
  for (let i = 0; i < x.length; i++) x[i] *= factor;
}
