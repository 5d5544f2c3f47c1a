import { decodeOnnx } from '../../formats/decode-onnx.ts';
import type { OnnxAttribute, OnnxGraph } from '../../formats/onnx-model.ts';
import type { NeuralClassifier } from '../../nn/estimators/neural-classifier.ts';
import type { NeuralRegressor } from '../../nn/estimators/neural-regressor.ts';
import type { Flow, PredictionFlow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';

export function writeNeuralClassifier(w: OnnxWriter, { fitted }: NeuralClassifier, X: Flow): PredictionFlow {
  const scores = writeNet(w, fitted.onnx, X);
  return w.probable(fitted.classes, w.op('Softmax', [w.reshape(scores, [-1, fitted.classes.length])], { axis: { int: 1 } }));
}

export function writeNeuralRegressor(w: OnnxWriter, { fitted }: NeuralRegressor, X: Flow): PredictionFlow {
  const values = w.flat(writeNet(w, fitted.onnx, X));
  return { kind: 'prediction', classes: null, values: w.add(w.mul(values, w.double(fitted.scale)), w.double(fitted.mean)) };
}

/** The trained net's own graph within this one, all of its values renamed. @returns its output as doubles */
function writeNet(w: OnnxWriter, onnx: Uint8Array, X: Flow): string {
  const { graph } = decodeOnnx(onnx);
  const [input] = graph.inputs;
  const shape = input.shape?.slice(1) ?? [];
  if (graph.inputs.length !== 1 || !shape.every((size) => typeof size === 'number')) w.refuse('the net must have one input of a known shape to be written as ONNX.');
  const { name, cols } = w.matrixOf(X);
  if (shape.reduce((product: number, size) => product * (size as number), 1) !== cols) w.refuse(`X must have as many columns as the net takes, got ${cols}.`);
  const names = new Map([[input.name, w.cast(w.reshape(name, [-1, ...(shape as number[])]), input.type)]]);
  const renamed = (value: string): string => {
    if (value === '') return '';
    let own = names.get(value);
    if (own === undefined) names.set(value, (own = w.fresh('net')));
    return own;
  };
  for (const [value, tensor] of Object.entries(graph.initializers)) w.builder.constant(tensor, renamed(value));
  for (const node of graph.nodes) {
    w.builder.node(node.op, node.inputs.map(renamed), { attributes: attributesIn(node.attributes, renamed), domain: node.domain, outputs: node.outputs.map(renamed) });
  }
  return w.cast(renamed(graph.outputs[0].name), 'double');
}

function attributesIn(attributes: Readonly<Record<string, OnnxAttribute>>, renamed: (value: string) => string): Record<string, OnnxAttribute> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, 'graph' in value ? { graph: bodyIn(value.graph, renamed) } : value]));
}

/** A loop's body sees values of the graph around it: all are renamed alike. */
function bodyIn(body: OnnxGraph, renamed: (value: string) => string): OnnxGraph {
  return {
    name: body.name,
    nodes: body.nodes.map((node) => ({ ...node, inputs: node.inputs.map(renamed), outputs: node.outputs.map(renamed), attributes: attributesIn(node.attributes, renamed) })),
    initializers: Object.fromEntries(Object.entries(body.initializers).map(([value, tensor]) => [renamed(value), tensor])),
    inputs: body.inputs.map((value) => ({ ...value, name: renamed(value.name) })),
    outputs: body.outputs.map((value) => ({ ...value, name: renamed(value.name) })),
  };
}
