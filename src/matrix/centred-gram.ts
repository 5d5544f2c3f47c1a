import type { DenseMatrix } from './dense-matrix.ts';
import { gram, gramOfRows } from './gram.ts';
import { selfProduct } from './multiply.ts';
import { timesVector } from './products.ts';
import { dotProduct } from './vector.ts';
import type { Centred } from './centre.ts';

/** ZᵀZ of the centred problem, columns × columns. A sparse X is not filled: ZᵀZ = XᵀX − Σs·x̄x̄ᵀ. */
export function centredGram({ X, xOffset, rootWeight }: Centred): DenseMatrix {
  if (X.kind === 'dense') return selfProduct(X);
  const G = gram(X);
  if (xOffset.some((mean) => mean !== 0)) {
    const total = rootWeight ? dotProduct(rootWeight, 0, rootWeight, 0, rootWeight.length) : X.rows;
    for (let i = 0; i < X.cols; i++) for (let j = 0; j < X.cols; j++) G.data[i * X.cols + j] -= total * xOffset[i] * xOffset[j];
  }
  return G;
}

/** ZZᵀ of the centred problem, rows × rows. */
export function centredGramOfRows({ X, xOffset, rootWeight }: Centred): DenseMatrix {
  if (X.kind === 'dense') return selfProduct(X.transpose());
  const K = gramOfRows(X);
  if (xOffset.some((mean) => mean !== 0)) {
    const shift = timesVector(X, xOffset, 0, new Float64Array(X.rows));
    const square = dotProduct(xOffset, 0, xOffset, 0, X.cols);
    for (let i = 0; i < X.rows; i++) {
      const wi = rootWeight ? rootWeight[i] : 1;
      for (let k = 0; k < X.rows; k++) {
        const wk = rootWeight ? rootWeight[k] : 1;
        K.data[i * X.rows + k] += wi * wk * square - wi * shift[k] - wk * shift[i];
      }
    }
  }
  return K;
}
