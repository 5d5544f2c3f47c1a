import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.ts';
import { tooLarge } from './read-body.ts';

/** What takes a part's bytes as they come. */
export interface PartSink {
  write(bytes: Buffer): Promise<void> | void;
  /** The part is whole. */
  end(): Promise<void> | void;
}

export interface MultipartOptions {
  /** Most bytes of the whole body. */
  most: number;
  /** Most bytes of a part's header. */
  mostHeader: number;
  /** Most parts. */
  mostParts: number;
  /** Called for each part. @param fileName as the caller wrote it; undefined where the part is no file */
  onPart(name: string, fileName: string | undefined): PartSink;
}

/**
 * Reads a multipart/form-data body (RFC 7578) as it comes, without ever holding more than a chunk and a part's header.
 * @throws HttpError 415 for another content type, 413 beyond a limit, 400 for what does not follow the format
 */
export async function readMultipart(request: IncomingMessage, { most, mostHeader, mostParts, onPart }: MultipartOptions): Promise<void> {
  const type = request.headers['content-type'] ?? '';
  const [, quoted, plain] = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined || boundary.length > 70) throw new HttpError(415, 'The content type must be multipart/form-data with a boundary.');
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);

  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first delimiter has no line before it: one is put there.
  let rest: Buffer = Buffer.from('\r\n');
  let state: 'preamble' | 'after-delimiter' | 'header' | 'content' | 'epilogue' = 'preamble';
  let sink: PartSink | undefined;
  let parts = 0;
  let length = 0;

  // The connection outlives an error, so that the caller hears of it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) throw tooLarge(most);
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      if (state === 'epilogue') {
        rest = Buffer.alloc(0);
        break;
      }
      if (state === 'preamble' || state === 'content') {
        const at = rest.indexOf(delimiter);
        // What may be the beginning of a delimiter stays.
        const safe = at >= 0 ? at : Math.max(0, rest.length - delimiter.length + 1);
        if (state === 'content' && safe > 0) await sink!.write(rest.subarray(0, safe));
        if (at < 0) {
          rest = rest.subarray(safe);
          break;
        }
        rest = rest.subarray(at + delimiter.length);
        if (state === 'content') await sink!.end();
        sink = undefined;
        state = 'after-delimiter';
      } else if (state === 'after-delimiter') {
        if (rest.length < 2) break;
        const next = rest.toString('latin1', 0, 2);
        if (next === '--') state = 'epilogue';
        else if (next === '\r\n') state = 'header';
        else throw new HttpError(400, 'The form is broken: a line break must follow the boundary.');
        // The line break stays, so that a header without lines ends like any other.
        if (state === 'epilogue') rest = rest.subarray(2);
      } else {
        const at = rest.indexOf('\r\n\r\n');
        if (at > mostHeader || (at < 0 && rest.length > mostHeader)) throw new HttpError(413, `A part's header must have at most ${mostHeader} bytes, its file name included.`, { headers: { connection: 'close' } });
        if (at < 0) break;
        if (++parts > mostParts) throw new HttpError(413, `A form must have at most ${mostParts} parts.`, { headers: { connection: 'close' } });
        const { name, fileName } = disposition(rest.toString('utf8', 0, at));
        rest = rest.subarray(at + 4);
        sink = onPart(name, fileName);
        state = 'content';
      }
    }
  }
  if (state !== 'epilogue') throw new HttpError(400, 'The form broke off before its end.');
}

function disposition(header: string): { name: string; fileName: string | undefined } {
  const line = /(?:^|\r\n)content-disposition:\s*form-data\s*;([^\r\n]*)/i.exec(header)?.[1];
  const name = line && parameter(line, 'name');
  if (line === undefined || name === undefined) throw new HttpError(400, 'The form is broken: every part must have a name.');
  return { name, fileName: parameter(line, 'filename') };
}

/** Browsers write quotes and line breaks inside a name as %22, %0D and %0A. */
function parameter(line: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|;)\\s*${name}="((?:\\\\"|[^"])*)"`, 'i').exec(line)?.[1] ?? new RegExp(`(?:^|;)\\s*${name}=([^";\\s]+)`, 'i').exec(line)?.[1];
  return value?.replace(/\\"|%22/g, '"').replace(/%0[AD]/gi, ' ');
}
