import { loadOnnx, type OnnxNet } from '../load-onnx.ts';

interface OpenNet {
  net: Promise<OnnxNet>;
  /** How much work is being done with it. */
  users: number;
}

/** How many nets stay open for the next question; their memory is not the garbage collector's to free. */
const MOST = 8;

/** By the file's bytes, the one that was asked last at the end. */
const open = new Map<Uint8Array, OpenNet>();

/** Works with the net of an ONNX file, which is opened unless it is open still. */
export async function withNet<T>(onnx: Uint8Array, work: (net: OnnxNet) => Promise<T>): Promise<T> {
  const own = open.get(onnx) ?? { net: loadOnnx(onnx), users: 0 };
  open.delete(onnx);
  open.set(onnx, own);
  // What cannot be opened is not kept.
  own.net.catch(() => open.delete(onnx));
  own.users++;
  try {
    return await work(await own.net);
  } finally {
    own.users--;
    await closeOldest();
  }
}

async function closeOldest(): Promise<void> {
  for (const [onnx, { net, users }] of open) {
    if (open.size <= MOST) return;
    if (users > 0) continue;
    open.delete(onnx);
    await (await net).dispose();
  }
}
