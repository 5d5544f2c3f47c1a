import { axisOf, type Shape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { shapeError } from '../trace.ts';
import { fill, wholes } from './constants.ts';
import { node, nodes } from './node.ts';
import { reshape, unsqueeze } from './reshape.ts';
import { expandLike } from './sum-and-expand.ts';

function place(operator: string, shape: Shape, axis: number): number {
  const found = axisOf(shape, axis);
  if (found === undefined) throw shapeError(operator, `x must have a dimension ${axis}, got ${showShape(shape)}.`);
  return found;
}

/** Dimensions in another order: the result's dimension i is x's dimension order[i]. Counterpart: torch.permute. */
export function permute(x: Tensor, order: readonly number[]): Tensor {
  const axes = order.map((axis) => place('permute', x.shape, axis));
  if (axes.length !== x.shape.length || new Set(axes).size !== axes.length) throw shapeError('permute', `the order must name every dimension of ${showShape(x.shape)} once, got [${order.join(', ')}].`);
  const back = axes.map((_, i) => axes.indexOf(i));
  return node('Transpose', [x], axes.map((axis) => x.shape[axis]), { type: x.type, attributes: { perm: { ints: axes } }, gradient: (g) => [permute(g, back)] });
}

/** Two dimensions exchanged. Counterpart: torch.transpose. */
export function transpose(x: Tensor, first: number, second: number): Tensor {
  const [a, b] = [place('transpose', x.shape, first), place('transpose', x.shape, second)];
  return permute(x, x.shape.map((_, i) => (i === a ? b : i === b ? a : i)));
}

/** Tensors one after another along a dimension. Counterpart: torch.cat. */
export function cat(tensors: readonly Tensor[], axis = 0): Tensor {
  if (tensors.length === 0) throw shapeError('cat', 'there must be at least one tensor, got none.');
  const along = place('cat', tensors[0].shape, axis);
  for (const { shape } of tensors) {
    if (shape.length !== tensors[0].shape.length || shape.some((size, i) => i !== along && size !== tensors[0].shape[i])) {
      throw shapeError('cat', `tensors must have equal sizes but for dimension ${along}, got ${tensors.map((tensor) => showShape(tensor.shape)).join(', ')}.`);
    }
  }
  if (tensors.length === 1) return tensors[0];
  const sizes = tensors.map(({ shape }) => shape[along]);
  const shape = tensors[0].shape.map((size, i) => (i === along ? sizes.reduce((a, b) => a + b) : size));
  return node('Concat', tensors, shape, { type: tensors[0].type, attributes: { axis: { int: along } }, gradient: (g) => split(g, sizes, along) });
}

/** Tensors of one shape along a new dimension. Counterpart: torch.stack. */
export const stack = (tensors: readonly Tensor[], axis = 0): Tensor => cat(tensors.map((tensor) => unsqueeze(tensor, axis)), axis);

/** A tensor cut along a dimension into parts of these sizes. Counterpart: torch.split. */
export function split(x: Tensor, sizes: readonly number[], axis = 0): Tensor[] {
  const along = place('split', x.shape, axis);
  if (sizes.reduce((a, b) => a + b, 0) !== x.shape[along]) throw shapeError('split', `sizes must add up to ${x.shape[along]}, got ${sizes.join(' + ')}.`);
  if (sizes.length === 1) return [x];
  const parts = nodes(
    'Split',
    [x, wholes(sizes)],
    sizes.map((size) => x.shape.map((s, i) => (i === along ? size : s))),
    { attributes: { axis: { int: along } }, types: sizes.map(() => x.type) },
  );
  const derivation = {
    inputs: [x],
    outputs: parts,
    // A part that nothing depends on has a gradient of zeros.
    rule: (gs: readonly (Tensor | undefined)[]) => [cat(gs.map((g, i) => g ?? expandLike(fill(0), parts[i])), along)],
  };
  for (const part of parts) part.derivation = derivation;
  return parts;
}

/** Elements start, start + step, … before `end` along a dimension. Counterpart: x[..., start:end:step]. */
export function slice(x: Tensor, axis: number, start: number, end: number, step = 1): Tensor {
  const along = place('slice', x.shape, axis);
  const size = x.shape[along];
  if (!(size >= 0 && start >= 0 && start < end && end <= size && step >= 1)) throw shapeError('slice', `start and end must be in 0 ≤ start < end ≤ ${size}, got ${start} and ${end} along dimension ${along} of ${showShape(x.shape)}.`);
  const length = Math.ceil((end - start) / step);
  if (length === size) return x;
  const output = node('Slice', [x, wholes([start]), wholes([end]), wholes([along]), wholes([step])], x.shape.map((s, i) => (i === along ? length : s)), { type: x.type });
  output.derivation = {
    inputs: [x],
    outputs: [output],
    rule: ([g]) => [step === 1 ? padZeros(g!, along, start, size - end) : spread(g!, along, start, size, step)],
  };
  return output;
}

/** One element along a dimension, which goes away. Counterpart: torch.select. */
export function select(x: Tensor, axis: number, index: number): Tensor {
  const along = place('select', x.shape, axis);
  const at = index < 0 ? index + x.shape[along] : index;
  return reshape(slice(x, along, at, at + 1), x.shape.filter((_, i) => i !== along));
}

/**
 * The same numbers as whole ones, fractions cut off: columns of a table that hold numbers of categories, for an Embedding.
 * No gradient goes through it. Counterpart: x.int().
 *
 * @example
 * const kind = nn.toInt(nn.select(x, 1, 0)); // the first column of x
 */
export const toInt = (x: Tensor): Tensor => (x.type === 'int32' ? x : node('Cast', [x], x.shape, { type: 'int32', attributes: { to: { int: 6 } } }));

/** Zeros before and after along a dimension. */
export function padZeros(x: Tensor, axis: number, before: number, after: number): Tensor {
  if (before === 0 && after === 0) return x;
  const along = place('pad', x.shape, axis);
  const pads = [...x.shape.map((_, i) => (i === along ? before : 0)), ...x.shape.map((_, i) => (i === along ? after : 0))];
  const shape = x.shape.map((size, i) => (i === along ? size + before + after : size));
  return node('Pad', [x, wholes(pads), fill(0)], shape, { gradient: (g) => [slice(g, along, before, before + x.shape[along]), undefined, undefined] });
}

/** The way back from every step-th element: zeros in between. */
function spread(g: Tensor, along: number, start: number, size: number, step: number): Tensor {
  const apart = padZeros(unsqueeze(g, along + 1), along + 1, 0, step - 1);
  const flat = reshape(apart, g.shape.map((s, i) => (i === along ? s * step : s)));
  const length = flat.shape[along];
  const fits = start + length > size ? slice(flat, along, 0, size - start) : flat;
  return padZeros(fits, along, start, size - start - fits.shape[along]);
}
