import { ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../matrix/matrix.ts';
import { ArrayDataset } from '../data/array-dataset.ts';
import type { InputSpec } from '../trace-net.ts';
import type { NeuralFitted } from './neural-fitted.ts';
import { withNet } from './with-net.ts';

/** Rows that are asked about at a time. */
const ROWS = 1024;

/**
 * What the net says of each row: rows × nOutputs, row-major.
 * @throws ShapeError for a net with another number of outputs
 */
export async function askNet(owner: string, { onnx }: NeuralFitted, X: Matrix, { type }: InputSpec, nOutputs: number): Promise<Float32Array> {
  const rows = new ArrayDataset({ x: X });
  const said = new Float32Array(X.rows * nOutputs);
  await withNet(onnx, async (net) => {
    for (let start = 0; start < X.rows; start += ROWS) {
      const count = Math.min(ROWS, X.rows - start);
      const { x } = rows.batch(Int32Array.from({ length: count }, (_, i) => start + i));
      const { data } = await net.run({ x: type === 'int32' ? Int32Array.from(x) : x });
      if (data.length !== count * nOutputs) throw new ShapeError(`${owner}: module must end with ${nOutputs} outputs per row, got ${data.length / count}. Use nOutputs of the function's argument.`);
      said.set(data, start * nOutputs);
    }
  });
  return said;
}
