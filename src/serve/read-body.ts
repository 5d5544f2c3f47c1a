import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.ts';

/** Whether a request's content type is this one, whatever its parameters. */
export function hasType({ headers }: IncomingMessage, type: string): boolean {
  return (headers['content-type'] ?? '').split(';', 1)[0].trim().toLowerCase() === type;
}

/** A whole body. @throws HttpError 413 as soon as it is longer than allowed, by what it announces or by what comes; 400 when it breaks off */
export function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.reject(tooLarge(most));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > most) {
        request.removeAllListeners('data');
        chunks.length = 0;
        reject(tooLarge(most));
      } else chunks.push(chunk);
    });
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', () => reject(new HttpError(400, 'The request broke off.')));
    request.once('aborted', () => reject(new HttpError(400, 'The request broke off.')));
  });
}

/**
 * A JSON object from a body.
 * @throws HttpError 415 for another content type (which a form of a foreign page could send), 413, 400
 */
export async function readJson(request: IncomingMessage, most: number): Promise<Readonly<Record<string, unknown>>> {
  if (!hasType(request, 'application/json')) throw new HttpError(415, 'The content type must be application/json.');
  const body = await readBody(request, most);
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new HttpError(400, 'The body must be JSON, and it is not.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new HttpError(400, 'The body must be a JSON object.');
  return value as Record<string, unknown>;
}

export const tooLarge = (most: number): HttpError => new HttpError(413, `The body must have at most ${most} bytes.`, { headers: { connection: 'close' } });
