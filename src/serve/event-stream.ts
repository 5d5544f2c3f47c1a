import type { ServerResponse } from 'node:http';

/** Bytes that a reader may lag behind before its connection is cut. */
const MOST_BUFFERED = 16 * 2 ** 20;

/** A response that stays open: lines are sent as they come, and something at least every 10 seconds. */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #beat: NodeJS.Timeout;

  /** @param alive what is sent while there is nothing to tell @param onGone called when the reader has gone before `end` */
  constructor(response: ServerResponse, headers: Readonly<Record<string, string>>, alive: string, onGone: () => void) {
    this.#response = response;
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', 'x-accel-buffering': 'no' });
    response.flushHeaders();
    this.#beat = setInterval(() => this.send(alive), 10_000);
    this.#beat.unref();
    response.once('close', () => {
      clearInterval(this.#beat);
      if (!response.writableEnded) onGone();
    });
  }

  send(text: string): void {
    if (this.#response.writableEnded || this.#response.destroyed) return;
    this.#response.write(text);
    if (this.#response.writableLength > MOST_BUFFERED) this.#response.destroy();
  }

  end(text = ''): void {
    clearInterval(this.#beat);
    if (!this.#response.writableEnded && !this.#response.destroyed) this.#response.end(text);
  }
}
