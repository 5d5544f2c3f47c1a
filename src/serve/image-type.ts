/** The image formats that browsers show and that cannot carry scripts. */
export type ImageType = 'png' | 'jpeg' | 'gif' | 'webp';

/** The format of an image by its first bytes, whatever its name says; undefined for anything else. */
export function imageType(bytes: Uint8Array): ImageType | undefined {
  const starts = (signature: readonly number[], at = 0): boolean => signature.every((byte, i) => bytes[at + i] === byte);
  if (starts([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (starts([0xff, 0xd8, 0xff])) return 'jpeg';
  if (starts([0x47, 0x49, 0x46, 0x38])) return 'gif';
  if (starts([0x52, 0x49, 0x46, 0x46]) && starts([0x57, 0x45, 0x42, 0x50], 8)) return 'webp';
  return undefined;
}
