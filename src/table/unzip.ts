import { buffer } from 'node:stream/consumers';

/** Whether bytes begin as a ZIP archive does. */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * The one file in a ZIP archive; folders and what macOS adds (`__MACOSX/`) do not count.
 *
 * @throws Error saying why there is no such file: several files, an encrypted or damaged one
 */
export async function unzip(bytes: Buffer): Promise<Buffer> {
  const { fromBufferPromise } = await import('yauzl');
  const archive = await fromBufferPromise(bytes);
  const files = [];
  for await (const entry of archive.eachEntry()) if (!entry.fileName.endsWith('/') && !entry.fileName.startsWith('__MACOSX/')) files.push(entry);
  if (files.length !== 1) throw new Error(`it holds ${files.length === 0 ? 'none' : `${files.length}: ${files.slice(0, 5).map(({ fileName }) => fileName).join(', ')}`}`);
  return buffer(await archive.openReadStreamPromise(files[0]));
}
