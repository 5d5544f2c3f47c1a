import { showShape, sizeOf } from '../shape.ts';
import { Constant, Input, type Tensor } from '../tensor.ts';
import { checkRange, currentThreads, shapeError } from '../trace.ts';
import { equal, maximum, mul, sub, div } from './arithmetic.ts';
import { fill } from './constants.ts';
import { node, withGradient } from './node.ts';
import { reshape, unsqueeze } from './reshape.ts';
import { expandLike, sum } from './sum-and-expand.ts';

/**
 * The rows of a table with these numbers. ids: int32 [N, …], table: [rows, size]; result: [N, …, size].
 * The row `padding` gets no gradient. Counterpart: torch.nn.functional.embedding.
 */
export function embedding(ids: Tensor, table: Tensor, padding?: number): Tensor {
  if (ids.type !== 'int32') throw shapeError('embedding', `ids must be int32, got ${ids.type} ${showShape(ids.shape)}. Declare the input with type: 'int32', or use nn.toInt.`);
  const [rows, size] = table.shape;
  checkRange(ids, rows);
  const output = node('Gather', [table, ids], [...ids.shape, size]);
  return withGradient(output, [table], (g) => {
    const kept = padding === undefined ? g : mul(g, unsqueeze(isNot(ids, padding), -1));
    const gradients = reshape(kept, [sizeOf(ids.shape), size]);
    const total = scatterRows(reshape(ids, [sizeOf(ids.shape)]), gradients, table);
    if (ids instanceof Input) total.rowSum = { ids, rows: gradients };
    return [total];
  });
}

/** 1 where an id is another than this, else 0. */
const isNot = (ids: Tensor, id: number): Tensor => sub(1, equal(ids, new Constant([], [id], 'int32')));

/** Adds rows into zeros of the table's shape, each at its id. */
function scatterRows(ids: Tensor, rows: Tensor, table: Tensor): Tensor {
  const places = unsqueeze(node('Cast', [ids], ids.shape, { type: 'int64', attributes: { to: { int: 7 } } }), 1);
  const none = expandLike(fill(0), table);
  const attributes = { reduction: { string: 'add' } };
  // ScatterND adds faster, but loses sums where several threads meet at one row (ONNX Runtime issue 18048).
  if (currentThreads() === 1) return node('ScatterND', [none, places, rows], table.shape, { attributes });
  return node('ScatterElements', [none, expandLike(places, rows), rows], table.shape, { attributes: { ...attributes, axis: { int: 0 } } });
}

/** Means of each bag's rows: ids [N, length] → [N, size]; ids equal to `padding` do not count, and an empty bag is zero. */
export function embeddingBag(ids: Tensor, table: Tensor, padding?: number): Tensor {
  if (ids.shape.length !== 2) throw shapeError('embeddingBag', `ids must be [N, length of a bag], got ${showShape(ids.shape)}.`);
  const found = embedding(ids, table, padding);
  if (padding === undefined) return div(sum(found, 1), ids.shape[1]);
  const counted = isNot(ids, padding);
  return div(sum(mul(found, unsqueeze(counted, -1)), 1), maximum(sum(counted, 1, { keepDims: true }), 1));
}
