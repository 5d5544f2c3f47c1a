import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { StoredFile } from './file-store.ts';
import { HttpError } from './http-error.ts';
import { shownMediaType } from './media-type.ts';

export type Headers = Readonly<Record<string, string>>;

/** Headers of every answer: nothing is guessed from its bytes, nothing is framed or kept but what says so itself. */
export const commonHeaders: Headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

export function sendJson(response: ServerResponse, status: number, value: string | Buffer | object, headers: Headers, end: (body: string | Buffer) => void = (body) => response.end(body)): void {
  const body = typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value);
  response.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) });
  end(body);
}

export function sendText(response: ServerResponse, status: number, text: string | Buffer, type: string, headers: Headers): void {
  response.writeHead(status, { ...headers, 'content-type': type, 'content-length': String(Buffer.byteLength(text)) });
  response.end(text);
}

/** An error as its caller may know it: an HttpError's own words, for all others that there was one. */
export function sendError(response: ServerResponse, error: unknown, headers: Headers): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  if (error instanceof HttpError) sendJson(response, error.status, error.body ?? { detail: error.message }, { ...headers, ...error.headers }, (body) => endAfterRequest(response, body));
  else sendJson(response, 500, { detail: 'An error occurred.' }, headers);
}

/** How much of a request's body that nobody wants is still read before the connection ends, in bytes and milliseconds. */
const LINGER_BYTES = 16 * 2 ** 20;
const LINGER_TIME = 1000;

/**
 * Ends an answer once its caller has sent all, or soon. A connection that closes on a caller who is still sending is reset, and
 * he may lose the answer that tells why.
 */
function endAfterRequest(response: ServerResponse, body: string | Buffer): void {
  const { req: request } = response;
  if (request.complete) {
    response.end(body);
    return;
  }
  response.write(body);
  let left = LINGER_BYTES;
  const timer = setTimeout(end, LINGER_TIME);
  function end(): void {
    clearTimeout(timer);
    response.end();
  }
  request.once('end', end).once('close', end);
  request.on('data', ({ length }: Buffer) => {
    left -= length;
    if (left < 0) end();
  });
}

/**
 * A stored file. Only pictures, sounds and films are shown by browsers; everything else is downloaded, and nothing in
 * it runs as a part of our pages.
 */
export async function sendFile(response: ServerResponse, { name, disk, size }: StoredFile, headers: Headers, headOnly: boolean): Promise<void> {
  const type = shownMediaType(name);
  const ascii = name.replace(/[^ -~]|["\\]/g, '_');
  response.writeHead(200, {
    ...headers,
    'content-type': type ?? 'application/octet-stream',
    'content-length': String(size),
    'content-disposition': `${type ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, max-age=600',
  });
  if (headOnly) {
    response.end();
    return;
  }
  // A reader that goes away early is no fault.
  await pipeline(createReadStream(disk), response).catch(() => response.destroy());
}
