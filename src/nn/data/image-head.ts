import { ParseError } from '../../core/errors.ts';

export interface ImageHead {
  kind: 'png' | 'jpeg';
  width: number;
  height: number;
}

/**
 * Kind and size of a PNG or JPEG file, from its head.
 * @param name the file's name, for messages
 * @throws ParseError for another kind of file, and for a JPEG without a frame
 */
export function imageHead(name: string, bytes: Uint8Array): ImageHead {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47 && view.getUint32(12) === 0x49484452) {
    return { kind: 'png', width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (bytes.length >= 4 && view.getUint16(0) === 0xffd8) return { kind: 'jpeg', ...jpegSize(name, view) };
  throw new ParseError(`decodeImage: ${name} must be a PNG or JPEG file, got another kind. Convert it first.`);
}

/** The first frame header, SOF0 … SOF15 without the three markers that are none. */
function jpegSize(name: string, view: DataView): { width: number; height: number } {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    const marker = view.getUint16(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  throw new ParseError(`decodeImage: ${name} must be a whole JPEG file, got one without a frame. Fetch it again.`);
}
