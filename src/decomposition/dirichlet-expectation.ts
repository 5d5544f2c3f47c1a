import { digamma } from '../core/digamma.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';

/** E[ln θ] for θ of a Dirichlet distribution, row by row: ψ(γₖ) − ψ(Σ γ). */
export function dirichletExpectation(parameters: DenseMatrix): DenseMatrix {
  const expected = new DenseMatrix(parameters.rows, parameters.cols);
  for (let i = 0; i < parameters.rows; i++) {
    const row = parameters.row(i);
    const out = expected.row(i);
    let total = 0;
    for (let k = 0; k < row.length; k++) total += row[k];
    const ofTotal = digamma(total);
    for (let k = 0; k < row.length; k++) out[k] = digamma(row[k]) - ofTotal;
  }
  return expected;
}
