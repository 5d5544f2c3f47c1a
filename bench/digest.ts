import { createHash } from 'node:crypto';

/** SHA-256 of a text or of an array's bytes, for numbers too many to compare one by one. */
export function digest(content: string | Int32Array): string {
  const hash = createHash('sha256');
  return (typeof content === 'string' ? hash.update(content) : hash.update(new Uint8Array(content.buffer, content.byteOffset, content.byteLength))).digest('hex');
}
