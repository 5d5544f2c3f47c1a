import { Module } from './modules/module.ts';
import { showShape } from './shape.ts';
import { Tensor } from './tensor.ts';
import { inEvalMode, type InputSpecs, traceForward, traceInputs, traceOf } from './trace-net.ts';

const OWNER = 'summary';

/**
 * A table of a net's layers in the order in which they run: name, kind, shape of the output (N is the batch), and
 * parameters of its own. A layer that runs twice has two lines; its parameters count once.
 *
 * @throws ShapeError naming the layer whose input does not fit.
 * @example
 * console.log(nn.summary(model, { inputs: { x: { shape: [784] } } }));
 */
export function summary(model: Module, { inputs: specs }: { inputs: InputSpecs }): string {
  const names = new Map<object, string>(model.namedModules().map(([name, module]) => [module, name]));
  const counted = new Set<object>();
  const lines: string[][] = [];
  const onCall = (layer: object, _: readonly unknown[], output: unknown): void => {
    // A module that only holds others says nothing of its own.
    const own = layer instanceof Module ? ownParameters(layer) : 0;
    const isLeaf = layer instanceof Module && layer.modules().length === 1;
    if (!isLeaf && own === 0) return;
    const isRepeated = counted.has(layer);
    counted.add(layer);
    lines.push([names.get(layer) || '(net)', layer.constructor.name, output instanceof Tensor ? showShape(output.shape) : '', isRepeated ? 'shared' : own.toLocaleString('en')]);
  };
  const inputs = traceInputs(OWNER, specs);
  inEvalMode(model, () => traceForward(OWNER, model, inputs, traceOf(model, { onCall })));
  const all = model.parameters();
  const trained = all.filter((parameter) => parameter.requiresGrad);
  const count = (list: typeof all): string => list.reduce((sum, { data }) => sum + data.length, 0).toLocaleString('en');
  const rule = trained.length === all.length ? '' : `, ${count(trained)} of them trained`;
  return `${alignTable([['layer', 'kind', 'output', 'parameters'], ...lines])}\n${count(all)} parameters${rule}`;
}

/** Parameters of a module that are not those of a module inside it. */
function ownParameters(module: Module): number {
  const inner = new Set(module.modules().slice(1).flatMap((one) => one.parameters()));
  return module.parameters().reduce((sum, parameter) => (inner.has(parameter) ? sum : sum + parameter.data.length), 0);
}

/** Columns side by side, the last one to the right. */
function alignTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, j) => Math.max(...rows.map((row) => row[j].length)));
  const last = widths.length - 1;
  return rows.map((row) => row.map((cell, j) => (j === last ? cell.padStart(widths[j]) : cell.padEnd(widths[j]))).join('  ')).join('\n');
}
