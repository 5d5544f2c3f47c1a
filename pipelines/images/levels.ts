import { DenseMatrix, type Table } from 'refit';

/** Columns of grey levels from 0 to 255 as a matrix of numbers from 0 to 1, row by row, so that nothing is learned here. */
export function levels(pixels: Table): DenseMatrix {
  const X = new DenseMatrix(pixels.rows, pixels.names.length);
  for (const [j, name] of pixels.names.entries()) {
    const column = pixels.numbers(name);
    for (let i = 0; i < X.rows; i++) X.data[i * X.cols + j] = column[i] / 255;
  }
  return X;
}
