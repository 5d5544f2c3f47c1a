import type { Arena } from '../kernels/arena.ts';
import type { MatrixArrays } from '../kernels/matrix-arrays.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { linearRows } from './linear-rows.ts';

/** What `linearRows` gives, of X's kind and in an arena, where compiled products work on it. */
export function linearArrays(arena: Arena, X: Matrix, rows: Int32Array, bias: number): MatrixArrays {
  if (X.kind === 'csr') return arena.copyCsr(linearRows(X, rows, bias));
  const cols = X.cols + (bias === 0 ? 0 : 1);
  const data = arena.unsetFloat64(rows.length * cols);
  for (let i = 0, to = 0; i < rows.length; i++) {
    for (let from = rows[i] * X.cols, end = from + X.cols; from < end; from++, to++) data[to] = X.data[from];
    if (bias !== 0) data[to++] = bias;
  }
  return { kind: 'dense', rows: rows.length, cols, data };
}
