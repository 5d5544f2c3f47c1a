/** Where a linear solver stopped. */
export interface LinearSolution {
  /** One weight per column. */
  w: Float64Array;
  /** Passes over the data, or Newton steps. */
  iterations: number;
  /** Whether the tolerance was met before maxIter. */
  converged: boolean;
}

/** When a linear solver stops. */
export interface LinearStop {
  tol: number;
  maxIter: number;
}
