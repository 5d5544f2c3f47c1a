import type { PackedTexts } from '../kernels/packed-texts.ts';

/** A copy in shared memory, which other threads take without copying it again. */
export function sharedInt32(values: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

/** A copy in shared memory of what the texts use. */
export function sharedTexts({ bytes, starts }: PackedTexts): PackedTexts {
  const used = starts[starts.length - 1];
  const copy = new Uint8Array(new SharedArrayBuffer(used));
  copy.set(bytes.subarray(0, used));
  return { bytes: copy, starts: sharedInt32(starts) };
}
