import { dotProduct, addScaled } from '../matrix/vector.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { multiplyTransposed } from '../matrix/multiply.ts';
import { symmetricEigen } from '../matrix/symmetric-eigen.ts';
import { CentredProducts, type Centred } from '../matrix/centre.ts';
import { centredGram, centredGramOfRows } from '../matrix/centred-gram.ts';

/** What leaving each row out gives for one penalty and one target. */
export interface LeaveOneOut {
  /** √sᵢ·(yᵢ − ŷᵢ), where ŷᵢ is predicted by the model of all other rows. */
  errors: Float64Array;
  /** The model of all rows. */
  coef: Float64Array;
}

/**
 * Leave-one-out errors of ridge regression for any number of penalties and targets, after one eigendecomposition: of ZZᵀ for
 * at most as many rows as columns, else of ZᵀZ. The intercept is learned anew for each row that is left out: its
 * share sᵢ/Σs is taken off 1 − Hᵢᵢ.
 *
 * @param targets each centred as the problem's own y
 * @returns for a penalty what leaving out gives, one for each target
 */
export function leaveOneOut(problem: Centred, fitIntercept: boolean, targets: readonly Float64Array[] = [problem.y]): (alpha: number) => LeaveOneOut[] {
  const products = new CentredProducts(problem);
  return products.rows <= products.cols ? byRows(problem, products, fitIntercept, targets) : byColumns(problem, products, fitIntercept, targets);
}

function rootWeights({ rootWeight }: Centred, rows: number): Float64Array {
  return rootWeight ?? new Float64Array(rows).fill(1);
}

/** With K = ZZᵀ = QΛQᵀ and G = K + alpha: error = (G⁻¹y)ᵢ / (G⁻¹)ᵢᵢ. */
function byRows(problem: Centred, Z: CentredProducts, fitIntercept: boolean, targets: readonly Float64Array[]): (alpha: number) => LeaveOneOut[] {
  const { rows: n, cols } = Z;
  const root = rootWeights(problem, n);
  const total = dotProduct(root, 0, root, 0, n);
  const { values, vectors } = symmetricEigen(centredGramOfRows(problem));
  const along = targets.map((y) => Float64Array.from({ length: n }, (_, k) => dotProduct(vectors.data, k * n, y, 0, n)));
  const alongRoot = Float64Array.from({ length: n }, (_, k) => dotProduct(vectors.data, k * n, root, 0, n));
  return (alpha) => {
    const duals = targets.map(() => new Float64Array(n));
    const diagonal = new Float64Array(n);
    const ofRoot = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      const inverse = 1 / (values[k] + alpha);
      for (const [t, dual] of duals.entries()) addScaled(inverse * along[t][k], vectors.data, k * n, dual, 0, n);
      addScaled(inverse * alongRoot[k], vectors.data, k * n, ofRoot, 0, n);
      for (let i = 0; i < n; i++) diagonal[i] += inverse * vectors.data[k * n + i] ** 2;
    }
    return duals.map((dual) => {
      const errors = dual.map((value, i) => value / (diagonal[i] - (fitIntercept ? (ofRoot[i] * root[i]) / total : 0)));
      return { errors, coef: Z.transposedTimes(dual, new Float64Array(cols)) };
    });
  };
}

/** With C = ZᵀZ = VΛVᵀ and H = Z(C + alpha)⁻¹Zᵀ: error = (y − Hy)ᵢ / (1 − Hᵢᵢ). */
function byColumns(problem: Centred, Z: CentredProducts, fitIntercept: boolean, targets: readonly Float64Array[]): (alpha: number) => LeaveOneOut[] {
  const { rows: n, cols: p } = Z;
  const root = rootWeights(problem, n);
  const total = dotProduct(root, 0, root, 0, n);
  const { values, vectors } = symmetricEigen(centredGram(problem));
  /** Row k is Z·vₖ. */
  const turned = problem.X.kind === 'dense' ? multiplyTransposed(vectors, problem.X) : new DenseMatrix(p, n);
  if (problem.X.kind === 'csr') for (let k = 0; k < p; k++) Z.times(vectors.row(k), turned.row(k));
  const along = targets.map((y) => Float64Array.from({ length: p }, (_, k) => dotProduct(turned.data, k * n, y, 0, n)));
  const alongRoot = Float64Array.from({ length: p }, (_, k) => dotProduct(turned.data, k * n, root, 0, n));
  return (alpha) => {
    const coefs = targets.map(() => new Float64Array(p));
    const fitted = targets.map(() => new Float64Array(n));
    const leverage = new Float64Array(n);
    const fittedRoot = new Float64Array(n);
    for (let k = 0; k < p; k++) {
      const inverse = 1 / (values[k] + alpha);
      for (const [t, own] of along.entries()) {
        addScaled(inverse * own[k], vectors.data, k * p, coefs[t], 0, p);
        addScaled(inverse * own[k], turned.data, k * n, fitted[t], 0, n);
      }
      const share = inverse * alongRoot[k];
      const row = turned.row(k);
      for (let i = 0; i < n; i++) {
        const value = row[i];
        fittedRoot[i] += share * value;
        leverage[i] += inverse * (value * value);
      }
    }
    return targets.map((y, t) => {
      const errors = y.map((value, i) => {
        const share = fitIntercept ? ((root[i] - fittedRoot[i]) * root[i]) / total : 0;
        return (value - fitted[t][i]) / (1 - leverage[i] - share);
      });
      return { errors, coef: coefs[t] };
    });
  };
}
