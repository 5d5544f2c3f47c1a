import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { multiply, transposedMultiply } from '../matrix/multiply.ts';
import { svd } from '../matrix/svd.ts';

export type Rotation = 'varimax' | 'quartimax';

const MOST_ROUNDS = 100;
const TOLERANCE = 1e-6;

/**
 * Loadings, k × columns, turned by an orthogonal matrix so that each factor has few large ones: 'varimax' maximises the
 * variance of squared loadings within factors, 'quartimax' the sum of fourth powers.
 *
 * Source: Kaiser, "The varimax criterion for analytic rotation in factor analysis", Psychometrika 23, 1958; Jennrich, "A simple
 * general procedure for orthogonal rotation", Psychometrika 66, 2001.
 */
export function rotateFactors(components: DenseMatrix, method: Rotation): DenseMatrix {
  const loadings = components.transpose();
  let rotated = loadings;
  let last = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { u, singular, vt } = svd(transposedMultiply(loadings, gradient(rotated, method)));
    rotated = multiply(loadings, multiply(u, vt));
    const size = singular.reduce((a, b) => a + b, 0);
    if (last !== 0 && size < last * (1 + TOLERANCE)) break;
    last = size;
  }
  return rotated.transpose();
}

/** L³, less each loading times the mean square of its factor for 'varimax'. */
function gradient({ rows, cols, data }: DenseMatrix, method: Rotation): DenseMatrix {
  const squares = new Float64Array(cols);
  if (method === 'varimax') for (let p = 0; p < data.length; p++) squares[p % cols] += data[p] ** 2 / rows;
  return new DenseMatrix(rows, cols, data.map((value, p) => value ** 3 - value * squares[p % cols]));
}
