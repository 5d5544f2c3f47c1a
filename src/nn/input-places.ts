import { BATCH, sizeOf } from './shape.ts';
import { Constant, Input, type Tensor } from './tensor.ts';

/** Which numbers of an input's sample a tensor holds for each sample, in its own order. */
export interface InputPlaces {
  readonly input: Input;
  readonly places: readonly number[];
}

/** Follows a tensor back to the input whose numbers it holds, rearranged or picked from; undefined where they are computed. */
export function inputPlaces(tensor: Tensor): InputPlaces | undefined {
  // The batch must stay outside: each sample then goes the same way by itself.
  if (tensor.shape[0] >= 0 || tensor.shape.slice(1).some((size) => size < 0)) return undefined;
  if (tensor instanceof Input) return tensor.shape[0] === BATCH ? { input: tensor, places: Array.from({ length: -sizeOf(tensor.shape) }, (_, i) => i) } : undefined;
  const { operation } = tensor;
  const from = operation?.inputs[0];
  const before = from && inputPlaces(from);
  if (!before) return undefined;
  switch (operation.op) {
    case 'Cast':
    case 'Reshape':
      return before;
    case 'Slice': {
      const [start, end, axis, step] = operation.inputs.slice(1).map((one) => (one as Constant).data[0]);
      return axis === 0 ? undefined : { ...before, places: along(before.places, from, axis, (i) => i >= start && i < end && (i - start) % step === 0) };
    }
    case 'Split': {
      const axis = (operation.attributes.axis as { int: number }).int;
      const sizes = (operation.inputs[1] as Constant).data;
      const part = operation.outputs.indexOf(tensor);
      const start = sizes.slice(0, part).reduce((sum, size) => sum + size, 0);
      return axis === 0 ? undefined : { ...before, places: along(before.places, from, axis, (i) => i >= start && i < start + sizes[part]) };
    }
    default:
      return undefined;
  }
}

/** The places of those elements whose index along a dimension is wanted. */
function along(places: readonly number[], { shape }: Tensor, axis: number, wanted: (index: number) => boolean): number[] {
  const inner = sizeOf(shape.slice(axis + 1));
  return places.filter((_, i) => wanted(Math.floor(i / inner) % shape[axis]));
}
