import { type Operation, Tensor } from '../tensor.ts';

export interface ScanResult {
  /** The states after the last step. */
  readonly states: readonly Tensor[];
  /** What each step gave out, stacked in front. */
  readonly sequences: readonly Tensor[];
}

/**
 * Runs a step along the first dimension of sequences, handing states from step to step: one node of the graph
 * whatever the length. It takes no part in differentiation by itself.
 *
 * `step` gets the states and this step's element of each sequence, and returns the next states and what to stack.
 * With `reverse` it goes from the last element to the first; results stay in the sequences' order.
 */
export function scan(
  states: readonly Tensor[],
  sequences: readonly Tensor[],
  step: (states: readonly Tensor[], elements: readonly Tensor[]) => { states: readonly Tensor[]; outputs: readonly Tensor[] },
  { reverse = false } = {},
): ScanResult {
  const stateInputs = states.map(({ shape, type }) => new Tensor(shape, type));
  const elementInputs = sequences.map(({ shape, type }) => new Tensor(shape.slice(1), type));
  const body = step(stateInputs, elementInputs);
  const length = sequences[0].shape[0];
  const outputs = [...body.states.map(({ shape, type }) => new Tensor(shape, type)), ...body.outputs.map(({ shape, type }) => new Tensor([length, ...shape], type))];
  const operation = {
    op: 'Scan',
    domain: '',
    attributes: { num_scan_inputs: { int: sequences.length }, ...directions(reverse, sequences.length, body.outputs.length) },
    inputs: [...states, ...sequences],
    outputs,
    body: { inputs: [...stateInputs, ...elementInputs], outputs: [...body.states, ...body.outputs] },
  };
  for (const output of outputs) output.operation = operation;
  return { states: outputs.slice(0, states.length), sequences: outputs.slice(states.length) };
}

/** The same loop without what it stacks and nobody reads: on the way there it keeps much that only the way back needs. */
export function withoutUnread(loop: Operation, isRead: (output: Tensor) => boolean): Operation {
  const { inputs, outputs, attributes, body } = loop;
  const sequences = attributes.num_scan_inputs as { readonly int: number };
  const states = inputs.length - sequences.int;
  const stays = outputs.map((output, i) => i < states || isRead(output));
  const kept = outputs.filter((_, i) => stays[i]);
  const [direction] = (attributes.scan_input_directions as { readonly ints: readonly number[] }).ints;
  return {
    ...loop,
    attributes: { num_scan_inputs: sequences, ...directions(direction === 1, sequences.int, kept.length - states) },
    outputs: kept,
    body: { inputs: body!.inputs, outputs: body!.outputs.filter((_, i) => stays[i]) },
  };
}

function directions(reverse: boolean, inputs: number, outputs: number) {
  const all = (count: number) => ({ ints: new Array<number>(count).fill(reverse ? 1 : 0) });
  return { scan_input_directions: all(inputs), scan_output_directions: all(outputs) };
}
