import { encodeOnnx } from '../formats/encode-onnx.ts';
import { OnnxGraphBuilder } from '../formats/onnx-graph-builder.ts';
import { OnnxEmitter, OPSET } from './emit-onnx.ts';
import { Module } from './modules/module.ts';
import { netVariables } from './runtime/net-variables.ts';
import { Input, type Tensor } from './tensor.ts';
import { inEvalMode, type InputSpecs, type Net, traceForward, traceInputs, traceOf } from './trace-net.ts';

/** Under this name a file tells what ids its layers take, which ONNX has no words for. */
export const RANGES = 'refit.ranges';

export interface ExportOnnxOptions {
  /** Shapes of one sample by name, in forward's order. */
  inputs: InputSpecs;
}

/**
 * A net with its weights as an ONNX file, as it predicts: dropout off, running statistics used. Inputs have the names
 * given, the result is called `output`, and the batch may be of any size. Python's onnxruntime and the browser run it.
 *
 * Counterpart: torch.onnx.export with a dynamic batch.
 * @throws ShapeError naming the layer whose input does not fit
 *
 * @example
 * await writeFile('net.onnx', nn.exportOnnx(model, { inputs: { x: { shape: [1, 28, 28] } } }));
 */
export function exportOnnx(model: Net, { inputs: specs }: ExportOnnxOptions): Uint8Array {
  const owner = 'exportOnnx';
  const inputs = traceInputs(owner, specs);
  const trace = traceOf(model);
  const output = inEvalMode(model, () => traceForward(owner, model, inputs, trace));
  const graph = new OnnxGraphBuilder('net');
  const weights = new Map<Tensor, string>();
  const emitter = new OnnxEmitter(graph, (tensor) => (tensor instanceof Input ? tensor.name : weights.get(tensor)!), [output]);
  for (const input of inputs) emitter.input(input);
  const listed = model instanceof Module ? [...model.namedParameters(), ...model.namedBuffers()] : [];
  const names = new Map<Tensor, string>(listed.map(([name, variable]) => [variable, name]));
  for (const variable of netVariables(model, [output])) {
    weights.set(variable, graph.constant({ type: 'float', shape: variable.shape, data: variable.data }, names.get(variable)));
  }
  emitter.output('output', output);
  return encodeOnnx(graph.model({ opsets: { '': OPSET }, metadata: trace.ranges.length > 0 ? { [RANGES]: JSON.stringify(trace.ranges) } : {} }));
}
