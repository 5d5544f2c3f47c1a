import type { OnnxAttribute } from '../../formats/onnx-model.ts';
import { type Shape } from '../shape.ts';
import { Tensor, type TensorType } from '../tensor.ts';

export interface NodeOptions {
  type?: TensorType;
  attributes?: Readonly<Record<string, OnnxAttribute>>;
  domain?: string;
  /** From the result's gradient to those of the inputs that are not null, in their order. Left out: nothing goes back. */
  gradient?: (g: Tensor) => readonly (Tensor | undefined)[];
}

/** Applies one ONNX operator with one result. */
export function node(op: string, inputs: readonly (Tensor | null)[], shape: Shape, { type = 'float32', attributes = {}, domain = '', gradient }: NodeOptions = {}): Tensor {
  const output = new Tensor(shape, type);
  output.operation = { op, domain, attributes, inputs, outputs: [output] };
  if (gradient) return withGradient(output, inputs.filter((input) => input !== null), gradient);
  return output;
}

/** Applies one ONNX operator with several results, which take no part in differentiation by themselves. */
export function nodes(op: string, inputs: readonly (Tensor | null)[], shapes: readonly Shape[], { attributes = {}, types = [] }: { attributes?: Readonly<Record<string, OnnxAttribute>>; types?: readonly TensorType[] } = {}): Tensor[] {
  const outputs = shapes.map((shape, i) => new Tensor(shape, types[i] ?? 'float32'));
  for (const output of outputs) output.operation = { op, domain: '', attributes, inputs, outputs };
  return outputs;
}

/**
 * Says how a tensor's gradient goes back, whatever it was computed with: the rule of a whole formula, where that is
 * shorter or more exact than the chain of its parts. Gives the tensor back.
 */
export function withGradient(output: Tensor, inputs: readonly Tensor[], gradient: (g: Tensor) => readonly (Tensor | undefined)[]): Tensor {
  output.derivation = { inputs, outputs: [output], rule: ([g]) => gradient(g!) };
  return output;
}
