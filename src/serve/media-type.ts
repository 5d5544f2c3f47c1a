import { extname } from 'node:path';

/** Pictures, sounds and films that browsers show without running anything in them; SVG and HTML are none of these. */
const shown: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.flac': 'audio/flac',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
};

/** The type a file may be shown as inside a browser; undefined for all that has to be downloaded. */
export function shownMediaType(name: string): string | undefined {
  return shown[extname(name).toLowerCase()];
}
