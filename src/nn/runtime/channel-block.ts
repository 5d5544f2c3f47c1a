import { BLOCKED } from '../emit-onnx.ts';
import { node } from '../operators/node.ts';
import { BATCH } from '../shape.ts';
import { Input } from '../tensor.ts';
import { compileGraph } from './compile-graph.ts';
import { FlatVariables } from './flat-variables.ts';

/** So few channels fit into one block on every processor. */
const CHANNELS = 4;
/** A size that is not known beforehand. */
const FILLED = -2;

let found: Promise<number> | undefined;

/**
 * How many channels ONNX Runtime's fast convolutions put into a block on this processor, 0 where it has none. It tells
 * nobody, but fills up what it turns to whole blocks: so a picture of a few channels and one pixel is turned, once in a
 * process.
 */
export function channelBlock(owner: string, { thread }: { thread: boolean }): Promise<number> {
  return (found ??= lookForBlock(owner, thread));
}

async function lookForBlock(owner: string, thread: boolean): Promise<number> {
  const pixel = new Input('pixel', [BATCH, CHANNELS, 1, 1]);
  const block = node('ReorderInput', [pixel], [BATCH, FILLED, 1, 1], { domain: BLOCKED, attributes: { channels_last: { int: 0 } } });
  try {
    const { runtime, session } = await compileGraph(owner, { inputs: [pixel], outputs: { block }, flat: new FlatVariables([]), threads: 1, thread });
    const results = await session.run({ pixel: new runtime.Tensor('float32', new Float32Array(CHANNELS), [1, CHANNELS, 1, 1]) });
    await session.release();
    return results.block.dims[1];
  } catch {
    return 0;
  }
}
